"""Where terms and phrases are said: the one answer to it for passages, sentences and characters.

Terms are given by identity. Token and sentence numbers count over all tracks.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.arrays import Array, Bools
from indexer.mishearing.terms import AS_WRITTEN, CORRECTED
from indexer.storage.columns import Columns

# So many terms are looked for in all that is said before that is sorted.
_FEW = 20
# Words between those of a name, beside what is left out anyway ("mutation in the gene").
_BETWEEN = 1
# A phrase: the sequences of terms that languages make of it, of which one is enough.
Phrase = Sequence[Sequence[int]]


class Wording(NamedTuple):
    """Terms in a row, and how many of them stand before each token of the columns."""

    terms: Array
    before: Array


class TokensByTerm(NamedTuple):
    """All terms in rising order; term n is at `tokens` from `begins[n]` to `begins[n + 1]`."""

    terms: memoryview
    begins: NDArray[np.int64]
    tokens: NDArray[np.int64]


class Positions:
    """Finds terms and phrases in all that is said. It never changes, and threads may share it."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._asked = 0

    def tokens_of(self, term: int) -> Array:
        """The tokens that are a term, in rising order."""
        if self._asked < _FEW:  # one question alone need not wait until all is sorted
            self._asked += 1
            return np.flatnonzero(self._columns.token_term == np.uint64(term))
        terms, begins, tokens = self._by_term
        place = bisect_left(terms, term)
        if place == len(terms) or terms[place] != term:
            return tokens[:0]
        return tokens[begins[place] : begins[place + 1]]

    def together(self, terms: Sequence[int], begins: Array, ends: Array) -> Bools:
        """Which runs of tokens, from `begins` to `ends` (exclusive), say terms as one name.

        They stand there in their order with a word between them at most, or side by side in
        another ("metastases in the bone").
        """
        places = [self.tokens_of(term) for term in dict.fromkeys(terms)]
        rarest = min(places, key=len)
        near = np.array([_nearest(one, rarest) for one in places])
        first, last = near.min(axis=0), near.max(axis=0)
        in_order = np.all(np.diff(near, axis=0) > 0, axis=0)
        held = last - first < len(places) + np.where(in_order, _BETWEEN, 0)
        first, last = np.sort(first[held]), np.sort(last[held])
        return np.asarray(np.searchsorted(last, ends) > np.searchsorted(first, begins), np.bool_)

    def hold(self, phrase: Phrase, begins: Array, ends: Array) -> Bools:
        """Which runs of tokens, from `begins` to `ends` (exclusive), hold a phrase."""
        held = np.zeros(len(begins), np.bool_)
        for wording in self.wordings:
            first, end = wording.before[begins], wording.before[ends]
            for length in {len(terms) for terms in phrase}:
                ways = [self._starts(wording, terms) for terms in phrase if len(terms) == length]
                starts = np.sort(np.concatenate(ways)) if len(ways) > 1 else ways[0]
                last = np.searchsorted(starts, end - length, side="right")
                held |= last > np.searchsorted(starts, first, side="left")
        return held

    def occurrences(self, terms: Sequence[int]) -> tuple[Array, Array]:
        """The first and the last token of each place where terms stand in a row.

        Places that reach from one sentence into the next are left out.
        """
        found: list[tuple[Array, Array]] = []
        for wording in self.wordings:
            starts = self._starts(wording, terms)
            first = np.searchsorted(wording.before, starts, side="right") - 1
            last = np.searchsorted(wording.before, starts + len(terms) - 1, side="right") - 1
            inside = self._columns.sentences_of(first) == self._columns.sentences_of(last)
            found.append((first[inside], last[inside]))
        first, last = (np.concatenate(tokens) for tokens in zip(*found, strict=True))
        return first, last

    def _starts(self, wording: Wording, terms: Sequence[int]) -> Array:
        """Where in a wording terms stand one behind the other, in rising order."""
        said, before = wording
        places = [self.tokens_of(term) for term in terms]
        rarest = min(range(len(terms)), key=lambda number: len(places[number]))
        starts: Array = before[places[rarest]] - rarest
        starts = starts[np.diff(starts, prepend=-1 - rarest) > 0]  # each once
        starts = starts[(starts >= 0) & (starts <= len(said) - len(terms))]
        for further, term in enumerate(terms):
            starts = starts[said[starts + further] == np.uint64(term)]
        return starts

    def misheard(self, marks: Iterable[int], kind: int) -> Array:
        """The tokens that are one of these marks of a misheard name, of one kind."""
        tokens = np.concatenate([np.arange(0), *(self.tokens_of(mark) for mark in marks)])
        return np.sort(tokens[self._columns.token_heard[tokens] == kind])

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """What the captions say and, where anything was corrected, what was said then.

        What was only probably said is in neither.
        """
        columns = self._columns
        written = columns.token_heard == AS_WRITTEN
        corrected = np.flatnonzero(columns.token_heard == CORRECTED)
        if not len(corrected):
            return (self._wording(written),)
        mended = written.copy()
        for token in corrected.tolist():
            sentence = int(columns.sentences_of(token))
            begin, end = columns.token_offsets[sentence : sentence + 2]
            inside = columns.token_start[begin:end] >= columns.token_start[token]
            inside &= columns.token_end[begin:end] <= columns.token_end[token]
            mended[begin:end] &= ~inside
        mended[corrected] = True
        return self._wording(written), self._wording(mended)

    def _wording(self, kept: Bools) -> Wording:
        before = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])
        return Wording(self._columns.token_term[kept], before)

    @cached_property
    def _by_term(self) -> TokensByTerm:
        order = np.argsort(self._columns.token_term, kind="stable")
        terms, said = np.unique(self._columns.token_term, return_counts=True)
        begins = np.concatenate([[0], np.cumsum(said, dtype=np.int64)])
        return TokensByTerm(terms.data, begins, order)


def _nearest(places: Array, to: Array) -> Array:
    """For each of some tokens the nearest of other places, which are in rising order."""
    if not len(places):
        return np.full(len(to), np.iinfo(np.int64).max // 2)
    behind = np.minimum(np.searchsorted(places, to), len(places) - 1)
    before = np.maximum(behind - 1, 0)
    nearer = np.abs(places[before] - to) < np.abs(places[behind] - to)
    return np.asarray(np.where(nearer, places[before], places[behind]), np.int64)
