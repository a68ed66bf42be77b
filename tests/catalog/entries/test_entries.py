from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import Question, Series, Video
from catalog.entries.entries import read_people, read_series, read_topics
from catalog.model import Chapter

VIDEO_FIELDS = (
    "slug title description youtube page media speakers topics recorded duration language "
    "questions chapters related next sources surprise"
).split()


def read(text: str) -> tuple[Series, Video]:
    series, problems = read_series(dedent(text), "talks.toml")
    assert problems == ()
    assert series is not None
    return series, series.videos[0]


def refusals(text: str) -> list[str]:
    _, problems = read_series(dedent(text), "talks.toml")
    return [str(problem) for problem in problems]


def refused(field: str) -> list[str]:
    """What is said about one field of an otherwise sound video."""
    return refusals(
        f"""\
        slug = "talks"
        title = "Talks"

        [[videos]]
        slug = "sleep"
        title = "Sleep"
        {field}
        """
    )


def test_the_smallest_catalogue_is_enough() -> None:
    series, video = read(
        """\
        slug = "health-talks"
        title = "Health talks"

        [[videos]]
        slug = "how-sleep-works"
        title = "How sleep works"
        """
    )

    assert series == Series("health-talks", "Health talks", videos=(video,))
    assert video == Video("how-sleep-works", "How sleep works", "health-talks")


def test_every_field_has_its_place() -> None:
    _, video = read(
        """\
        slug = "talks"
        title = "Talks"
        kind = "in-depth"

        [[videos]]
        slug = "alk"
        title = "  ALK   in depth "
        youtube = "abcdefghij_"
        page = "https://example.org/alk"
        media = "alk.mp4"
        speakers = ["alice-shaw"]
        recorded = 2024-05-31
        duration = "1:07:42"
        questions = ["What is ALK?", { text = "And then?", at = "7:42", until = 500 }]
        chapters = [{ title = "Start", at = 0 }, { title = "More", at = 61.5 }]
        next = "ros1"
        """
    )

    assert video.title == "ALK in depth"
    assert (video.recorded, video.duration_ms) == ("2024-05-31", 4_062_000)
    assert video.questions == (Question("What is ALK?"), Question("And then?", 462_000, 500_000))
    assert video.chapters == (Chapter("Start", 0), Chapter("More", 61_500))
    assert video.own_media


def test_the_series_language_stands_for_its_videos() -> None:
    series, _ = read_series(
        'slug = "a"\ntitle = "A"\nlanguage = "es"\n'
        '[[videos]]\nslug = "b"\ntitle = "B"\n'
        '[[videos]]\nslug = "c"\ntitle = "C"\nlanguage = "en"\n',
        "a.toml",
    )

    assert series
    assert [video.language for video in series.videos] == ["es", "en"]


def test_every_problem_is_reported_at_once_with_file_entry_and_field() -> None:
    found = refusals(
        """\
        slug = "Talks!"
        kind = "deep"
        colour = "red"

        [[videos]]
        slug = "sleep"
        title = ""
        duration = "soon"

        [[videos]]
        title = "No slug"
        """
    )

    places = [": ".join(says.split(": ")[:2]) for says in found]
    assert places == [
        "talks.toml: slug",
        "talks.toml: kind",
        "talks.toml: colour",
        "talks.toml: title",
        "talks.toml: sleep, title",
        "talks.toml: sleep, duration",
        "talks.toml: video number 2, slug",
    ]


def test_an_unknown_field_is_told_the_known_ones() -> None:
    (says,) = refused('speaker = "alice-shaw"')

    assert says.startswith("talks.toml: sleep, speaker: there is no such field; the fields are ")
    assert "speakers" in says


