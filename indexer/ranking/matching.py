"""Which passages hold the phrases asked for, found in all that is said at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.query.parser import Phrase, Query
from indexer.storage.columns import Array, identity

if TYPE_CHECKING:
    from indexer.generation import Generation

Rows = NDArray[np.bool_]


def rows_kept(generation: Generation, query: Query) -> Rows:
    """Say which rows hold every phrase of a query and none that it excludes."""
    kept = np.ones(len(generation.rows.layout.track), np.bool_)
    for phrase in query.phrases:
        kept &= _holding(generation, phrase)
    for phrase in query.excluded:
        kept &= ~_holding(generation, phrase)
    return kept


def _holding(generation: Generation, phrase: Phrase) -> Rows:
    begins, ends = generation.rows.tokens
    held = np.zeros(len(begins), np.bool_)
    for said, before in generation.tables.wordings:
        for terms in phrase:
            held |= rows_with(said, before[begins], before[ends], [*map(identity, terms)])
    return held


def rows_with(terms: Array, begins: Array, ends: Array, phrase: Sequence[int]) -> Rows:
    """Say which rows hold a phrase: terms in a row, all by identity.

    `terms` are all that is said; row n has those from `begins[n]` to `ends[n]` (exclusive).
    """
    starts = starts_of(terms, phrase)
    last = np.searchsorted(starts, ends - len(phrase), side="right")
    held: Rows = last > np.searchsorted(starts, begins, side="left")
    return held


def starts_of(terms: Array, phrase: Sequence[int]) -> Array:
    """Where in a row of terms a phrase begins, in order; all by identity."""
    starts: Array = np.flatnonzero(terms == np.uint64(phrase[0]))
    for further, term in enumerate(phrase[1:], start=1):
        starts = starts[starts + further < len(terms)]
        starts = starts[terms[starts + further] == np.uint64(term)]
    return starts
