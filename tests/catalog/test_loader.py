from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from textwrap import dedent

import pytest

from catalog import CatalogError, Library, load_catalogue, read_catalogue

SERIES = """\
    slug = "health-talks"
    title = "Health talks"

    [[videos]]
    slug = "how-sleep-works"
    title = "How sleep works"
    """


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def put(library: Library, **files: str) -> None:
    library.catalog_dir.mkdir(exist_ok=True)
    for name, text in files.items():
        file = library.catalog_dir / name.replace("_csv", ".csv").replace("_toml", ".toml")
        file.write_text(dedent(text), encoding="utf-8")


def problems(library: Library) -> list[str]:
    _, found = read_catalogue(library)
    return [str(problem) for problem in found]


def test_the_shipped_catalogue_has_no_problem(library: Library) -> None:
    catalogue = load_catalogue(library)

    shipped = resources.files("catalog") / "data"
    files = {f.name for f in shipped.iterdir() if f.name.endswith(".toml")}
    assert {f"{series.slug}.toml" for series in catalogue.series} == files - {
        "people.toml",
        "topics.toml",
        "corrections.toml",
        "definitions.toml",
        "site.toml",
        "translation.es.toml",
    }
    assert all(series.videos for series in catalogue.series)


def test_every_shipped_term_has_its_source_and_every_topic_its_terms(library: Library) -> None:
    catalogue = load_catalogue(library)

    names = {term.canonical for term in catalogue.terms}
    assert all(source.startswith("http") for term in catalogue.terms for source in term.sources)
    assert all(term.sources for term in catalogue.terms)
    assert {name for topic in catalogue.topics.values() for name in topic.terms} <= names


def test_every_shipped_intro_leads_on_to_an_in_depth_video(library: Library) -> None:
    catalogue = load_catalogue(library)

    intro = next(series for series in catalogue.series if series.kind == "intro")
    leads = [catalogue.videos[video.next] for video in intro.videos if video.next]
    assert leads
    assert {catalogue.series_of(video).kind for video in leads} == {"in-depth"}


def test_a_folder_with_one_series_uses_the_shipped_people_topics_and_glossary(
    library: Library,
) -> None:
    put(library, talks_toml=SERIES + 'speakers = ["alice-shaw"]\n    topics = ["alk"]\n')

    catalogue = load_catalogue(library)

    assert list(catalogue.videos) == ["how-sleep-works"]
    assert catalogue.names_of(catalogue.videos["how-sleep-works"]) == ("Dr. Alice Shaw",)
    assert any(term.canonical == "lorlatinib" for term in catalogue.terms)


def test_a_glossary_of_ones_own_is_no_problem_for_the_shipped_topics(library: Library) -> None:
    head = "canonical,kind,variants,related,misspellings,spanish,unsourced,facts,sources\n"
    put(library, talks_toml=SERIES, glossary_csv=head + "ALK,gene,,,,,,,https://example.org\n")

    catalogue = load_catalogue(library)

    assert [term.canonical for term in catalogue.terms] == ["ALK"]
    assert catalogue.topics["alk"].terms == ("ALK",)


def test_an_empty_catalogue_folder_is_as_good_as_none(library: Library) -> None:
    library.catalog_dir.mkdir()

    assert len(load_catalogue(library).series) == 2


def test_series_and_videos_of_one_slug_are_reported_with_their_files(library: Library) -> None:
    put(library, a_toml=SERIES, b_toml=SERIES)

    assert problems(library) == [
        "b.toml: health-talks, slug: another series in a.toml has this slug",
        "b.toml: how-sleep-works, slug: another video in a.toml has this slug",
    ]


def test_people_and_topics_of_one_slug_are_reported(library: Library) -> None:
    person = '[[people]]\nslug = "alice"\nname = "Alice"\n'
    put(library, talks_toml=SERIES, people_toml=person * 2)

    assert problems(library) == [
        "people.toml: alice, slug: another person in people.toml has this slug"
    ]


