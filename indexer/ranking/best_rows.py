"""The best of scored rows, and what a video's best rows say of it."""

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
    rows = np.flatnonzero((score > 0) & counted)
    values = picked(score, rows)
    turn = picked(layout.turn, rows)
    each = _best_of_each(values, picked(layout.track, rows))
    chosen = np.zeros(len(rows), np.bool_)
    chosen[each[_top(values[each], turn[each], settings.candidate_videos)]] = True
    chosen[_top(values, turn, settings.candidates)] = True
    rows, values, turn = rows[chosen], values[chosen], turn[chosen]
    order = np.lexsort((turn, -values))
    return rows[order], values[order]


def _top(values: Floats, turn: Array, most: int) -> Array:
    """Choose the places of the best values; of equally good ones those whose turn is first."""
    if len(values) <= most:
        return np.arange(len(values))
    good = np.flatnonzero(values >= np.partition(values, -most)[-most])
    if len(good) > most:
        good = good[np.lexsort((turn[good], -values[good]))][:most]
    return good


def _best_of_each(score: Floats, track: Array) -> Array:
    """Find the best of each track, given by scores and tracks, a track behind the other."""
    if not len(score):
        return np.arange(0)
    edges = np.flatnonzero(track[1:] != track[:-1]) + 1
    begins = np.concatenate(([0], edges))
    counts = np.concatenate((edges, [len(score)])) - begins
    return np.flatnonzero(score == np.repeat(np.maximum.reduceat(score, begins), counts))


def video_evidence(scores: Floats, track: Array, best: int = 5) -> Floats:
    """Return, for rows given best first, the mean of their track's `best` scores among them."""
    order = np.argsort(track, kind="stable")
    own = picked(track, order)
    first = np.ones(len(own), np.bool_)
    first[best:] = own[best:] != own[:-best]  # fewer than so many of its track come before it
    few = order[first]
    sums = np.bincount(picked(track, few), weights=picked(scores, few))
    return np.asarray(sums[track] / best, np.float32)
