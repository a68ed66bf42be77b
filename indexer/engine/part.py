"""A part of an index, put together of blocks: passages worth a closer look, and what is around.

Tracks that are touched are there with all times of their sentences; what is said is there of the
blocks that were sent. Statistics are those of the whole library.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import accumulate

import numpy as np

from catalog import UsualForms
from indexer.arrays import Array
from indexer.engine.outline import TIMES, Outline, rows_among
from indexer.storage.blocks import COUNTS, PASSAGES, Block
from indexer.storage.bm25 import TermStatistics
from indexer.storage.columns import Columns, empty, identity
from indexer.storage.manifest import IndexedTrack
from indexer.storage.positions import Positions
from indexer.storage.postings import Postings, TermPostings
from indexer.storage.reader import IndexReader
from indexer.storage.rows import NameStatistics, Rows
from indexer.storage.vectors import Vectors, empty_vectors

# As far as the evidence of neighbours reaches.
AROUND = 15


class PartPositions(Positions):
    """Finds a term by looking through all: a part is asked for few terms, and once."""

    def __init__(self, columns: Columns) -> None:
        super().__init__(columns)
        self._found: dict[int, Array] = {}

    def tokens_of(self, term: int) -> Array:
        """The tokens that are a term, in rising order."""
        found = self._found.get(term)
        if found is None:
            there = self._columns.token_term == np.uint64(term)
            found = self._found[term] = np.flatnonzero(there)
        return found


class PartPostings(Postings):
    """Postings read off the tables; `held` are the terms of the whole library."""

    def __init__(self, positions: Positions, rows: Rows, held: Collection[str]) -> None:
        self._positions = positions
        self._tokens = rows.tokens
        self.held = frozenset(held)

    def of(self, term: str) -> TermPostings:
        """Find the rows that hold a term; none when no row does."""
        begins, ends = self._tokens
        tokens = self._positions.tokens_of(identity(term))
        first = np.searchsorted(ends, tokens, side="right")
        count = np.searchsorted(begins, tokens, side="right") - first
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        rows, counts = np.unique(np.repeat(first, count) + within, return_counts=True)
        return TermPostings(rows.astype(np.int32), counts.astype(np.float32))


class PartNames(NameStatistics):
    """Names of several words; whether anybody says one that is not here, others are asked."""

    ask: Callable[[tuple[str, ...]], bool]

    def are_said(self, name: tuple[str, ...]) -> bool:
        """Whether anybody says all terms of a name together."""
        if super().are_said(name):
            return True
        return all(map(self._terms.document_frequency, name)) and self.ask(name)


class _TitleTerms(dict[str, frozenset[int]]):
    """The tracks of a part whose titles hold a term, looked up as they are asked for."""

    def __init__(self, whole: Mapping[str, frozenset[int]], numbers: Mapping[int, int]) -> None:
        super().__init__()
        self._whole, self._numbers = whole, numbers

    def get(self, term: str, default: frozenset[int] = frozenset()) -> frozenset[int]:  # type: ignore[override]
        """The numbers of the tracks in this part."""
        there = self._whole.get(term, default)
        return frozenset(self._numbers[track] for track in there if track in self._numbers)


@dataclass(frozen=True, kw_only=True)
class PartReader(IndexReader):
    """An opened part of an index. `numbers` are those of its tracks in the whole one."""

    numbers: tuple[int, ...]
    outline: Outline
    ask: Callable[[tuple[str, ...]], bool]

    @cached_property
    def rows(self) -> Rows:
        """Where tracks, sentences and passages lie in the columns."""
        return rows_among(self, self.outline.facts)

    @cached_property
    def terms(self) -> TermStatistics:
        """Where each term is said, and what that is worth in the whole library."""
        postings = PartPostings(self.positions, self.rows, self.postings.held)
        return TermStatistics(postings, self.rows.layout, self.outline.said)

    @cached_property
    def positions(self) -> Positions:
        """Where terms and phrases are said."""
        return PartPositions(self.columns)

    @cached_property
    def names(self) -> NameStatistics:
        """Where names of several words are said, and what that is worth."""
        names = PartNames(self.terms, self.positions, self.rows)
        names.ask = self.ask
        return names

    @cached_property
    def title_terms(self) -> Mapping[str, frozenset[int]]:
        """The numbers of the tracks whose video's title and topics hold a term."""
        return _TitleTerms(self.outline.title_terms, {n: i for i, n in enumerate(self.numbers)})

    @property
    def numbered_terms(self) -> tuple[str, ...]:
        """The terms that are said and have a digit."""
        return self.outline.numbered_terms

    @property
    def misheard_names(self) -> Mapping[int, str]:
        """The names that may have been misheard, by the identity of their terms."""
        return self.outline.misheard_names

    def usual_forms(self, language: str) -> UsualForms:
        """How names are usually written in a language."""
        return self.outline.usual_forms(language)