@pytest.mark.parametrize(
    "field",
    [
        pytest.param('next = "Upper"', id="capitals in a slug"),
        pytest.param('next = "../etc/passwd"', id="a path"),
        pytest.param('next = "a--b"', id="two hyphens"),
        pytest.param('next = "é"', id="an accent"),
        pytest.param('next = "a\\n"', id="a slug with a line end"),
        pytest.param('next = "' + "a" * 121 + '"', id="a slug without end"),
        pytest.param('next = ["a"]', id="a list for a slug"),
        pytest.param('description = "  "', id="a blank text"),
        pytest.param("description = 7", id="a number for a text"),
        pytest.param('youtube = "https://youtu.be/abcdefghijk"', id="an address for an id"),
        pytest.param('page = "example.org"', id="no scheme"),
        pytest.param('page = "javascript:alert(1)"', id="another scheme"),
        pytest.param('page = "https://[oops"', id="a broken address"),
        pytest.param('page = "https://a.org/ b"', id="an address with a space"),
        pytest.param('media = "../secret.mp4"', id="media outside"),
        pytest.param('media = "file:///etc/passwd"', id="a local file"),
        pytest.param("duration = -1", id="a negative time"),
        pytest.param("duration = nan", id="not a number"),
        pytest.param("duration = inf", id="no end"),
        pytest.param("duration = true", id="a boolean"),
        pytest.param("duration = 07:42:00", id="a time of the day"),
        pytest.param('duration = "7:60"', id="sixty seconds"),
        pytest.param('duration = "1:2:3:4"', id="four parts"),
        pytest.param('duration = "٧:٤٢"', id="other digits"),
        pytest.param('recorded = "2024-02-30"', id="no such day"),
        pytest.param('recorded = "May 2024"', id="a date in words"),
        pytest.param("recorded = 20240531", id="a date in one"),
        pytest.param('language = "English"', id="a language in words"),
        pytest.param('topics = "alk"', id="a text for a list"),
        pytest.param('topics = ["alk", 7]', id="a number in a list"),
        pytest.param('questions = [{ text = "Q" }]', id="a question without its time"),
        pytest.param('questions = [{ text = "Q", at = 1, by = 2 }]', id="an unknown key inside"),
        pytest.param("chapters = [7]", id="a number for a chapter"),
        pytest.param('chapters = [{ title = "C", at = "late" }]', id="a chapter out of time"),
    ],
)
def test_what_cannot_be_is_refused_once_and_by_name(field: str) -> None:
    (says,) = refused(field)

    assert says.startswith(f"talks.toml: sleep, {field.partition(' =')[0]}: ")
    assert len(says) < 300


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("2024", "2024"), ('"2024"', "2024"), ('"2024-05"', "2024-05"), ("2024-05-31", "2024-05-31"),
     ("2024-05-31T10:00:00Z", "2024-05-31")],
)  # fmt: skip
def test_a_date_may_be_as_rough_as_it_is_known(written: str, read_as: str) -> None:
    _, video = read(
        f'slug = "a"\ntitle = "A"\n[[videos]]\nslug = "b"\ntitle = "B"\nrecorded = {written}\n'
    )

    assert video.recorded == read_as


@pytest.mark.parametrize(
    "text",
    ["slug = ", "[[videos", "a = 1\na = 2", "\x00", "x = " + "9" * 5000, "x = " + "[" * 5000],
    ids=["half a line", "half a table", "twice", "a NUL", "an endless number", "nested"],
)
def test_broken_toml_is_one_problem(text: str) -> None:
    (says,) = refusals(text)

    assert says.startswith("talks.toml: this is not valid TOML: ")


@pytest.mark.parametrize("videos", ["7", '"sleep"', "{ slug = 1 }"], ids=repr)
def test_videos_that_are_no_tables_are_refused(videos: str) -> None:
    (says,) = refusals(f'slug = "a"\ntitle = "A"\nvideos = {videos}')

    assert says == "talks.toml: videos: write each entry under its own [[videos]]"


def test_an_entry_that_is_no_table_is_refused() -> None:
    (says,) = refusals('slug = "a"\ntitle = "A"\nvideos = [7]')

    assert says == "talks.toml: video number 1: write a table of fields, not 7"


def test_people_and_topics_are_read_alike() -> None:
    people, no_problems = read_people(
        '[[people]]\nslug = "alice-shaw"\nname = "Dr. Alice Shaw"', "people.toml"
    )
    topics, problems = read_topics(
        '[[topics]]\nslug = "ALK"\ntitle = "ALK"\n[topic]', "topics.toml"
    )

    assert [person.name for person in people] == ["Dr. Alice Shaw"]
    assert (no_problems, [topic.title for topic in topics]) == ((), [""])
    assert [problem.field for problem in problems] == ["topic", "slug"]


def written(value: object) -> str:
    """Write a value as TOML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(letter):08X}" for letter in value) + '"'
        case list():
            return "[" + ", ".join(map(written, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{written(k)} = {written(v)}" for k, v in value.items()) + "}"
        case _:
            return str(value)


SCALARS = (
    st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.times()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from(["7:42", "a-b", "https://a.org", "at", "text", "title"])
)
KEYS = st.sampled_from([*VIDEO_FIELDS, "at", "text", "until", "videos", "kind"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(KEYS, VALUES, max_size=6), st.dictionaries(KEYS, VALUES, max_size=8))
@settings(max_examples=60, deadline=None)
def test_whatever_the_values_are_they_are_read_or_refused(
    series: dict[str, object], video: dict[str, object]
) -> None:
    table = {**series, "videos": [video, *([series["videos"]] if "videos" in series else [])]}
    text = "\n".join(f"{key} = {written(value)}" for key, value in table.items())

    read_whole, problems = read_series(text, "talks.toml")

    assert read_whole or problems
    assert all(problem.file == "talks.toml" and problem.says for problem in problems)


def test_every_wrong_question_of_a_list_is_told() -> None:
    text = """
        slug = "talks"
        title = "Talks"
        [[videos]]
        slug = "sleep"
        title = "Sleep"
        questions = [{ text = "Why?", at = "x" }, "Right", { text = "How?", when = "1:00" }, 7]
    """

    series, problems = read_series(dedent(text), "talks.toml")

    assert [problem.field for problem in problems] == ["questions"] * 3
    assert [problem.says.split(";")[0].split(" is ")[0] for problem in problems] == [
        "number 1: at: 'x'",
        "number 3: when: there",
        "number 4: write a table of fields, not 7",
    ]
    assert series is not None
    assert [one.text for one in series.videos[0].questions] == ["Right"]
