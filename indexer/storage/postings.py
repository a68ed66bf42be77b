"""The dictionary and the postings, in Whoosh. This is the one module that imports it.

Whoosh (whoosh-reloaded) is only ever written to in a fresh folder: a failed commit of its leaves a
lock behind. It is read from memory, so nothing that happens to the files later reaches a reader.
The folder holds pickles, so it must be trusted; see docs/operating.md.
"""

import threading
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexerError
from indexer.mishearing.terms import MARK

with warnings.catch_warnings():
    # Whoosh was written for older Pythons; its escape sequences are none of our users' business.
    warnings.simplefilter("ignore")
    from whoosh import fields, formats, index
    from whoosh.analysis import IDAnalyzer
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3LeafMatcher
    from whoosh.filedb.filestore import RamStorage
    from whoosh.reading import TermNotFound

_FIELD = "terms"
# Names that were probably said are a field of their own.
_HEARD = "heard"
# Each build adds a segment, and each costs a little at opening; then they are merged, in order.
_MOST_SEGMENTS = 16


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes postings without looking on the disk for each, whether its document has a length.

    None has: no field here is scored by Whoosh.
    """

    def add_postings(self, schema: fields.Schema, lengths: object, items: object) -> None:
        del lengths
        super().add_postings(schema, None, items)


class _Codec(W3Codec):  # type: ignore[misc]
    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        return _FieldWriter(self, storage, segment)


class TermPostings(NamedTuple):
    """The postings of one term: rows in rising order, and how often the term is in each."""

    rows: NDArray[np.int32]
    counts: NDArray[np.float32]


def write_postings(folder: Path, documents: Iterable[Sequence[str]]) -> None:
    """Add documents, each a sequence of terms, behind those that the folder holds.

    A document's row is its place in the order in which documents were ever added. None is ever
    taken out again: which rows still count is for the tables to say. Terms that are marked as
    heard go into a field of their own. Raises IndexerError, and OSError of the disk.
    """
    try:
        there = index.exists_in(folder)
        opened = index.open_dir(folder) if there else index.create_in(folder, schema())
        if _segments(opened) >= _MOST_SEGMENTS:
            opened.writer(codec=_Codec()).commit(optimize=True)
        add_documents(opened, documents)
        opened.close()
    except index.IndexError as err:
        raise IndexerError(f"{folder}: the index cannot be written: {err}") from err


def add_documents(opened: index.FileIndex, documents: Iterable[Sequence[str]]) -> None:
    """Add documents to an opened Whoosh index, in a segment of their own."""
    writer = opened.writer(limitmb=256, codec=_Codec())
    for terms in documents:
        heard = [term for term in terms if term.startswith(MARK)]
        said = [term for term in terms if not term.startswith(MARK)] if heard else list(terms)
        writer.add_document(**{_FIELD: said, _HEARD: heard})
    writer.commit(merge=False)


def schema() -> fields.Schema:
    """The two fields. Terms come ready from our own analyser, so Whoosh only counts them."""
    counted = fields.FieldType(format=formats.Frequency(), analyzer=IDAnalyzer())
    return fields.Schema(**{_FIELD: counted, _HEARD: counted})


def _segments(opened: index.FileIndex) -> int:
    with opened.reader() as reader:
        return len(list(reader.leaf_readers()))


_NOWHERE = TermPostings(np.empty(0, np.int32), np.empty(0, np.float32))


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
                return _NOWHERE  # a stranger's word is not kept
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
        name = _HEARD if term.startswith(MARK) else _FIELD
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
    """Yield a term's rows and counts, a block at a time where Whoosh stores blocks.

    Reading blocks whole is some thirty times as fast as stepping through them.
    """
    if not isinstance(matcher, W3LeafMatcher):
        while matcher.is_active():
            yield [matcher.id()], [matcher.weight()]
            matcher.next()
        return
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        yield matcher._ids, matcher._weights
        matcher._next_block()