def test_the_problems_of_every_file_are_found_at_once(library: Library) -> None:
    put(
        library,
        broken_toml="slug = ",
        talks_toml=SERIES + 'speakers = ["nobody"]\n    colour = "red"\n',
        topics_toml='[[topics]]\nslug = "T"\ntitle = "T"\n',
    )
    (library.catalog_dir / "latin.toml").write_bytes(b'slug = "caf\xe9"')
    (library.catalog_dir / "folder.toml").mkdir()

    with pytest.raises(CatalogError) as raised:
        load_catalogue(library)

    assert [problem.file for problem in raised.value.problems] == [
        "broken.toml",
        "folder.toml",
        "latin.toml",
        "talks.toml",
        "topics.toml",
        "talks.toml",
    ]
    assert str(raised.value).count("\n") == 5


def test_a_file_that_is_not_utf_8_is_named_with_the_byte(library: Library) -> None:
    put(library, talks_toml=SERIES)
    (library.catalog_dir / "latin.toml").write_bytes(b'slug = "caf\xe9"')

    assert problems(library) == ["latin.toml: this is not UTF-8 text (byte 11)"]


def test_a_byte_order_mark_is_no_problem(library: Library) -> None:
    put(library, talks_toml="\ufeff" + dedent(SERIES))

    assert problems(library) == []


def test_problems_leave_the_rest_usable(library: Library) -> None:
    put(library, broken_toml="slug = ", talks_toml=SERIES)

    catalogue, found = read_catalogue(library)

    assert list(catalogue.videos) == ["how-sleep-works"]
    assert len(found) == 1


def test_a_catalogue_folder_that_is_a_file_is_not_taken_for_none(library: Library) -> None:
    library.catalog_dir.write_text("no folder")

    catalogue, _ = read_catalogue(library)

    assert catalogue.series == ()
    assert problems(library) == [
        "catalog: cannot be read: Not a directory; "
        "mend it, or remove it to use the shipped catalogue"
    ]


def test_a_catalogue_folder_that_leads_nowhere_is_not_taken_for_none(library: Library) -> None:
    library.catalog_dir.symlink_to(library.root / "unmounted")

    assert problems(library)[0].startswith("catalog: cannot be read: No such file")


def test_a_catalogue_folder_that_may_not_be_listed_is_not_taken_for_none(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, talks_toml=SERIES)

    def refuse(_folder: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)

    assert problems(library)[0].startswith("catalog: cannot be read: Permission denied; ")


def test_a_video_without_a_title_has_its_other_problems_reported_too(library: Library) -> None:
    wrong = """
        speakers = ["nobody"]
        duration = "1:00"
        chapters = [{ title = "Late", at = "2:00" }]

        [[videos]]
        slug = "b"
        title = "B"
        next = "a"
        """
    put(library, talks_toml='slug = "t"\ntitle = "T"\n[[videos]]\nslug = "a"\n' + dedent(wrong))

    assert problems(library) == [
        "talks.toml: a, title: this field is needed and missing",
        "talks.toml: a, speakers: there is no person 'nobody'",
        "talks.toml: a, chapters: 'Late' is later than the end",
    ]


def test_a_series_with_a_bad_slug_hides_no_problem_and_makes_none(library: Library) -> None:
    put(
        library,
        bad_toml='slug = "Bad One"\ntitle = "T"\n[[videos]]\nslug = "a"\ntitle = "A"\nnext = "x"',
        talks_toml=SERIES + 'next = "a"\n',
    )

    says = problems(library)

    assert [one.rpartition(": ")[0] for one in says] == ["bad.toml: slug", "bad.toml: a, next"]


