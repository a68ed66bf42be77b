"""Counts beside an answer: each number is what applying the filter then finds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from libraries import build, library_of, opened, write_catalogue, write_track

from catalog import Catalogue, Library, Person, Series, Video
from indexer import Count, Generation
from indexer.search.facets import MOST_OF_A_FIELD, count_facets, filters_of

EVERYTHING = 100
CATALOGUE = """
    slug = "first-steps"
    title = "First steps"
    kind = "intro"

    [[videos]]
    slug = "pills"
    title = "Pills"
    speakers = ["ada", "tess"]
    topics = ["drugs"]

    [[videos]]
    slug = "scans"
    title = "Scans"
    speakers = ["ada"]
    topics = ["drugs-and-food"]
"""
MORE = """
    slug = "deeper"
    title = "Deeper"

    [[videos]]
    slug = "trials"
    title = "Trials"
    speakers = ["tess"]
    topics = ["drugs"]
"""
PEOPLE = """
    [[people]]
    slug = "ada"
    name = "Ada Example"

    [[people]]
    slug = "tess"
    name = "Dr. Tess Sample"
"""
TOPICS = """
    [[topics]]
    slug = "drugs"
    title = "Drugs"

    [[topics]]
    slug = "drugs-and-food"
    title = "What to eat"
"""
TALKS = {
    "pills": "Lorlatinib is a treatment, a pill.\nIt reaches the brain.\nSleep well.",
    "scans": "A scan shows the brain before treatment.\nAsk for the report.",
    "trials": "A trial of another treatment.\nLorbrena has a risk.",
}


def library(root: Path) -> Library:
    made = library_of(root, TALKS)
    (made.catalog_dir / "talks.toml").unlink()
    write_catalogue(root, CATALOGUE, "first.toml")
    write_catalogue(root, MORE, "deeper.toml")
    write_catalogue(root, PEOPLE, "people.toml")
    write_catalogue(root, TOPICS, "topics.toml")
    write_track(made, "scans", "El tratamiento, o treatment, y el brain.", "es.manual.vtt")
    build(made)
    return made


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return opened(library(tmp_path_factory.mktemp("counting")))


def mistaken(generation: Generation, query: str) -> list[tuple[Count, int]]:
    """Apply each filter that is offered; return those whose number is not what is then found."""
    wrong = []
    for count in generation.search(query, limit=EVERYTHING, counts=True).counts:
        narrowed = generation.search(
            f"{query} {count.field}:{count.value}", limit=EVERYTHING, counts=True
        )
        found = len({hit.video for hit in narrowed.hits})
        if not found == narrowed.videos == count.videos:
            wrong.append((count, found))
    return wrong


def shown(generation: Generation, query: str) -> list[tuple[str, str, int]]:
    return [(c.field, c.value, c.videos) for c in generation.search(query, counts=True).counts]


def test_every_field_is_counted(small: Generation) -> None:
    assert shown(small, "treatment") == [
        ("series", "first-steps", 2),
        ("series", "deeper", 1),
        ("topic", "drugs-and-food", 1),
        ("speaker", "ada", 2),
        ("speaker", "tess", 2),
        ("language", "en", 3),
        ("language", "es", 1),
    ]


def test_moments_are_those_of_the_answer_itself(small: Generation) -> None:
    answer = small.search("treatment", counts=True)
    by_tess = next(count for count in answer.counts if count.value == "tess")

    assert by_tess.moments == sum("Dr. Tess Sample" in hit.speakers for hit in answer.hits) > 0


def test_a_filter_that_leaves_everything_is_not_offered(small: Generation) -> None:
    assert "drugs" not in {value for _, value, _ in shown(small, "treatment")}


@pytest.mark.parametrize("query", ["treatment", "lorlatinib", '"the brain"'])
def test_the_numbers_do_not_hang_on_how_many_moments_are_asked_for(
    small: Generation, query: str
) -> None:
    few, many = (small.search(query, limit=limit, counts=True) for limit in (1, EVERYTHING))

    assert few.videos == many.videos == len({hit.video for hit in many.hits})
    assert _videos(few.counts) == _videos(many.counts)


def _videos(counts: Iterable[Count]) -> dict[tuple[str, str], int]:
    return {(count.field, count.value): count.videos for count in counts}


def test_nothing_is_counted_where_nothing_is_found(small: Generation) -> None:
    assert shown(small, "zzzzzz") == shown(small, "") == []


@pytest.mark.parametrize(
    "query",
    [
        "treatment", "brain", "treatment -brain", '"the brain"', "treatment speaker:ada",
        "treatment -series:deeper", "brain language:es", '-"a pill" treatment',
        "tratamiento", "risk or sleep",
    ],
)  # fmt: skip
def test_each_number_is_what_the_filter_finds(small: Generation, query: str) -> None:
    assert mistaken(small, query) == []


@pytest.mark.parametrize("query", ["pneumonitis", "lorlatinib side effects", '"second opinion"'])
def test_each_number_is_what_the_filter_finds_in_the_sample(sample: Generation, query: str) -> None:
    assert sample.search(query, counts=True).counts
    assert mistaken(sample, query) == []


def test_however_many_phrases_are_asked_for_search_still_answers(small: Generation) -> None:
    answer = small.search("treatment " + " ".join(f'-"word {n}"' for n in range(60)), counts=True)

    assert answer.hits
    assert answer.counts == ()


def test_of_a_field_only_the_few_that_keep_most_are_offered() -> None:
    people = {f"p{n}": Person(f"p{n}", f"P {n}") for n in range(30)}
    videos = tuple(Video(f"v{n}", f"V {n}", "s", speakers=(f"p{n}",)) for n in range(30))
    catalogue = Catalogue(series=(Series("s", "S", videos=videos),), people=people)

    counts = list(count_facets({video.slug: {"en"} for video in videos}, (), filters_of(catalogue)))

    assert len(counts) == MOST_OF_A_FIELD
