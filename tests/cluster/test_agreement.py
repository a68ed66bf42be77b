"""What a cluster answers is what one machine answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster import cluster
from clustered import TALKS, places, published
from engine_parts import NEWEST
from fake_model import GONE, FakeEncoder
from paths import ROOT

from catalog import Library
from indexer import Generation, Shelf

QUESTIONS = 200
GOLDEN = ROOT / "tests/golden/questions.jsonl"


def questions(file: Path) -> list[str]:
    lines = file.read_text("utf-8").splitlines()
    return [json.loads(line)["query"] for line in lines if line.strip()]


@pytest.fixture(params=["words", "meaning"])
def model(request: pytest.FixtureRequest, meaning: FakeEncoder) -> Iterator[FakeEncoder]:
    meaning.gone = GONE if request.param == "words" else None
    meaning._model = None
    yield meaning
    meaning.gone = None
    meaning._model = None


def test_of_the_talks_nearly_all_answers_are_the_same(
    talks_here: Generation, talks_library: Library, model: FakeEncoder
) -> None:
    there = Shelf(talks_library, model).current()
    file = TALKS / "questions.jsonl" if TALKS.is_dir() else GOLDEN
    asked = questions(file)[:: max(1, len(questions(file)) // QUESTIONS)][:QUESTIONS]
    first, overlap, counts = 0, 0.0, 0

    for question in asked:
        one, other = talks_here.search(question), there.search(question)
        assert one.meaning == other.meaning == (model.gone is None)
        assert not other.incomplete
        ours, theirs = places(one.hits[:10]), places(other.hits[:10])
        first += ours[:1] == theirs[:1]
        overlap += len({*ours} & {*theirs}) / max(1, len(ours))
        counts += one.counts == other.counts

    print(f"\n{len(asked)} questions: first {first}, ten {overlap:.2f}, facets {counts}")
    assert len(asked) >= min(QUESTIONS, 100)
    assert first >= 0.99 * len(asked)
    assert overlap >= 0.99 * len(asked)
    assert counts >= 0.97 * len(asked)


def test_of_the_sample_all_answers_are_the_same_however_they_are_narrowed(
    sample_here: Generation, sample_library: Library, model: FakeEncoder
) -> None:
    there = Shelf(sample_library, model).current()
    catalogue = sample_here.catalogue
    asked = [
        *questions(GOLDEN),
        '"side effects"', '"side effects" -brain', "treatment -brain",
        '-"side effects" treatment', "lorlatinib lang:es", "tratamiento",
        "¿qué es la inmunoterapia?", "scan -lang:es", "lang:es",
        *(f"treatment topic:{slug}" for slug in catalogue.topics),
        *(f"treatment speaker:{slug}" for slug in catalogue.people),
        *(f"what helps -series:{series.slug}" for series in catalogue.series),
    ]  # fmt: skip

    assert differences(sample_here, there, asked) == []


@pytest.mark.parametrize("model", ["words"], indirect=True)
def test_version_3_answers_the_same_though_it_scores_on_another_scale(
    sample_here: Generation, tmp_path: Path, model: FakeEncoder
) -> None:
    with cluster(NEWEST) as three:
        three.wait()
        library = published(three, sample_here, tmp_path / "sample", "sample")
        there = Shelf(library, model).current()

        asked = [*questions(GOLDEN)[::4], '"side effects" -brain', "tratamiento"]
        assert differences(sample_here, there, asked) == []


def differences(here: Generation, there: Generation, asked: list[str]) -> list[tuple[object, ...]]:
    """Whatever a person would see of it."""
    seen = ("words", "also", "confidence", "counts", "videos", "suggestions", "filtered")
    differing: list[tuple[object, ...]] = []
    for question in asked:
        one, other = here.search(question), there.search(question)
        for name in seen:
            if getattr(one, name) != getattr(other, name):
                differing.append((question, name, getattr(one, name), getattr(other, name)))
        if places(one.hits) != places(other.hits):
            differing.append((question, "hits", places(one.hits)[:2], places(other.hits)[:2]))
    return differing


def test_pages_beside_search_are_the_same_too(
    sample_here: Generation, sample_library: Library, meaning: FakeEncoder
) -> None:
    there = Shelf(sample_library, meaning).current()

    for slug in sample_here.catalogue.topics:
        assert places(there.topic_moments(slug)) == places(sample_here.topic_moments(slug))
    for slug in sample_here.videos:
        for language in sample_here.languages(slug):
            ours = sample_here.transcript(slug, language)
            assert there.transcript(slug, language) == ours
    assert dict(there.said) == dict(sample_here.said)
    for term in sample_here.catalogue.terms:
        if term.canonical in sample_here.said:
            ours_said, theirs = sample_here.mentions(term), there.mentions(term)
            assert [*theirs.between(0, 5)] == [*ours_said.between(0, 5)]
