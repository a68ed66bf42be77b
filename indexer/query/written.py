"""The words of the transcripts as they are written, each with how often it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.analysis.tokenizer import fold
from indexer.query.spelling import Written
from indexer.storage.columns import Tables

_SHORTEST, _LONGEST = 3, 25
_MIX = np.uint64(0x9E3779B97F4A7C15)


def written_words(tables: Tables, tongues: Sequence[tuple[str, int]]) -> Iterator[Written]:
    """Yield every word that is said, with its accents, once a language; not one of a letter or two.

    `tongues` are the languages of the tracks and how many sentences each has; what is said in ""
    does not count. Words that share a term and a length count as one, written as where it is said
    first.
    """
    length = tables.token_end - tables.token_start
    known = sorted({tongue for tongue, _ in tongues})
    numbers = [known.index(tongue) for tongue, _ in tongues]
    of_sentence = np.repeat(np.array(numbers, np.int64), [count for _, count in tongues])
    of_token = np.repeat(of_sentence, tables.sentence_tokens)
    shape = length.astype(np.uint64) * np.uint64(len(known)) + of_token.astype(np.uint64)
    key = tables.token_term + shape * _MIX
    _, first, counts = np.unique(key, return_index=True, return_counts=True)
    inside = (length[first] >= _SHORTEST) & (length[first] <= _LONGEST)
    inside &= np.array([tongue != "" for tongue in known], np.bool_)[of_token[first]]
    first, counts = first[inside], counts[inside]
    sentence = np.searchsorted(tables.token_offsets, first, side="right") - 1
    lines = zip(
        tables.text_offsets[sentence].tolist(),
        tables.text_offsets[sentence + 1].tolist(),
        tables.token_start[first].tolist(),
        tables.token_end[first].tolist(),
        counts.tolist(),
        of_sentence[sentence].tolist(),
        strict=True,
    )
    whole = tables.text.tobytes()
    seen: set[tuple[str, int]] = set()
    for begin, stop, start, end, count, tongue in lines:
        text = whole[begin:stop].decode("utf-8")[start:end].lower().removesuffix("'s")
        folded = fold(text)
        if text.isalpha() and (folded, tongue) not in seen:
            seen.add((folded, tongue))
            yield Written(text, count, tongues=frozenset((known[tongue],)))
