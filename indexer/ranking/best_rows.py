"""The best of scored rows, and what a video's best rows say of it."""

from typing import Any

import numpy as np

from indexer.arrays import Array, Floats, picked
from indexer.settings import Settings
from indexer.storage.bm25 import Layout


def best_rows(
    score: Floats, layout: Layout, allowed: Array | None, settings: Settings
) -> tuple[Array, Floats]:
    """Return the best rows that count and are allowed, and their scores, best first.

    The best row of each of the best videos is among them.
    """
    counted = layout.alive if allowed is None else layout.alive & allowed
    rows = ((score > 0) & counted).nonzero()[0]
    values = picked(score, rows)
    best = _best_of_tracks(values, rows.searchsorted(layout.begins))
    near = (values >= np.minimum(best, _least(values, settings.candidates))).nonzero()[0]
    rows, values, best = rows[near], values[near], best[near]  # all that may be chosen
    turn = picked(layout.turn, rows)
    each = (values == best).nonzero()[0]
    chosen = np.zeros(len(rows), np.bool_)
    chosen[each[_top(values[each], turn[each], settings.candidate_videos)]] = True
    chosen[_top(values, turn, settings.candidates)] = True
    rows, values, turn = rows[chosen], values[chosen], turn[chosen]
    order = np.lexsort((turn, -values))
    return rows[order], values[order]


def _top(values: Floats, turn: Array, most: int) -> Array:
    """Choose the places of the best values; of equally good ones those whose turn is first."""
    good: Array = (values >= _least(values, most)).nonzero()[0]
    if len(good) > most:
        good = good[np.lexsort((turn[good], -values[good]))][:most]
    return good


def _least(values: Floats, most: int) -> Any:
    """The least of so many best values."""
    if len(values) <= most:
        return 0
    values = values.copy()
    values.partition(-most)
    return values[-most]


def _best_of_tracks(values: Floats, begins: Array) -> Floats:
    """Give each value the best of its track; `begins` is where each track's values begin."""
    counts = begins[1:] - begins[:-1]
    held = counts > 0
    return np.maximum.reduceat(values, begins[:-1][held]).repeat(counts[held])


def video_evidence(scores: Floats, track: Array, best: int = 5) -> Floats:
    """Return, for rows given best first, the mean of their track's `best` scores among them."""
    order = np.argsort(track, kind="stable")
    own = picked(track, order)
    first = np.ones(len(own), np.bool_)
    first[best:] = own[best:] != own[:-best]  # fewer than so many of its track come before it
    few = order[first]
    sums = np.bincount(picked(track, few), weights=picked(scores, few))
    return np.asarray(sums[track] / best, np.float32)
