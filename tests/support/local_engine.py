"""The passages of an opened index, as an engine: what one elsewhere is held against."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalog import base_language
from indexer.arrays import Array, Floats
from indexer.query.parser import Query
from indexer.ranking.engine import Found
from indexer.ranking.matching import WeightedConcept, allowed_rows
from indexer.ranking.proximity import evidence_of_concept
from indexer.settings import SETTINGS
from indexer.storage.blocks import Block, blocks_of
from indexer.storage.reader import IndexReader


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Every passage is here."""

    reader: IndexReader

    def candidates(
        self, concepts: Sequence[WeightedConcept], query: Query, most: int
    ) -> Sequence[Found]:
        """Find passages that hold anything asked for, at most so many, the best first."""
        return self._best(self._held(concepts)[self.reader.rows.layout.place], query, most)

    def nearest(self, vector: Floats, query: Query, most: int) -> Sequence[Found]:
        """Find the passages nearest by meaning, at most so many, the nearest first."""
        vectors = self.reader.vectors
        return self._best(1 + vectors.cosines(vector), query, most) if vectors else ()

    def videos_holding(
        self, concepts: Sequence[WeightedConcept], query: Query
    ) -> Mapping[str, Collection[str]]:
        """All videos that hold anything asked for, or all that filters leave, with languages."""
        layout = self.reader.rows.layout
        held = self._held(concepts)[layout.place] > 0 if concepts else layout.alive
        found: dict[str, set[str]] = {}
        for number in np.unique(layout.track[held & self._allowed(query)]).tolist():
            track = self.reader.tracks[number]
            found.setdefault(track.video, set()).add(base_language(track.language))
        return found

    def blocks(self, wanted: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], Block]:
        """Slices of the tables, each by its track and its number there."""
        cut = {track: tuple(blocks_of(self.reader, track)) for track in {one for one, _ in wanted}}
        return {(track, number): cut[track][number] for track, number in wanted}

    def _held(self, concepts: Sequence[WeightedConcept]) -> Floats:
        held = np.zeros(self.reader.rows.layout.places, np.float32)
        for concept in concepts:
            held += evidence_of_concept(self.reader, concept, SETTINGS).held
        return held

    def _allowed(self, query: Query) -> Array:
        allowed, alive = allowed_rows(self.reader, query), self.reader.rows.layout.alive
        return alive if allowed is None else alive & allowed

    def _best(self, scores: Floats, query: Query, most: int) -> Sequence[Found]:
        rows = self.reader.rows
        scores = scores * self._allowed(query)
        best = np.argsort(-scores, kind="stable")[:most]
        found = zip(best.tolist(), scores[best].tolist(), strict=True)
        tracks = rows.layout.track
        return [
            Found(int(tracks[row]), row - rows.first_row[tracks[row]], score)
            for row, score in found
            if score > 0
        ]