def test_what_has_no_slug_is_no_duplicate_of_another_without_one(library: Library) -> None:
    video = '\n[[videos]]\ntitle = "A"\nnext = "x"\n'
    put(library, a_toml='title = "A"' + video, b_toml='title = "B"' + video)

    assert [one.partition(": this")[0] for one in problems(library)] == [
        "a.toml: slug",
        "a.toml: video number 1, slug",
        "b.toml: slug",
        "b.toml: video number 1, slug",
        "a.toml: video number 1, next: there is no video 'x'",
        "b.toml: video number 1, next: there is no video 'x'",
    ]


def test_a_person_without_a_name_is_not_reported_as_unknown_too(library: Library) -> None:
    people = '[[people]]\nslug = "ada"\n'
    put(library, talks_toml=SERIES + 'speakers = ["ada"]\n', people_toml=people)

    catalogue, found = read_catalogue(library)

    assert [str(one) for one in found] == [
        "people.toml: ada, name: this field is needed and missing"
    ]
    assert catalogue.people == {}


def test_what_cannot_be_used_is_checked_and_left_out(library: Library) -> None:
    put(library, talks_toml=SERIES + '\n[[videos]]\nslug = "a"\n')

    catalogue, _ = read_catalogue(library)

    assert list(catalogue.videos) == ["how-sleep-works"]


def test_a_translation_lies_beside_the_series(library: Library) -> None:
    put(
        library,
        **{
            "talks_toml": SERIES,
            "translation.es.toml": """
        [videos.how-sleep-works]
        title = "Cómo funciona el sueño"
        """,
        },
    )

    video = load_catalogue(library).videos["how-sleep-works"]

    assert video.translations["es"]["title"] == "Cómo funciona el sueño"


def test_shipped_topics_keep_their_shipped_translation(library: Library) -> None:
    put(library, talks_toml=SERIES)

    topic = load_catalogue(library).topics["liquid-biopsy"]

    assert topic.translations["es"]["title"] == "Biopsia líquida"


def test_a_translation_of_what_is_not_there_is_a_problem(library: Library) -> None:
    put(
        library, **{"talks_toml": SERIES, "translation.es.toml": '[topics.nothing]\ntitle = "Nada"'}
    )

    _, problems = read_catalogue(library)

    assert [problem.entry for problem in problems] == ["nothing"]


def test_a_group_of_topics_names_topics_that_are_there(library: Library) -> None:
    put(
        library,
        talks_toml=SERIES,
        topics_toml="""
        [[topics]]
        slug = "sleep"
        title = "Sleep"

        [[groups]]
        slug = "nights"
        title = "Nights"
        topics = ["sleep", "sleeep"]

        [[groups]]
        slug = "nights"
        title = "Nights again"
        """,
    )

    catalogue, problems = read_catalogue(library)

    assert [group.topics for group in catalogue.groups] == [("sleep", "sleeep")]
    assert [str(problem) for problem in problems] == [
        "topics.toml: nights, topics: this field is needed and missing",
        "topics.toml: nights, topics: there is no topic 'sleeep'; did you mean 'sleep'?",
    ]


def test_every_shipped_definition_is_there_in_both_languages_of_the_site(library: Library) -> None:
    terms = load_catalogue(library).terms

    given = [term.definition for term in terms if term.definition]
    assert len(given) >= 327
    assert {tuple(one.texts) for one in given} == {("en", "es")}


def test_a_story_needs_a_person_with_a_page(library: Library) -> None:
    put(
        library,
        talks_toml=SERIES,
        people_toml="""
        [[people]]
        slug = "ada"
        name = "Ada"
        """,
        topics_toml="""
        [[topics]]
        slug = "sleep"
        title = "Sleep"
        stories = ["ada", "bea"]
        written = [{ text = "Where do I rest?", page = "bed" }]
        """,
    )

    _, problems = read_catalogue(library)

    assert sorted(str(problem) for problem in problems) == [
        "topics.toml: sleep, stories: 'ada' needs a page that tells the story",
        "topics.toml: sleep, stories: there is no person 'bea'",
        "topics.toml: sleep, written: page: 'bed' is no web address; it starts with https://",
    ]
