"""The floor to compare with: the same passages in SQLite FTS5, any word may match, BM25."""

from __future__ import annotations

import re
import sqlite3

from indexer import Generation
from indexer.evaluation.measures import Place

STOP = frozenset(
    "the a an and of to in for with on how your is what why do does or vs at by from it you can i "
    "we was were are did be about that this when".split()
)
_TABLE = "create virtual table passages using fts5(text, tokenize='porter unicode61')"
_BEST = "select rowid from passages where passages match ? order by bm25(passages) limit 10"


class Floor:
    """The passages of a generation in memory, in FTS5."""

    def __init__(self, generation: Generation) -> None:
        self._places = [
            _place(generation, row) for row in range(len(generation.reader.columns.passage_first))
        ]
        self._database = sqlite3.connect(":memory:")
        self._database.execute(_TABLE)
        texts = ((row, passage_text(generation, row)) for row in range(len(self._places)))
        self._database.executemany("insert into passages(rowid, text) values (?, ?)", texts)
        self._database.commit()

    def search(self, query: str) -> list[int]:
        """The ten best rows."""
        words = [word for word in re.findall(r"\w+", query.lower()) if word not in STOP]
        if not words:
            return []
        match = " OR ".join(f'"{word}"' for word in words)
        return [row for (row,) in self._database.execute(_BEST, (match,))]

    def places(self, query: str) -> list[Place]:
        """Where the ten best passages begin."""
        return [self._places[row] for row in self.search(query)]

    def close(self) -> None:
        self._database.close()


def _place(generation: Generation, row: int) -> Place:
    video = generation.tracks[generation.reader.rows.layout.track[row]].video
    return video, int(generation.reader.columns.passage_start_ms[row])


def passage_text(generation: Generation, row: int) -> str:
    first, last = generation.reader.rows.passage(row)
    return " ".join(generation.reader.columns.sentence_text(n) for n in range(first, last))
