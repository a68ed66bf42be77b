"""The documents of a generation, as they are sent to an engine."""

import base64
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from catalog import base_language
from indexer.arrays import Array
from indexer.engine.mapping import CHUNK
from indexer.engine.open_search import block_id
from indexer.engine.query_dsl import as_token
from indexer.mishearing.terms import AS_WRITTEN, CORRECTED
from indexer.storage.blocks import blocks_of
from indexer.storage.columns import identity
from indexer.storage.packing import packed
from indexer.storage.reader import IndexReader

# The name of a document, and what it holds.
Document = tuple[str, Mapping[str, Any]]
# No phrase reaches from what is said into what was corrected.
_BREAK = "\u00b6"


class EngineDocuments:
    """What of an opened generation is sent; passages with vectors where `has_vectors` says so."""

    def __init__(self, reader: IndexReader, *, has_vectors: bool) -> None:
        self._reader = reader
        self._vectors = reader.vectors if has_vectors else None

    @property
    def dimensions(self) -> int:
        """Those of the vectors, 0 without."""
        return self._vectors.account.dimensions if self._vectors else 0

    def passages(self, track: int) -> Iterator[Document]:
        """The passages of a track, as the terms that are said in each."""
        reader, columns, vectors = self._reader, self._reader.columns, self._vectors
        entry, (first, last) = reader.tracks[track], reader.rows.first_row[track : track + 2]
        begins, ends = reader.rows.tokens
        mended = reader.positions.wordings[-1]
        for row in range(first, last):
            begin, end = int(begins[row]), int(ends[row])
            heard, terms = columns.token_heard[begin:end], columns.token_term[begin:end]
            document: dict[str, Any] = {
                "said": self._text(terms[heard == AS_WRITTEN]),
                "video": entry.video,
                "language": base_language(entry.language),
                "track": str(track),
                "n": row - first,
            }
            corrected = terms[heard == CORRECTED]
            if heard.any():
                document["heard"] = self._text(terms[(heard != AS_WRITTEN) & (heard != CORRECTED)])
            if len(corrected):
                document["said"] += f" {_BREAK} {self._text(corrected)}"
                now = mended.terms[mended.before[begin] : mended.before[end]]
                document["mended"] = self._text(now)
            if vectors and vectors.scales[row] > 0:
                document["vector"] = (vectors.values[row] * vectors.scales[row]).tolist()
            yield block_id(track, row - first), document

    def _text(self, terms: Array) -> str:
        return " ".join(self._tokens[term] for term in terms.tolist())

    @cached_property
    def _tokens(self) -> Mapping[int, str]:
        """Every term as it stands in a field, by its identity."""
        return {identity(term): as_token(term) for term in self._reader.postings.held}

    def blocks(self, track: int) -> Iterator[Document]:
        """What the passages of a track say, as bytes."""
        for number, block in enumerate(blocks_of(self._reader, track)):
            yield block_id(track, number), _bytes(packed(block))


def chunks(outline: bytes) -> Iterator[Document]:
    """An outline in pieces."""
    for number, begin in enumerate(range(0, len(outline), CHUNK)):
        yield str(number), _bytes(outline[begin : begin + CHUNK])


def _bytes(content: bytes) -> Mapping[str, str]:
    return {"data": base64.b64encode(content).decode()}
