"""What each term of a generation tells: where it is said, what that is worth, how rare it is."""

from __future__ import annotations

from math import log1p
from typing import Any

from numpy.typing import NDArray

from indexer.ranking import evidence as ranking
from indexer.settings import SETTINGS, Settings
from indexer.storage.layout import Rows
from indexer.storage.postings import Postings

Impacts = tuple[NDArray[Any], ranking.Floats]


class SpokenTerms:
    """The terms that are said, each worked out once and kept. Threads may share it.

    A term that nobody says is a stranger's word: nothing is kept of it.
    """

    def __init__(self, postings: Postings, rows: Rows) -> None:
        self._postings = postings
        self._rows = rows
        self._rarities: dict[str, float] = {}
        self._impacts: dict[tuple[str, float, float], Impacts] = {}

    def impacts(self, term: str, settings: Settings) -> Impacts:
        """The places that hold a term, and what BM25 gives each."""
        key = (term, settings.k1, settings.b)
        found = self._impacts.get(key)
        if found is None:
            postings = self._postings.of(term)
            layout = self._rows.layout
            found = ranking.impacts(postings.rows, postings.counts, layout, settings)
            if len(found[0]):
                self._impacts[key] = found
        return found

    def said(self, term: str) -> int:
        """How many passages hold a term."""
        return len(self.impacts(term, SETTINGS)[0])

    def rarity(self, term: str) -> float:
        """What a term tells: the fewer passages hold it, the more."""
        known = self._rarities.get(term)
        if known is None:
            said = self.said(term)
            known = log1p(max(1, self._rows.layout.rows) / (1 + said))
            if said:
                self._rarities[term] = known
        return known
