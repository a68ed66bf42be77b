"""Fetches what is worth a closer look from an engine, and keeps the blocks that were sent."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping

from indexer.engine.outline import Outline
from indexer.engine.part import PartReader, blocks_around, blocks_in, part_of
from indexer.errors import PartMissing
from indexer.query.parser import Query
from indexer.ranking.engine import Engine
from indexer.ranking.matching import WeightedConcept
from indexer.settings import SETTINGS
from indexer.storage.blocks import Block

# So many passages are looked at more closely: with these, what is found is what is found with all.
CANDIDATES = 480
# Of so many blocks what they hold is kept, some 40 KB each.
_KEPT = 4_096
Numbered = tuple[int, int]


class Parts:
    """Puts parts of one generation together. Threads may share it."""

    def __init__(self, outline: Outline, engine: Engine) -> None:
        self.outline, self.engine = outline, engine
        self._kept: OrderedDict[Numbered, Block] = OrderedDict()
        self._lock = threading.Lock()

    def around(self, places: Iterable[Numbered]) -> tuple[PartReader, bool]:
        """Passages, each a track and its place there, with what is around, and whether all came."""
        wanted = blocks_around(places, self.outline.tracks)
        blocks = self._blocks(wanted)
        return part_of(self.outline, blocks, self._is_said), len(blocks) == len(wanted)

    def whole(self, tracks: Collection[int]) -> PartReader:
        """Some tracks, with all that they say. Raises PartMissing."""
        wanted = {one for track in tracks for one in blocks_in(track, self.outline.tracks)}
        blocks = self._blocks(wanted)
        if len(blocks) < len(wanted):
            raise PartMissing(f"{self.outline.name}: a part of what is said cannot be reached")
        return part_of(self.outline, blocks, self._is_said)

    def _blocks(self, wanted: set[Numbered]) -> Mapping[Numbered, Block]:
        with self._lock:
            found = {one: self._kept[one] for one in wanted if one in self._kept}
        if len(found) < len(wanted):
            try:
                found.update(self.engine.blocks(wanted - found.keys()))
            except PartMissing as err:
                found.update(err.found)
        with self._lock:
            for one, block in found.items():
                self._kept[one] = block
                self._kept.move_to_end(one)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _is_said(self, name: tuple[str, ...]) -> bool:
        """Whether anybody says the terms of a name together."""
        concept = WeightedConcept("", 1.0, tuple((term,) for term in name), whole=True)
        found = self.engine.candidates((concept,), Query(), CANDIDATES)
        part, _ = self.around([one[:2] for one in found])
        return bool(len(part.names.impacts(name, SETTINGS)[0]))
