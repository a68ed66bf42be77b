"""The best of scored rows, and what a video's best rows say of it."""

import numpy as np

from indexer.arrays import Array, Floats
from indexer.settings import Settings
from indexer.storage.bm25 import Layout


def best_rows(
    score: Floats, layout: Layout, allowed: Array | None, settings: Settings
) -> tuple[Array, Floats]:
    """Return the best rows that count and are allowed, and their scores, best first.

    The best row of each of the best videos is among them.
    """
    score = score * (layout.alive if allowed is None else layout.alive & allowed)
    rows = np.flatnonzero(score > 0)
    of_each = _top(
        score,
        _best_of_each(score[rows], layout.track[rows], rows),
        layout,
        settings.candidate_videos,
    )
    best = _top(score, rows, layout, settings.candidates)
    top = np.array(sorted({*best.tolist(), *of_each.tolist()}), np.int64)
    top = top[np.lexsort((layout.turn[top], -score[top]))]
    return top, score[top]


def _top(score: Floats, rows: Array, layout: Layout, most: int) -> Array:
    """Choose the best of some rows; of equally good ones those whose turn is first."""
    if len(rows) > most:
        rows = rows[score[rows] >= np.partition(score[rows], -most)[-most]]
    if len(rows) > most:
        rows = rows[np.lexsort((layout.turn[rows], -score[rows]))][:most]
    return rows


def _best_of_each(score: Floats, track: Array, rows: Array) -> Array:
    """Find the best rows of each track, given with their scores, a track behind the other."""
    if not len(rows):
        return rows
    edges = np.flatnonzero(track[1:] != track[:-1]) + 1
    begins = np.concatenate(([0], edges))
    counts = np.concatenate((edges, [len(rows)])) - begins
    best: Array = rows[score == np.repeat(np.maximum.reduceat(score, begins), counts)]
    return best


def video_evidence(scores: Floats, track: Array, best: int = 5) -> Floats:
    """Return, for rows given best first, the mean of their track's `best` scores among them."""
    tracks = track.tolist()
    sums = dict.fromkeys(tracks, 0.0)
    left = dict.fromkeys(tracks, best)
    for number, score in zip(tracks, scores.tolist(), strict=True):
        if left[number]:
            left[number] -= 1
            sums[number] += score
    return np.array([sums[number] / best for number in tracks], np.float32)
