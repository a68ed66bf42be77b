"""What a question means, as a vector, and how near single sentences come to it."""

from dataclasses import dataclass

import numpy as np

from indexer.arrays import Floats
from indexer.embedding.encoder import QueryEncoder
from indexer.query.parser import Query
from indexer.query.spelling import Speller
from indexer.storage.columns import Columns


@dataclass(frozen=True, slots=True)
class Semantics:
    """Reads by meaning with the model of an index, which `identity` tells from every other."""

    encoder: QueryEncoder
    identity: str

    def vector(self, query: Query, speller: Speller) -> Floats | None:
        """What a query means; None when words alone decide."""
        if not query.wording:
            return None
        return self.encoder.vector_for(_spelled(query, speller), self.identity)

    def sentences(self, columns: Columns, vector: Floats, first: int, last: int) -> Floats:
        """How near sentences `first` to `last` (exclusive) are; 0 where one cannot be read."""
        found = np.zeros(last - first, np.float32)
        for sentence in range(first, last):
            own = self.encoder.vector_for(columns.sentence_text(sentence), self.identity)
            found[sentence - first] = 0 if own is None else max(0.0, float(own @ vector))
        return found


def _spelled(query: Query, speller: Speller) -> str:
    """Word a question for the model: a name that it cannot know misspelled is put right."""
    wording = query.wording
    for concept in query.concepts:
        alike = speller.alike(concept.shown)
        if len(alike) == 1 and alike[0].listed:
            wording = wording.replace(concept.shown, alike[0].text)
    return wording