def blocks_around(
    places: Iterable[tuple[int, int]], tracks: Sequence[IndexedTrack]
) -> set[tuple[int, int]]:
    """The blocks that hold passages, each a track and its place there, and what is around them."""
    wanted: set[tuple[int, int]] = set()
    for track, n in places:
        first = max(0, n - AROUND) // PASSAGES
        last = min(tracks[track].passages - 1, n + AROUND) // PASSAGES
        wanted.update((track, block) for block in range(first, last + 1))
    return wanted


def blocks_in(track: int, tracks: Sequence[IndexedTrack]) -> set[tuple[int, int]]:
    """All blocks of a track."""
    return {(track, block) for block in range(-(-tracks[track].passages // PASSAGES))}


def part_of(
    outline: Outline,
    blocks: Mapping[tuple[int, int], Block],
    ask: Callable[[tuple[str, ...]], bool] = lambda _: False,
) -> PartReader:
    """Put blocks together, each given by its track and its number there."""
    numbers = tuple(sorted({track for track, _ in blocks}))
    tracks = tuple(outline.tracks[number] for number in numbers)
    part = PartReader(
        tracks=tracks,
        columns=_columns(outline, numbers, blocks),
        postings=outline.postings,
        catalogue=outline.catalogue,
        vectors=_vectors(outline, tracks, numbers, blocks),
        name=outline.name,
        built_at=outline.built_at,
        built_by=outline.built_by,
        numbers=numbers,
        outline=outline,
        ask=ask,
    )
    known = outline.facts.interviewers
    for place, number in enumerate(numbers):
        part.columns.interviewers[part.rows.sentences_of(place)] = known[number]
    return part


def _columns(
    outline: Outline, numbers: Sequence[int], blocks: Mapping[tuple[int, int], Block]
) -> Columns:
    """The columns of some tracks: their times, and the words that blocks have."""
    of_passages = _spans(outline.rows.first_row, numbers)
    of_sentences = _spans(outline.rows.first_sentence, numbers)
    parts: dict[str, list[Array]] = {field.name: [] for field in fields(Columns)}
    for name in TIMES:
        rows = of_passages if name.startswith("passage") else of_sentences
        parts[name] = [getattr(outline.columns, name)[rows]]
    counts = {name: np.zeros(len(of_sentences), np.int32) for name in COUNTS}
    base = _begins(numbers, [outline.tracks[number].sentences for number in numbers])
    done = 0
    for track, number in sorted(blocks):
        block = blocks[track, number]
        done = 0 if number == 0 or (track, number - 1) not in blocks else done
        begin = max(done, block.first)
        for name, some in block.after(begin).items():
            if name in counts:
                at = base[track] + begin
                counts[name][at : at + len(some)] = some
                done = begin + len(some)
            else:
                parts[name].append(some)
    parts |= {name: [some] for name, some in counts.items()}
    nothing = empty()
    return Columns(
        **{name: np.concatenate(some or [getattr(nothing, name)]) for name, some in parts.items()}
    )


def _vectors(
    outline: Outline,
    tracks: Sequence[IndexedTrack],
    numbers: Sequence[int],
    blocks: Mapping[tuple[int, int], Block],
) -> Vectors | None:
    """What passages mean, where a block has it; else nearness is 0."""
    if outline.vectors is None:
        return None
    passages = [track.passages for track in tracks]
    first, made = _begins(numbers, passages), empty_vectors(outline.vectors.account, sum(passages))
    for (track, number), block in blocks.items():
        there = slice(begin := first[track] + number * PASSAGES, begin + len(block.scales))
        made.values[there], made.scales[there] = block.values, block.scales
    return made


def _begins(numbers: Sequence[int], counts: Sequence[int]) -> Mapping[int, int]:
    """Where what there is of each track begins, in so many rows each."""
    return dict(zip(numbers, accumulate(counts, initial=0), strict=False))


def _spans(begins: Sequence[int], numbers: Sequence[int]) -> Array:
    """All rows of some tracks, given where each track begins."""
    return np.concatenate([np.arange(0), *(np.arange(begins[n], begins[n + 1]) for n in numbers)])
