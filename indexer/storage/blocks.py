"""Slices of the tables that are sent as they are needed: what 32 passages of a track say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.arrays import Array
from indexer.storage.reader import IndexReader

PASSAGES = 32
COUNTS = ("sentence_tokens", "sentence_bytes", "sentence_stops")
_TOKENS = ("token_term", "token_start", "token_end", "token_heard")
_STOPS = ("stop_at", "stop_asks")


@dataclass(frozen=True, eq=False)
class Block:
    """What some passages in a row say, as in `Columns`, from sentence `first` of their track on.

    `values` and `scales` are what they mean, a row a passage; none without a sentence model.
    """

    first: int
    sentence_tokens: Array
    sentence_bytes: Array
    sentence_stops: Array
    stop_at: Array
    stop_asks: Array
    token_term: Array
    token_start: Array
    token_end: Array
    token_heard: Array
    text: Array
    values: Array
    scales: Array

    def after(self, sentence: int) -> Mapping[str, Array]:
        """Its arrays from a sentence of the track on: what stands before is in another block.

        Mostly that is the block before, so that they are cut once.
        """
        skipped = max(0, sentence - self.first)
        if skipped not in self._cut:
            self._cut[skipped] = self._after(skipped)
        return self._cut[skipped]

    @cached_property
    def _cut(self) -> dict[int, Mapping[str, Array]]:
        return {}

    def _after(self, skipped: int) -> Mapping[str, Array]:
        found = {name: getattr(self, name)[skipped:] for name in COUNTS}
        tokens, size, stops = (int(getattr(self, name)[:skipped].sum()) for name in COUNTS)
        found |= {name: getattr(self, name)[tokens:] for name in _TOKENS}
        found |= {name: getattr(self, name)[stops:] for name in _STOPS}
        found["text"] = self.text[size:]
        return found


def blocks_of(reader: IndexReader, track: int) -> Iterator[Block]:
    """Cut a track of an opened index into blocks."""
    columns, rows, vectors = reader.columns, reader.rows, reader.vectors
    begun = rows.sentences_of(track)[0]
    first_row, end_row = rows.first_row[track : track + 2]
    for row in range(first_row, end_row, PASSAGES):
        last = min(row + PASSAGES, end_row)
        sentences = slice(rows.passage(row)[0], max(rows.passage(n)[1] for n in range(row, last)))
        tokens, text, stops = (
            slice(*offsets[[sentences.start, sentences.stop]].tolist())
            for offsets in (columns.token_offsets, columns.text_offsets, columns.stop_offsets)
        )
        yield Block(
            sentences.start - begun,
            **{name: getattr(columns, name)[sentences] for name in COUNTS},
            **{name: getattr(columns, name)[tokens] for name in _TOKENS},
            **{name: getattr(columns, name)[stops] for name in _STOPS},
            text=columns.text[text],
            values=vectors.values[row:last] if vectors else np.empty((0, 0), np.int8),
            scales=vectors.scales[row:last] if vectors else np.empty(0, np.float32),
        )
