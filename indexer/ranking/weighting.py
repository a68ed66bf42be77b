"""What is asked, as weighted terms: all that ranking and landing know of a query's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.arrays import Bools
from indexer.query.concepts import Concept
from indexer.query.synonyms import weight_of
from indexer.settings import Settings
from indexer.storage.columns import identity

Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class WeightedConcept:
    """One thing that is asked for.

    `words` are its own words, each as the forms it may take, of which one is enough; `others` are
    its other names: a weight, of one, and terms that have to be there together. `worth` is what it
    tells: as much as its rarest word.
    """

    shown: str
    worth: float
    words: tuple[tuple[str, ...], ...]
    others: tuple[tuple[float, tuple[str, ...]], ...] = ()

    @property
    def ways(self) -> Iterator[tuple[tuple[str, ...], ...]]:
        """Every way to say it: words, each as the forms it may take."""
        yield self.words
        for _, terms in self.others:
            yield tuple((term,) for term in terms)

    @property
    def terms(self) -> Iterator[tuple[float, str]]:
        """Its terms, each with the share of the concept that it stands for."""
        yield from ((1.0, term) for forms in self.words for term in forms)
        yield from ((weight / len(terms), term) for weight, terms in self.others for term in terms)

    def share(self, held: Mapping[str, Bools]) -> NDArray[np.float64]:
        """How much of it each sentence holds: its own words count in part, other names whole.

        `held` has for each term whether each sentence holds it.
        """
        own = sum(
            np.any([held[term] for term in forms], axis=0).astype(np.int64) for forms in self.words
        )
        share = np.asarray(own / len(self.words), np.float64)
        for weight, terms in self.others:
            together = np.all([held[term] for term in terms], axis=0)
            share = np.maximum(share, np.where(together, weight, 0.0))
        return share


def weigh(
    concepts: Sequence[Concept], rarity: Rarity, settings: Settings
) -> tuple[WeightedConcept, ...]:
    """Give the concepts of a query their weights."""
    return tuple(
        WeightedConcept(
            concept.shown,
            max(rarity(term) for forms in concept.words for term in forms),
            concept.words,
            tuple((weight_of(other, settings), other.terms) for other in concept.alternatives),
        )
        for concept in concepts
    )


def term_weights(concepts: Sequence[WeightedConcept], rarity: Rarity) -> dict[int, float]:
    """Return what each term is worth inside a passage, by its identity: rarer terms more."""
    weights: dict[int, float] = {}
    for concept in concepts:
        for weight, term in concept.terms:
            worth = weight * rarity(term)
            weights[identity(term)] = max(weights.get(identity(term), 0.0), worth)
    return weights
