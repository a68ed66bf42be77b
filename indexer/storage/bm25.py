"""BM25: where each term of a generation is said, what that is worth, and how rare it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np

from indexer.arrays import Array, Floats
from indexer.settings import SETTINGS, Settings
from indexer.storage.postings import Postings

# Between two tracks lies a gap wider than evidence reaches, so that none hears another.
_GAP = 16


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each row lies among the places, and which rows count.

    `place` maps a row to its place; `row` maps a place to its row, or -1 in a gap; `track` is the
    number of a row's track, `begins` where each track's rows begin, and at last where they end;
    `alive` says whether a row counts; `length` is a row's terms; `turn` orders rows that are
    equally good; `rows` is how many count, and `mean` their mean length: of a whole library, also
    where only some of its rows are here.
    """

    place: Array
    row: Array
    track: Array
    begins: Array
    alive: Array
    length: Array
    turn: Array
    rows: int
    mean: float

    @property
    def places(self) -> int:
        """How many places there are, gaps included."""
        return len(self.row)


def lay_out(
    passages: Sequence[int], alive: Sequence[bool], length: Array, turns: Sequence[int]
) -> Layout:
    """Lay out tracks of so many `passages` each, a gap behind every one."""
    counts = np.asarray(passages, np.int64)
    track = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(track)) + track * _GAP
    row = np.full(len(track) + len(counts) * _GAP, -1, np.int64)
    row[place] = np.arange(len(track))
    begins = np.cumsum([0, *counts])
    turn = np.asarray(turns, np.int64)[track] * len(track) + np.arange(len(track)) - begins[track]
    living = np.repeat(np.asarray(alive, np.bool_), counts)
    mean = max(1.0, float(length[living].mean())) if living.any() else 1.0
    rows = int(living.sum())
    return Layout(place, row, track, begins, living, length, turn, rows, mean)


# The places that hold a term, and what each is worth there.
Posting = tuple[Array, Floats]
_NOWHERE: Posting = np.empty(0, np.int32), np.empty(0, np.float32)


def impacts(
    rows: Array, counts: Floats, layout: Layout, settings: Settings, said: int | None = None
) -> Posting:
    """Return the places of a term's living rows, and what BM25 gives each.

    `said` is in how many passages the term is, where these are only some of them.
    Source: Robertson & Zaragoza, The Probabilistic Relevance Framework (2009), with the idf that
    stays above zero.
    """
    living = layout.alive[rows]
    rows, counts = rows[living], counts[living]
    if not len(rows):  # most of what a catalogue's questions ask with is said by nobody
        return rows, np.empty(0, np.float32)
    said = len(rows) if said is None else said
    idf = np.log1p((layout.rows - said + 0.5) / (said + 0.5))
    held = settings.k1 * (1 - settings.b + settings.b * layout.length[rows] / layout.mean)
    scores = idf * counts * (settings.k1 + 1) / (counts + held)
    return layout.place[rows], scores.astype(np.float32)


class TermStatistics:
    """The terms that are said, each worked out once and kept. Threads may share it.

    A term that nobody says is a stranger's word: nothing is kept of it. `said` is in how many
    passages of a library each term is, where only some of them are here.
    """

    def __init__(
        self, postings: Postings, layout: Layout, said: Mapping[str, int] | None = None
    ) -> None:
        self._postings = postings
        self._layout = layout
        self._said = said
        self._rarities: dict[str, float] = {}
        self._impacts: dict[tuple[str, float, float], Posting] = {}

    def impacts(self, term: str, settings: Settings) -> Posting:
        """The places that hold a term, and what BM25 gives each."""
        key = (term, settings.k1, settings.b)
        found = self._impacts.get(key)
        if found is None:
            if term not in self._postings.held:
                return _NOWHERE
            postings = self._postings.of(term)
            said = None if self._said is None else self._said.get(term, 0)
            found = impacts(postings.rows, postings.counts, self._layout, settings, said)
            if len(found[0]):
                self._impacts[key] = found
        return found

    def document_frequency(self, term: str) -> int:
        """How many passages hold a term."""
        if self._said is not None:
            return self._said.get(term, 0)
        return len(self.impacts(term, SETTINGS)[0])

    def say(self, words: Iterable[Sequence[str]]) -> bool:
        """Whether every one of some words is said, in one of its forms."""
        return all(any(map(self.document_frequency, forms)) for forms in words)

    def rarity(self, term: str) -> float:
        """What a term tells: the fewer passages hold it, the more."""
        known = self._rarities.get(term)
        if known is None:
            said = self.document_frequency(term)
            known = log1p(max(1, self._layout.rows) / (1 + said))
            if said:
                self._rarities[term] = known
        return known
