"""From weighted terms to scored passages, and the narrow place where another engine may stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from memory import reader_of
from msgspec import structs

from indexer import Budget
from indexer.embedding.encoder import QueryEncoder
from indexer.query.parser import Query
from indexer.ranking.matching import WeightedConcept
from indexer.ranking.scorer import LocalScorer, ScoredPassages, WeightedQuery
from indexer.search.search import Searcher
from indexer.settings import SETTINGS, Settings
from indexer.storage.reader import IndexReader

FILLER = "We begin with something else.\n" * 12
TALKS = {
    "alone": f"Fatigue comes later.\n{FILLER}",
    "beside": f"Fatigue comes later.\nRest helps against fatigue.\n{FILLER}",
}
FATIGUE = WeightedConcept("fatigue", 1.0, (("fatigu",),))
REST = WeightedConcept("rest", 1.0, (("rest",),))


def scored(
    *concepts: WeightedConcept, settings: Settings = SETTINGS, query: Query | None = None
) -> dict[str, float]:
    """The best score of each video."""
    reader = reader_of(TALKS)
    found = LocalScorer(reader).score(WeightedQuery(concepts, query or Query()), settings, Budget())
    best: dict[str, float] = {}
    for row, score in zip(found.rows.tolist(), found.scores.tolist(), strict=True):
        best.setdefault(reader.tracks[reader.rows.layout.track[row]].video, score)
    return best


def test_a_passage_near_which_more_is_said_comes_first() -> None:
    best = scored(FATIGUE, REST)

    assert list(best) == ["beside", "alone"]


@pytest.mark.parametrize("signal", ["cover", "smooth", "spread", "video", "title"])
def test_each_signal_has_its_weight(signal: str) -> None:
    titled = WeightedConcept("beside", 1.0, (("besid",),))
    unweighted = replace(SETTINGS, **{signal: 0.0})  # type: ignore[arg-type]  # all are floats

    with_it = scored(FATIGUE, REST, titled)
    without = scored(FATIGUE, REST, titled, settings=unweighted)

    assert with_it != without


def test_a_name_is_still_meant_in_what_is_said_after_it() -> None:
    named = structs.replace(FATIGUE, required=True)
    talks = {
        "after": f"Fatigue comes later.\n{FILLER}Rest helps.\n{FILLER}",
        "before": f"{FILLER}Rest helps.\n{FILLER}Fatigue comes later.\n",
    }
    reader = reader_of(talks)
    asked = WeightedQuery((named, REST), Query())

    found = LocalScorer(reader).score(asked, SETTINGS, Budget())

    def rest(video: str) -> float:
        held = [
            float(score)
            for row, score in zip(found.rows.tolist(), found.scores.tolist(), strict=True)
            if reader.tracks[reader.rows.layout.track[row]].video == video
            and "Rest" in " ".join(reader.columns.sentence_texts(*reader.rows.passage(row)))
        ]
        return max(held)

    assert rest("after") > rest("before")


def test_a_passage_that_holds_nothing_of_it_is_not_found_whatever_is_around_it() -> None:
    reader = reader_of(TALKS)

    found = LocalScorer(reader).score(WeightedQuery((REST,), Query()), SETTINGS, Budget())

    for row in found.rows.tolist():
        first, last = reader.rows.passage(row)
        assert "Rest" in " ".join(reader.columns.sentence_texts(first, last))


def test_filters_leave_their_videos() -> None:
    assert list(scored(FATIGUE, query=Query(videos=frozenset({"alone"})))) == ["alone"]


class Elsewhere:
    """An engine that is not here: it sends a part of an index, and the last passage of it."""

    def __init__(self, part: IndexReader) -> None:
        self.part = part
        self.asked: list[WeightedQuery] = []

    def score(self, asked: WeightedQuery, settings: Settings, budget: Budget) -> ScoredPassages:
        self.asked.append(asked)
        row = len(self.part.columns.passage_first) - 1
        return ScoredPassages(self.part, np.array([row]), np.array([1.0], np.float32))

    def videos_holding(
        self, asked: WeightedQuery, scored: ScoredPassages
    ) -> dict[str, tuple[str, ...]]:
        return {"pills": ("en",), "elsewhere": ("en",)}

    def videos_left(self, query: Query) -> tuple[str, ...]:
        return ()


def test_another_engine_takes_the_place_of_the_local_one() -> None:
    here = reader_of({"pills": "Nothing of it is said here."})
    engine = Elsewhere(reader_of({"pills": f"{FILLER}Lorlatinib reaches the brain."}))

    answer = Searcher(here, QueryEncoder(), engine).search("lorlatinib", counts=True)

    (hit,) = answer.hits
    assert hit.text.endswith("Lorlatinib reaches the brain.")
    assert answer.videos == 2
    assert [one.shown for one in engine.asked[0].concepts] == ["lorlatinib"]


def test_every_video_that_holds_it_has_its_best_passage_among_the_candidates() -> None:
    few = replace(SETTINGS, candidates=1, candidate_videos=2)

    best = scored(FATIGUE, REST, settings=few)

    assert set(best) == {"alone", "beside"}


def best_of(talk: str, settings: Settings = SETTINGS) -> float:
    """The score of the first passage of a talk about fatigue."""
    engine = LocalScorer(reader_of({"talk": talk}))
    found = engine.score(WeightedQuery((FATIGUE,), Query()), settings, Budget())
    return float(found.scores[found.rows == 0][0])


def test_a_greeting_counts_less_than_an_answer() -> None:
    talk = f"Welcome, today we talk about fatigue.\n{FILLER}"

    assert best_of(talk) < best_of(talk, replace(SETTINGS, aside=0.0))


def test_a_sponsors_message_counts_least() -> None:
    talk = f"Our first sponsor helps against fatigue.\nUse the code TALK at checkout.\n{FILLER}"

    assert best_of(talk) < 0.5 * best_of(talk, replace(SETTINGS, sponsored=1.0))
