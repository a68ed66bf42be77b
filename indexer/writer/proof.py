"""Proves that a generation fits together before anybody is served from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from indexer.analysis.tokenizer import tokens_of
from indexer.errors import IndexerError

if TYPE_CHECKING:
    from indexer.generation import Generation


def prove(generation: Generation, folder: Path) -> None:
    """Raise IndexerError unless what an opened folder holds fits together and answers."""
    tables, postings, vectors = generation.tables, generation.postings, generation.vectors
    rows = sum(track.passages for track in generation.tracks)
    if not rows == postings.rows == len(tables.passage_first):
        raise IndexerError(f"{folder}: tables and postings do not agree")
    if vectors and len(vectors) != rows:
        raise IndexerError(f"{folder}: tables and vectors do not agree")
    for row in {0, rows // 2, rows - 1} if rows else ():
        first, _ = generation.rows.passage(row)
        language = generation.tracks[generation.rows.layout.track[row]].language
        for token in tokens_of(tables.sentence_text(first), language):
            if row not in postings.of(token.term).rows:
                raise IndexerError(f"{folder}: {token.term!r} is not found where it is")
