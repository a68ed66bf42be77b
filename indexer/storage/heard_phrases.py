"""All that is said, word by word, for phrases: as captions have it, and as persons mended it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.mishearing.terms import AS_WRITTEN, CORRECTED

if TYPE_CHECKING:
    from indexer.storage.columns import Array, Tables


class Wording(NamedTuple):
    """Terms in a row, by identity, and how many of them stand before each token of the tables."""

    terms: Array
    before: Array


def wordings_of(tables: Tables) -> tuple[Wording, ...]:
    """Return what the captions say and, where anything was corrected, what was said then.

    What was only probably said is in neither.
    """
    written = tables.token_heard == AS_WRITTEN
    corrected = np.flatnonzero(tables.token_heard == CORRECTED)
    if not len(corrected):
        return (_wording(tables, written),)
    mended = written.copy()
    for token in corrected.tolist():
        sentence = int(np.searchsorted(tables.token_offsets, token, side="right")) - 1
        begin, end = tables.token_offsets[sentence : sentence + 2]
        inside = tables.token_start[begin:end] >= tables.token_start[token]
        inside &= tables.token_end[begin:end] <= tables.token_end[token]
        mended[begin:end] &= ~inside
    mended[corrected] = True
    return _wording(tables, written), _wording(tables, mended)


def _wording(tables: Tables, kept: Array) -> Wording:
    before = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])
    return Wording(tables.token_term[kept], before)
