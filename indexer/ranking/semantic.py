"""How near what is said comes to a question by its meaning: each passage, and single sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.query.parser import Query
from indexer.ranking.evidence import Floats

if TYPE_CHECKING:
    from indexer.generation import Generation


@dataclass(frozen=True, slots=True)
class Meant:
    """A question's vector, and how near each row is to it."""

    vector: Floats
    rows: Floats


def meant_by(generation: Generation, query: Query) -> Meant | None:
    """Read a query by its meaning; None when words alone decide."""
    vectors = generation.vectors
    if vectors is None or not query.wording:
        return None
    vector = generation.meaning.vector_for(_spelled(generation, query), vectors.identity)
    return None if vector is None else Meant(vector, vectors.cosines(vector))


def sentences_near(generation: Generation, meant: Meant, first: int, last: int) -> Floats:
    """Say how near sentences `first` to `last` (exclusive) are; 0 where one cannot be read."""
    near = np.zeros(last - first, np.float32)
    if generation.vectors is None:
        return near
    for sentence in range(first, last):
        text = generation.tables.sentence_text(sentence)
        vector = generation.meaning.vector_for(text, generation.vectors.identity)
        near[sentence - first] = 0 if vector is None else max(0.0, float(vector @ meant.vector))
    return near


def _spelled(generation: Generation, query: Query) -> str:
    """Word a question for the model: a name that it cannot know misspelled is put right."""
    wording = query.wording
    for concept in query.concepts:
        alike = generation.lexicon.speller.alike(concept.shown)
        if len(alike) == 1 and alike[0].listed:
            wording = wording.replace(concept.shown, alike[0].text)
    return wording
