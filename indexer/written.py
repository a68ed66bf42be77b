"""The words of the transcripts as they are written, each with how often it is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.analysis import fold
from indexer.spelling import Written
from indexer.tables import Tables

_SHORTEST, _LONGEST = 3, 25
_MIX = np.uint64(0x9E3779B97F4A7C15)


def written_words(tables: Tables) -> Iterator[Written]:
    """Yield every word that is said, with its accents, once; not those of a letter or two.

    Words that share a term and a length count as one, written as where it is said first.
    """
    length = tables.token_end - tables.token_start
    key = tables.token_term + length.astype(np.uint64) * _MIX
    _, first, counts = np.unique(key, return_index=True, return_counts=True)
    inside = (length[first] >= _SHORTEST) & (length[first] <= _LONGEST)
    first, counts = first[inside], counts[inside]
    sentence = np.searchsorted(tables.token_offsets, first, side="right") - 1
    lines = zip(
        tables.text_offsets[sentence].tolist(),
        tables.text_offsets[sentence + 1].tolist(),
        tables.token_start[first].tolist(),
        tables.token_end[first].tolist(),
        counts.tolist(),
        strict=True,
    )
    whole = tables.text.tobytes()
    seen: set[str] = set()
    for begin, stop, start, end, count in lines:
        text = whole[begin:stop].decode("utf-8")[start:end].lower().removesuffix("'s")
        folded = fold(text)
        if text.isalpha() and folded not in seen:
            seen.add(folded)
            yield Written(text, count)
