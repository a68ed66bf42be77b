"""A cross-encoder puts the best passages in order anew, in bounded time, and only where it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_model import GONE
from libraries import build, library_of, opened
from tiny_model import write_tiny_cross_encoder

from indexer import Generation
from indexer.embedding.configured import NoModel
from indexer.embedding.cross_encoder import CrossEncoder, load
from indexer.embedding.files import read_model_files
from indexer.embedding.model import is_installed
from indexer.ranking.reranker import Reranker
from indexer.settings import SETTINGS

TALKS = {
    "first": "The scan shows the lung, and a scan shows the scan.",
    "second": "A scan is not what makes the hair grow.",
    "third": "Nobody was tired after the scan.",
}

pytestmark = pytest.mark.skipif(not is_installed(), reason="the extra `meaning` is not installed")


@pytest.fixture
def judge(tmp_path: Path) -> CrossEncoder:
    return load(read_model_files(write_tiny_cross_encoder(tmp_path / "judge", hair=9, tired=5)))


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    library = library_of(tmp_path / "library", TALKS)
    build(library)
    return opened(library)


def found(generation: Generation, **settings: int) -> list[str]:
    answer = generation.searcher.search("scan", settings=replace(SETTINGS, **settings))
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    return [hit.video for hit in answer.hits]


def test_without_a_cross_encoder_nothing_changes_and_it_is_looked_for_once(
    generation: Generation,
) -> None:
    before = found(generation)
    looked: list[str] = []

    def look() -> NoModel:
        looked.append("here")
        return GONE

    generation.searcher.reranker = Reranker(look)

    assert [found(generation), found(generation)] == [before, before]
    assert looked == ["here"]


def test_the_best_passages_come_in_the_order_of_how_well_they_answer(
    generation: Generation, judge: CrossEncoder
) -> None:
    before = found(generation)
    generation.searcher.reranker = Reranker(lambda: judge)

    assert before[0] == "first"
    assert generation.is_quick
    assert found(generation) == ["second", "third", "first"]
    assert not generation.is_quick


def test_only_so_many_are_read_and_what_is_not_keeps_its_place(
    generation: Generation, judge: CrossEncoder
) -> None:
    before = found(generation)
    generation.searcher.reranker = Reranker(lambda: judge)

    assert found(generation, reranking_ms=0) == before
    assert found(generation, reranked=2)[2] == before[2]


def test_with_the_words_typed_alone_it_has_no_say(
    generation: Generation, judge: CrossEncoder
) -> None:
    before = found(generation)
    generation.searcher.reranker = Reranker(lambda: judge)

    exact = generation.search("scan", exact=True)

    assert [hit.video for hit in exact.hits] == before


def test_one_that_breaks_leaves_what_it_has_not_read(
    generation: Generation, tmp_path: Path
) -> None:
    before = found(generation)
    folder = write_tiny_cross_encoder(tmp_path / "broken", scan=float("nan"))
    broken = load(read_model_files(folder))
    generation.searcher.reranker = Reranker(lambda: broken)

    assert found(generation) == before
