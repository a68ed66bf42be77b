"""How near what is said comes to a question by its meaning: each passage, and single sentences."""

from dataclasses import dataclass

import numpy as np

from indexer.arrays import Floats
from indexer.embedding.encoder import QueryEncoder
from indexer.query.parser import Query
from indexer.query.spelling import Speller
from indexer.storage.reader import IndexReader


@dataclass(frozen=True, slots=True)
class Nearness:
    """A question's vector, and how near each row is to it."""

    vector: Floats
    rows: Floats


@dataclass(frozen=True, slots=True)
class Semantics:
    """Compares questions with what is said, where an index has vectors and `encoder` a model."""

    reader: IndexReader
    encoder: QueryEncoder

    def nearness(self, query: Query, speller: Speller) -> Nearness | None:
        """Read a query by its meaning; None when words alone decide."""
        vectors = self.reader.vectors
        if vectors is None or not query.wording:
            return None
        vector = self.encoder.vector_for(_spelled(query, speller), vectors.identity)
        return None if vector is None else Nearness(vector, vectors.cosines(vector))

    def sentences(self, near: Nearness, first: int, last: int) -> Floats:
        """How near sentences `first` to `last` (exclusive) are; 0 where one cannot be read."""
        found = np.zeros(last - first, np.float32)
        if self.reader.vectors is None:
            return found
        for sentence in range(first, last):
            text = self.reader.columns.sentence_text(sentence)
            vector = self.encoder.vector_for(text, self.reader.vectors.identity)
            nearness = 0 if vector is None else max(0.0, float(vector @ near.vector))
            found[sentence - first] = nearness
        return found


def _spelled(query: Query, speller: Speller) -> str:
    """Word a question for the model: a name that it cannot know misspelled is put right."""
    wording = query.wording
    for concept in query.concepts:
        alike = speller.alike(concept.shown)
        if len(alike) == 1 and alike[0].listed:
            wording = wording.replace(concept.shown, alike[0].text)
    return wording
