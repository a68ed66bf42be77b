"""The seam for a larger engine: what it takes to search passages that are on other machines.

An engine finds passages and hands out slices of the tables; the catalogue, the dictionary with its
document frequencies, the speller and all questions stay in every process. What it finds is ranked
and landed in as everything is (`indexer/engine/`).
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from indexer.arrays import Floats
from indexer.query.parser import Query
from indexer.ranking.matching import WeightedConcept
from indexer.storage.blocks import Block


class Found(NamedTuple):
    """A passage by the number of its track and its place there; scores only say which is better."""

    track: int
    n: int
    score: float


class Engine(Protocol):
    """One generation of the passages, wherever they are.

    Of a `query` its filters, phrases and exclusions count. Each call raises EngineAway when the
    engine does not answer in time, and PartMissing when some of its passages cannot be reached.
    """

    def candidates(
        self, concepts: Sequence[WeightedConcept], query: Query, most: int
    ) -> Sequence[Found]:
        """Find passages that hold anything asked for, at most so many, the best first."""

    def nearest(self, vector: Floats, query: Query, most: int) -> Sequence[Found]:
        """Find the passages nearest by meaning, at most so many, the nearest first."""

    def videos_holding(
        self, concepts: Sequence[WeightedConcept], query: Query
    ) -> Mapping[str, Collection[str]]:
        """All videos that hold anything asked for, or all that filters leave, with languages."""

    def blocks(self, wanted: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], Block]:
        """Slices of the tables, each by its track and its number there."""
