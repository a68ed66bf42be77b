from datetime import date

import pytest

from catalog import Catalogue, Person, Question, Series, Term, Topic, Video
from catalog.errors import Mistake
from catalog.model import Chapter
from catalog.validation import check, duplicates, in_the_future


def catalogue(*videos: Video) -> Catalogue:
    return Catalogue(
        series=(Series("talks", "Talks", videos=videos),),
        people={"alice-shaw": Person("alice-shaw", "Dr. Alice Shaw")},
        topics={"alk": Topic("alk", "ALK", terms=("ALK", "lorlatinb"))},
        terms=(Term("ALK", "gene"), Term("lorlatinib", "drug")),
    )


def problems(**fields: object) -> list[str]:
    """What is said about one video, besides the term that is misspelled above."""
    video = Video("sleep", "Sleep", "talks", **fields)  # type: ignore[arg-type]  # any field
    found = check(catalogue(video, Video("rest", "Rest", "talks")), {"talks": "talks.toml"})
    return [str(problem) for problem in found if problem.entry == "sleep"]


def test_references_that_resolve_are_no_problem() -> None:
    assert problems(speakers=("alice-shaw",), topics=("alk",), related=("rest",), next="rest") == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        pytest.param(
            {"speakers": ("alice-show",)},
            "speakers: there is no person 'alice-show'; did you mean 'alice-shaw'?",
            id="speaker",
        ),
        pytest.param({"topics": ("zzz",)}, "topics: there is no topic 'zzz'", id="topic"),
        pytest.param({"related": ("zzz",)}, "related: there is no video 'zzz'", id="related"),
        pytest.param({"next": "zzz"}, "next: there is no video 'zzz'", id="next"),
        pytest.param(
            {"next": "sleep"}, "next: this is the video itself; name another one", id="next itself"
        ),
        pytest.param(
            {"related": ("sleep",)},
            "related: this is the video itself; name another one",
            id="related to itself",
        ),
        pytest.param(
            {"duration_ms": 1000, "questions": (Question("Why?", 2000),)},
            "questions: 'Why?' is later than the end",
            id="a question past the end",
        ),
        pytest.param(
            {"questions": (Question("Why?", 2000, 1000),)},
            "questions: 'Why?' ends before it starts",
            id="a question backwards",
        ),
        pytest.param(
            {"duration_ms": 1000, "chapters": (Chapter("End", 1000),)},
            "chapters: 'End' is later than the end",
            id="a chapter past the end",
        ),
        pytest.param(
            {"chapters": (Chapter("One", 5), Chapter("Two", 5))},
            "chapters: 'Two' does not come after 'One'",
            id="chapters out of order",
        ),
    ],
)
def test_what_does_not_fit_together_is_told(fields: dict[str, object], says: str) -> None:
    assert problems(**fields) == [f"talks.toml: sleep, {says}"]


def test_all_problems_are_found_at_once() -> None:
    assert len(problems(speakers=("a", "b"), topics=("c",), next="d", related=("sleep",))) == 5


def test_a_topics_terms_have_to_be_in_the_glossary() -> None:
    found = check(catalogue(), {})

    says = "there is no glossary term 'lorlatinb'; did you mean 'lorlatinib'?"
    assert found == (Mistake("topics.toml", says, "alk", "terms"),)


def test_a_slug_that_is_there_twice_names_both_files() -> None:
    found = duplicates([("a", "one.toml"), ("b", "one.toml"), ("a", "two.toml")], "video")

    says = "another video in one.toml has this slug"
    assert list(found) == [Mistake("two.toml", says, "a", "slug")]


def test_the_same_youtube_id_twice_is_a_problem() -> None:
    one = Video("sleep", "Sleep", "talks", youtube="abcdefghijk")
    other = Video("rest", "Rest", "talks", youtube="abcdefghijk")

    found = [str(p) for p in check(catalogue(one, other), {"talks": "talks.toml"})]

    assert (
        "talks.toml: rest, youtube: sleep has the same id 'abcdefghijk'; "
        "a video stands in the catalogue once"
    ) in found


@pytest.mark.parametrize(
    ("recorded", "told"),
    [("", 0), ("2026", 0), ("2026-03", 0), ("2026-03-02", 0), ("2026-03-03", 1), ("2027", 1)],
)
def test_a_date_in_the_future_is_told(recorded: str, told: int) -> None:
    video = Video("sleep", "Sleep", "talks", recorded=recorded)

    assert len([*in_the_future(catalogue(video), date(2026, 3, 1))]) == told
