"""The dictionary and the postings, in Whoosh. This is the one module that imports it.

Whoosh (whoosh-reloaded) is only ever written to in a fresh folder: a failed commit of its leaves a
lock behind. It is read from memory, so nothing that happens to the files later reaches a reader.
The folder holds pickles, so it must be trusted; see docs/operating.md.
"""

import threading
import warnings
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexerError
from indexer.mishearing.terms import MARK
from indexer.storage.inversion import Documents, TermRows, inverted

with warnings.catch_warnings():
    # Whoosh was written for older Pythons; its escape sequences are none of our users' business.
    warnings.simplefilter("ignore")
    from whoosh import fields, formats, index
    from whoosh.analysis import IDAnalyzer
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PostingsWriter, W3Segment
    from whoosh.filedb.filestore import RamStorage
    from whoosh.reading import TermNotFound

_FIELD = "terms"
# Names that were probably said are a field of their own.
_HEARD = "heard"
# Each build adds a segment, and each costs a little at opening.
_MOST_SEGMENTS = 16
_BLOCK = 1_024


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes the postings of a term a block at a time."""

    def add_block(self, rows: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        """Add a block behind those that were added; the last one is written by the end of a term.

        No field here is scored by Whoosh, so that it is told of no lengths.
        """
        if len(self):
            self._write_block()
        self._ids, self._weights = array("I", rows.tolist()), array("f", counts.tolist())
        self._maxweight = max(self._weights)

    def _mini_ids(self) -> tuple[int, ...]:
        return tuple(np.diff(self._ids, prepend=0).tolist())


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes the postings of documents whose terms are known by number."""

    def add_postings(self, schema: fields.Schema, lengths: object, items: object) -> None:
        """Add what the codec was made for; Whoosh itself has gathered nothing."""
        del lengths, items
        for name, terms in _by_field(self._codec.documents):
            self.start_field(name, schema[name])
            for term in terms:
                self._add_term(term)
            self.finish_field()

    def _add_term(self, term: TermRows) -> None:
        self.start_term(term.name.encode("utf-8"))
        for first in range(0, len(term.rows), _BLOCK):
            block = slice(first, first + _BLOCK)
            self._postwriter.add_block(term.rows[block], term.counts[block])
        self.finish_term()


class _Codec(W3Codec):  # type: ignore[misc]
    def __init__(self, documents: Documents) -> None:
        super().__init__(blocklimit=_BLOCK)
        self.documents = documents

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """A segment remembers its codec for whoever reads it; Whoosh's own does for that."""
        del storage
        return W3Segment(W3Codec(), indexname)

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        return _FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _PostingsWriter:
        return _PostingsWriter(dbfile, self._blocklimit, byteids, self._compression, inlinelimit=1)


class TermPostings(NamedTuple):
    """The postings of one term: rows in rising order, and how often the term is in each."""

    rows: NDArray[np.int32]
    counts: NDArray[np.float32]


def write_postings(folder: Path, documents: Documents) -> None:
    """Add documents behind those that the folder holds, in a segment of their own.

    A document's row is its place in the order in which documents were ever added. None is ever
    taken out again: which rows still count is for the tables to say. Terms that are marked as
    heard go into a field of their own. Raises IndexerError, and OSError of the disk.
    """
    try:
        there = index.exists_in(folder)
        opened = index.open_dir(folder) if there else index.create_in(folder, schema())
        add_documents(opened, documents)
        opened.close()
    except index.IndexError as err:
        raise IndexerError(f"{folder}: the index cannot be written: {err}") from err


def add_documents(opened: index.FileIndex, documents: Documents) -> None:
    """Add documents to an opened Whoosh index, in a segment of their own."""
    rows = len(documents.begins)
    if not rows:
        return
    writer = opened.writer(codec=_Codec(documents))
    writer.docnum += rows
    writer.perdocwriter._doccount = rows
    writer._added = True
    writer.commit(merge=False)


def _by_field(documents: Documents) -> Iterator[tuple[str, Iterator[TermRows]]]:
    """Yield each field, in order, and its terms."""
    found = inverted(documents, lambda term: (_field(term), term.encode("utf-8")))
    yield from groupby(found, lambda term: _field(term.name))


def _field(term: str) -> str:
    return _HEARD if term.startswith(MARK) else _FIELD


def schema() -> fields.Schema:
    """The two fields. Terms come ready from our own analyser, so Whoosh only counts them."""
    counted = fields.FieldType(format=formats.Existence(), analyzer=IDAnalyzer())
    return fields.Schema(**{_FIELD: counted, _HEARD: counted})


def is_scattered(folder: Path) -> bool:
    """Whether so many segments are there that they are better written anew, as one."""
    return len(list(folder.glob("*.seg"))) >= _MOST_SEGMENTS


NOWHERE = TermPostings(np.empty(0, np.int32), np.empty(0, np.float32))


class Postings:
    """The postings of a Whoosh index. Each term is decoded once, on first use, and kept."""

    def __init__(self, opened: index.FileIndex) -> None:
        self._reader = opened.reader()
        self._leaves = list(self._reader.leaf_readers())
        self._known: dict[str, TermPostings] = {}
        self._lock = threading.Lock()

    @property
    def rows(self) -> int:
        """How many documents were ever added."""
        return int(self._reader.doc_count_all())

    def terms(self) -> list[str]:
        """Every term that is said, in order; names that were only probably said are left out."""
        return [term.decode("utf-8") for term in self._reader.lexicon(_FIELD)]

    def of(self, term: str) -> TermPostings:
        """Find the rows that hold a term; none when no row does."""
        found = self._known.get(term)
        if found is None:
            if term not in self.held:
                return NOWHERE  # a stranger's word is not kept
            # The leaves share one file position, so only one thread decodes at a time.
            with self._lock:
                found = self._known[term] = self._decode(term)
        return found

    @cached_property
    def held(self) -> frozenset[str]:
        """Every term that any row holds."""
        with self._lock:
            heard = (term.decode("utf-8") for term in self._reader.lexicon(_HEARD))
            return frozenset((*self.terms(), *heard))

    def _decode(self, term: str) -> TermPostings:
        name = _field(term)
        rows: list[NDArray[np.int32]] = []
        counts: list[NDArray[np.float32]] = []
        for leaf, offset in self._leaves:
            try:
                matcher = leaf.postings(name, term)
            except TermNotFound:
                continue
            for block_rows, block_counts in _blocks(matcher):
                rows.append(np.asarray(block_rows, np.int32) + offset)
                counts.append(np.asarray(block_counts, np.float32))
        return TermPostings(np.concatenate(rows), np.concatenate(counts))


def open_postings(folder: Path, names: Iterable[str] | None = None) -> Postings:
    """Read the named files of a folder, without names all of them. Raises IndexerError."""
    storage = RamStorage()
    try:
        for name in names or [file.name for file in folder.iterdir() if file.is_file()]:
            storage.files[name] = (folder / name).read_bytes()
        return Postings(storage.open_index())
    except Exception as err:  # a damaged pickle can raise anything
        raise IndexerError(f"{folder}: the index cannot be opened: {err!r}") from err


def _blocks(matcher: Any) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
    """Yield a term's rows and counts, a block at a time, as Whoosh stores them.

    Reading blocks whole is some thirty times as fast as stepping through them.
    """
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        yield matcher._ids, matcher._weights
        matcher._next_block()
