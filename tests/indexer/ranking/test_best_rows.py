"""The best rows of all, and the best of each of the best videos, in the order of the catalogue."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indexer.arrays import Floats
from indexer.ranking.best_rows import best_rows
from indexer.settings import SETTINGS
from indexer.storage.bm25 import lay_out

SOME = replace(SETTINGS, candidates=5, candidate_videos=3)
LAYOUT = lay_out(
    [4, 0, 7, 1, 0, 9], [True, True, True, False, True, True], np.ones(21), [3, 1, 2, 0, 5, 4]
)


def chosen_one_by_one(score: Floats) -> list[int]:
    def order(row: int) -> tuple[float, int]:
        return -score[row], LAYOUT.turn[row]

    rows = sorted((row for row in range(21) if score[row] > 0 and LAYOUT.alive[row]), key=order)
    best = [max((score[r] for r in rows if LAYOUT.track[r] == n), default=0) for n in range(6)]
    each = [row for row in rows if score[row] == best[LAYOUT.track[row]]]
    return sorted({*rows[: SOME.candidates], *each[: SOME.candidate_videos]}, key=order)


@pytest.mark.parametrize("seed", range(8))
def test_they_are_those_that_looking_at_each_row_finds(seed: int) -> None:
    numbers = np.random.default_rng(seed)
    score = numbers.integers(-1, 9 - seed, 21).astype(np.float32)  # many are equally good

    rows, scores = best_rows(score, LAYOUT, None, SOME)

    assert rows.tolist() == chosen_one_by_one(score)
    assert scores.tolist() == score[rows].tolist()


def test_where_nothing_scores_there_are_none() -> None:
    rows, scores = best_rows(np.zeros(21, np.float32), LAYOUT, None, SOME)

    assert rows.tolist() == scores.tolist() == []
