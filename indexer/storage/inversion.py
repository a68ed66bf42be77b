"""Turns documents around: from the terms of each document to the documents of each term.

Terms are numbers here, and sorted by numpy; no object is made for a term's place in a document.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from indexer.arrays import Array

# So many terms are looked at together, which bounds what is in memory.
_AT_ONCE = 500_000


class Documents(NamedTuple):
    """Documents, each the terms from `begins` to `ends` (exclusive) of one text.

    They may overlap, and neither ever goes back. `terms` are identities, `names` has their words.
    """

    terms: Array
    begins: Array
    ends: Array
    names: Mapping[int, str]


class TermRows(NamedTuple):
    """A term, the rows of the documents that hold it, rising, and how often each does."""

    name: str
    rows: Array
    counts: Array


def inverted(documents: Documents, order: Callable[[str], Any]) -> Iterator[TermRows]:
    """Yield each term of the documents, in an order."""
    names = sorted(documents.names.items(), key=lambda named: order(named[1]))
    numbers = _numbered(documents.terms, [identity for identity, _ in names])
    offsets = np.concatenate([[0], np.cumsum(np.bincount(numbers, minlength=len(names)))])
    first = 0
    while first < len(names):
        last = int(np.searchsorted(offsets, offsets[first] + _AT_ONCE, side="right")) - 1
        last = max(first + 1, last)
        some = np.flatnonzero((numbers >= first) & (numbers < last))
        for number, rows, counts in _rows_of(documents, some, numbers[some]):
            yield TermRows(names[number][1], rows, counts)
        first = last


def _numbered(terms: Array, identities: Sequence[int]) -> Array:
    """The place of each term among the identities. Raises KeyError where one is not there."""
    known = np.array(identities, np.uint64)
    places = np.argsort(known)
    known = known[places]
    numbers = np.empty(len(terms), np.int32)
    for begin in range(0, len(terms), _AT_ONCE):
        some = terms[begin : begin + _AT_ONCE]
        at = np.minimum(np.searchsorted(known, some), len(known) - 1)
        if not np.array_equal(known[at], some):
            raise KeyError("a term has no name")
        numbers[begin : begin + _AT_ONCE] = places[at]
    return numbers


def _rows_of(
    documents: Documents, places: Array, numbers: Array
) -> Iterator[tuple[int, Array, Array]]:
    """Yield (term, rows, counts) for the terms at some places, by their numbers."""
    # Of documents that never go back those that hold a place follow one another.
    low = np.searchsorted(documents.ends, places, side="right")
    held = np.searchsorted(documents.begins, places, side="right") - low
    before = np.cumsum(held) - held
    rows = np.arange(int(held.sum())) + np.repeat(low - before, held)
    pairs = np.repeat(numbers.astype(np.uint64) << np.uint64(32), held) | rows.astype(np.uint64)
    pairs, counts = np.unique(pairs, return_counts=True)
    rows, terms = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64), pairs >> np.uint64(32)
    begins = np.flatnonzero(np.diff(terms, prepend=terms[:1] + np.uint64(1)))
    ends = [*begins[1:].tolist(), len(terms)]
    for begin, end in zip(begins.tolist(), ends, strict=True):
        yield int(terms[begin]), rows[begin:end], counts[begin:end]
