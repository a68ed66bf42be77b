"""What a query asks for, by the identities of its terms, and how much of it a sentence holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.query.concepts import Concept
from indexer.query.parser import Query
from indexer.ranking.scorer import worth_of
from indexer.settings import Settings
from indexer.storage.columns import identity

if TYPE_CHECKING:
    from indexer.generation import Generation

Held = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Part:
    """One concept by the columns of its terms: any form of each word, all of another name."""

    shown: str
    worth: float
    words: Sequence[Sequence[int]]
    others: Sequence[tuple[float, Sequence[int]]]

    def share(self, held: Held) -> NDArray[np.float64]:
        """How much of it each row holds: its own words count in part, other names whole.

        `held` has a row for each sentence, and a column for each term asked for.
        """
        own = sum(held[:, forms].any(axis=1).astype(np.int64) for forms in self.words)
        share = np.asarray(own / len(self.words), np.float64)
        for weight, other in self.others:
            share = np.maximum(share, np.where(held[:, other].all(axis=1), weight, 0.0))
        return share


@dataclass(frozen=True, slots=True)
class Sought:
    """All that a query asks for: its terms by identity, each once, and its concepts."""

    terms: tuple[int, ...]
    parts: tuple[Part, ...]

    def worth(self, held: Held) -> NDArray[np.float64]:
        """What each sentence tells of all of it; `held` is as for each part."""
        worth = np.zeros(len(held))
        for one in self.parts:
            worth += one.worth * one.share(held)
        return worth


def sought_by(generation: Generation, query: Query, settings: Settings) -> Sought:
    """Make columns of a query's terms: each has one."""
    columns: dict[int, int] = {}

    def column(term: str) -> int:
        return columns.setdefault(identity(term), len(columns))

    def part(concept: Concept) -> Part:
        return Part(
            concept.shown,
            worth_of(generation, concept),
            [[column(term) for term in forms] for forms in concept.words],
            [
                (settings.weight_of(other), [column(term) for term in other.terms])
                for other in concept.alternatives
            ],
        )

    parts = tuple(part(concept) for concept in query.concepts)
    return Sought(tuple(columns), parts)
