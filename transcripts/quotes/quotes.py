"""Words that a link quotes: kept in few letters, and found again when captions have changed.

A link never carries text that could be shown as somebody's words: a quote is always whole
sentences of the transcript that is there now. `docs/decisions/0007-quote-links.md` has why, and
how often it is found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from transcripts.model import Sentence
from transcripts.quotes.fingerprints import (
    CHECK_LETTERS,
    LETTERS,
    check_letters,
    comparable_words,
    word_letters,
)

Edits = NDArray[np.int32]
# Of a longer quote, a link keeps so many words at either end.
EITHER_END = 32
_LETTER = f"[{re.escape(LETTERS)}]"
_WRITTEN = re.compile(
    rf"(?P<head>{_LETTER}{{1,{2 * EITHER_END}}})"
    rf"(?:\.(?P<tail>{_LETTER}{{{EITHER_END}}})\.(?P<count>[0-9]{{1,4}}))?"
    rf"\.(?P<check>{_LETTER}{{{CHECK_LETTERS}}})"
)
# Found by fewer than these words alone, a quote must still be near its time.
_TELLING = 8
_NEAR_MS = 120_000
# So many words may be changed of a part: none of three, and of each more so large a share.
_CHANGED_OF, _CHANGED = 3, 0.4
# What counts as much as one word more that is changed.
_OFF_EDGE = 0.5
_LONGER = 0.25
_FAR_SHARE, _FAR_MS = 0.1, 300_000
_MOST_PLACES = 80


@dataclass(frozen=True, slots=True)
class QuoteFingerprint:
    """Words that were said from `start_ms` to `end_ms`, a letter each, `count` of them.

    `head` and `tail` are the letters at either end; of a short quote both are all of it.
    """

    start_ms: int
    end_ms: int
    head: str
    tail: str
    count: int
    check: str

    @property
    def words(self) -> str:
        """The words as a link carries them."""
        if self.count <= 2 * EITHER_END:
            return f"{self.head}.{self.check}"
        return f"{self.head}.{self.tail}.{self.count}.{self.check}"


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """Where quoted words are now: sentences `first` to `last` (exclusive).

    `same` says that every word is as it was.
    """

    first: int
    last: int
    same: bool


def quote_fingerprint(sentences: Sequence[Sentence]) -> QuoteFingerprint:
    """Keep the words of some sentences, one after another, of which there is at least one."""
    words = [word for sentence in sentences for word in comparable_words(sentence.text)]
    all_of_it = word_letters(words)
    whole = len(words) <= 2 * EITHER_END
    return QuoteFingerprint(
        sentences[0].start_ms,
        max(sentence.end_ms for sentence in sentences),
        all_of_it if whole else all_of_it[:EITHER_END],
        all_of_it if whole else all_of_it[-EITHER_END:],
        len(words),
        check_letters(words),
    )


def parse_quote(words: str, start_ms: int, end_ms: int) -> QuoteFingerprint | None:
    """Read what a link carries; None where it is damaged."""
    match = _WRITTEN.fullmatch(words)
    if match is None:
        return None
    head, tail = match["head"], match["tail"] or match["head"]
    count = int(match["count"] or len(head))
    if match["tail"] and (len(head) != EITHER_END or count <= 2 * EITHER_END):
        return None
    return QuoteFingerprint(start_ms, end_ms, head, tail, count, match["check"])


def find_quote(quoted: QuoteFingerprint, sentences: Sequence[Sentence]) -> QuoteMatch | None:
    """Find quoted words in a transcript: as they were, or else where most of them are; or None."""
    said = _TranscriptLetters(sentences)
    if place := said.unchanged(quoted):
        return said.found(*place, same=True)
    place = said.nearest(quoted)
    return said.found(*place, same=False) if place else None


class _TranscriptLetters:
    """A transcript as letters. Places are counted in words."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        by_sentence = [comparable_words(sentence.text) for sentence in sentences]
        self._words = [word for words in by_sentence for word in words]
        self._letters = word_letters(self._words)
        self._owner = [n for n, words in enumerate(by_sentence) for _ in words]
        self._edges = np.array([0, *accumulate(len(words) for words in by_sentence)])

    def found(self, begin: int, end: int, *, same: bool) -> QuoteMatch:
        """The sentences that hold some words."""
        return QuoteMatch(self._owner[begin], self._owner[end - 1] + 1, same)

    def unchanged(self, quoted: QuoteFingerprint) -> tuple[int, int] | None:
        """Where exactly these words are, the nearest to their old time."""
        places: list[tuple[int, int]] = []
        begin = self._letters.find(quoted.head)
        while begin >= 0:
            end = begin + quoted.count
            if self._is_it(quoted, begin, end):
                places.append((begin, end))
            begin = self._letters.find(quoted.head, begin + 1)
        return min(places, key=lambda place: self._distance(quoted, *place), default=None)

    def _is_it(self, quoted: QuoteFingerprint, begin: int, end: int) -> bool:
        return (
            self._letters.startswith(quoted.tail, end - len(quoted.tail))
            and end <= len(self._words)
            and self._may_be(quoted, begin)
            and check_letters(self._words[begin:end]) == quoted.check
        )

    def _may_be(self, quoted: QuoteFingerprint, begin: int) -> bool:
        """A few words are said again and again; they count only near their old time."""
        away = abs(self._sentences[self._owner[begin]].start_ms - quoted.start_ms)
        return quoted.count >= _TELLING or away <= _NEAR_MS

    def _distance(self, quoted: QuoteFingerprint, begin: int, end: int) -> tuple[int, bool, int]:
        found = self.found(begin, end, same=True)
        start_ms = self._sentences[found.first].start_ms
        end_ms = max(s.end_ms for s in self._sentences[found.first : found.last])
        edges = {begin, end} <= set(self._edges.tolist())
        return abs(start_ms - quoted.start_ms), not edges, abs(end_ms - quoted.end_ms)

    def nearest(self, quoted: QuoteFingerprint) -> tuple[int, int] | None:
        """Where most of the words are, whatever was changed, added or left out."""
        if not self._words:
            return None
        starts = np.array([sentence.start_ms for sentence in self._sentences])[self._owner]
        away = np.abs(starts - quoted.start_ms)
        begins, begin_costs = self._places(
            quoted, edits_from_starts(quoted.head, self._letters)[:-1], away
        )
        ends, end_costs = self._places(
            quoted, edits_to_ends(quoted.tail, self._letters)[1:], away, behind=1
        )
        if not len(begins) or not len(ends):
            return None
        longer = np.abs(ends[None, :] - begins[:, None] - quoted.count)
        costs = begin_costs[:, None] + end_costs[None, :] + _LONGER * longer
        costs[longer > quoted.count / 2] = np.inf
        best = np.unravel_index(np.argmin(costs), costs.shape)
        begin, end = int(begins[best[0]]), int(ends[best[1]])
        return (begin, end) if np.isfinite(costs[best]) and begin < end else None

    def _places(
        self, quoted: QuoteFingerprint, edits: Edits, away: NDArray[np.int64], behind: int = 0
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The best places at which a quote may begin, or (`behind`) end, and what each costs."""
        length = len(quoted.head)
        near = (away <= _NEAR_MS) | (quoted.count >= _TELLING)
        places = np.flatnonzero(near & (edits <= _CHANGED * (length - _CHANGED_OF)))
        costs = (
            edits[places]
            + np.minimum(away[places] / _FAR_MS, 1.0) * _FAR_SHARE * length
            + _OFF_EDGE * ~np.isin(places + behind, self._edges)
        )
        best = np.argsort(costs, kind="stable")[:_MOST_PLACES]
        return places[best] + behind, costs[best]


def edits_to_ends(short: str, text: str) -> Edits:
    """For each place in the text, how many edits make of `short` what best ends there.

    One number a place before, between and after its letters (Sellers, 1980).
    """
    codes = _codes(text)
    places = np.arange(len(codes) + 1, dtype=np.int32)
    edits = np.zeros(len(codes) + 1, np.int32)
    for letter in _codes(short):
        changed = edits[:-1] + (codes != letter)
        edits = edits + 1
        np.minimum(edits[1:], changed, out=edits[1:])
        edits = np.minimum.accumulate(edits - places) + places
    return edits


def edits_from_starts(short: str, text: str) -> Edits:
    """The same for what best begins at each place."""
    return edits_to_ends(short[::-1], text[::-1])[::-1]


def _codes(text: str) -> Edits:
    return np.frombuffer(text.encode("utf-32-le"), np.int32)
