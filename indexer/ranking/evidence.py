"""Ranks passages: arithmetic over arrays, pure functions, no disk.

The rows of one track lie together, and between two tracks lies a gap of empty places, so that
evidence can be carried from a passage to its neighbours by shifting whole arrays.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.arrays import Array, Floats
from indexer.settings import Settings
from indexer.storage.bm25 import Posting
from indexer.storage.layout import Layout

# Evidence reaches fifteen passages, less than the gap between two tracks: none hears another.
_STEPS = (1, 2, 4, 8)


def evidence(
    words: Sequence[Sequence[Posting]],
    alternatives: Sequence[tuple[float, Sequence[Posting]]],
    places: int,
) -> Floats:
    """Lay one concept out over all places: its own words, or else what it may also be called.

    Each word is the postings of the forms it may take, of which the best counts. An alternative
    is a weight and the postings of its terms; it counts where all of them are. The best of the
    concept's own words and its alternatives is what a place holds of it.
    """
    dense = np.zeros(places, np.float32)
    for forms in words:
        dense += _best_form(forms, places)
    # A rare long name of a thing is worth no more than the thing itself.
    most = dense.max(initial=0) or np.float32(np.inf)
    for weight, terms in alternatives:
        at, score = _together(terms)
        dense[at] = np.maximum(dense[at], weight * np.minimum(score, most))
    return dense


def _best_form(forms: Sequence[Posting], places: int) -> Floats:
    dense = np.zeros(places, np.float32)
    for at, score in forms:
        dense[at] = np.maximum(dense[at], score)
    return dense


def _together(terms: Sequence[Posting]) -> Posting:
    """Return the mean score of several terms, at the places that hold them all."""
    at, score = terms[0]
    for other_at, other_score in terms[1:]:
        at, mine, others = np.intersect1d(at, other_at, assume_unique=True, return_indices=True)
        score = score[mine] + other_score[others]
    return at, score / np.float32(len(terms))


def with_neighbours(concepts: Sequence[Floats], settings: Settings) -> Floats:
    """Add up the concepts of a query, and to each place what its neighbours know.

    A place near which more of the question is spoken of comes first; one that holds none of it
    stays at zero, whatever is around it.
    """
    own: Floats = np.asarray(np.sum(concepts, axis=0), np.float32)
    total = own + settings.smooth * _smoothed(own, settings.smooth_fade, settings.ahead)
    covered = np.zeros_like(own)
    whole = 0.0
    for concept in concepts:
        near, most = _spread(concept, settings.spread_fade), float(concept.max(initial=0))
        total += settings.spread * near
        covered += np.minimum(near / np.float32(settings.covered_at), most)
        whole += most
    if len(concepts) > 1 and whole:
        total *= 1 - settings.cover + settings.cover * covered / np.float32(whole)
    total[own == 0] = 0
    return total


def _smoothed(values: Floats, fade: float, ahead: float) -> Floats:
    """Sum up what is near each place, fading by `fade` a place, as a share of all weights.

    What follows weighs `ahead`, what went before the rest of one: an answer is heard from its
    beginning. Shifts double, so that a reach of fifteen places takes four steps each way.
    """
    before, after = values.copy(), values.copy()
    for step in _STEPS:
        weight = np.float32(fade**step)
        before[step:] += weight * before[:-step]
        after[:-step] += weight * after[step:]
    whole = np.float32((1 + fade) / (1 - fade))
    past, future = np.float32(2 - 2 * ahead), np.float32(2 * ahead)
    return (past * (before - values) + future * (after - values) + values) / whole


def _spread(values: Floats, fade: float) -> Floats:
    """Give each place the best value near it, fading by `fade` a place."""
    before, after = values.copy(), values.copy()
    for step in _STEPS:
        weight = np.float32(fade**step)
        np.maximum(before[step:], weight * before[:-step], out=before[step:])
        np.maximum(after[:-step], weight * after[step:], out=after[:-step])
    return np.maximum(before, after)


def best_rows(
    score: Floats, layout: Layout, allowed: Array | None, most: int
) -> tuple[Array, Floats]:
    """Return the best rows that count and are allowed, and their scores, best first."""
    counts = layout.alive if allowed is None else layout.alive & allowed
    top = np.flatnonzero((score > 0) & counts)
    if most < len(top):  # what equals the last of them stays too, until it is put in order
        top = top[score[top] >= np.partition(score[top], -most)[-most]]
    top = top[np.lexsort((layout.turn[top], -score[top]))][:most]
    return top, score[top]


def video_evidence(scores: Floats, track: Array, best: int = 5) -> Floats:
    """Return, for rows given best first, the mean of their track's `best` scores among them."""
    order = np.argsort(track, kind="stable")
    begins = np.flatnonzero(np.r_[True, np.diff(track[order]) != 0])
    rank = np.arange(len(order)) - np.repeat(begins, np.diff(np.r_[begins, len(order)]))
    sums = np.bincount(track[order], weights=np.where(rank < best, scores[order], 0))
    return (sums[track] / best).astype(np.float32)
