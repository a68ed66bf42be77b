"""Hands out the generation that is served, and picks up a new one without a restart."""

from __future__ import annotations

import gc
import threading

from catalog import Library
from indexer.embedding.encoder import Meaning
from indexer.generation import Generation
from indexer.opening import Opened, open_served
from indexer.storage import generations


class Shelf:
    """One for each process. Threads may share it. All its generations share one `meaning`.

    Whoever holds a generation finishes with it what was begun, also when a newer one is served.
    """

    def __init__(self, library: Library, meaning: Meaning | None = None) -> None:
        self._library = library
        self.meaning = meaning or Meaning()
        self._lock = threading.Lock()
        self._held: Opened | None = None

    def current(self) -> Generation:
        """Return the served generation. Raises NoIndex when there is none that is whole.

        A damaged one is refused, and the last good one goes on, in a fresh process too; `trouble`
        then says so. While one thread opens a new one, the others go on with the one before.
        """
        held = self._held
        if held and held.stamp == generations.stamp_of(self._library):
            return held.generation
        if not self._lock.acquire(blocking=held is None) and held:
            return held.generation
        del held
        try:
            return self._look_again().generation
        finally:
            self._lock.release()

    @property
    def served(self) -> str:
        """The name of the generation of the last `current()`, "" before there was one."""
        held = self._held
        return held.generation.name if held else ""

    @property
    def trouble(self) -> str:
        """Why an older generation stands in for the one that was meant; "" when all is well.

        It is a sentence for the operator, with the file and what to do; it is as of the last
        `current()`.
        """
        return self._held.trouble if self._held else ""

    def warm(self) -> None:
        """Open the served generation and the model that reads questions. Raises NoIndex."""
        generation = self.current()
        if generation.vectors:
            self.meaning.warm()
        _made_ready(generation)

    def _look_again(self) -> Opened:
        before = self._held
        if before and before.stamp == generations.stamp_of(self._library):
            return before
        held = open_served(self._library, self.meaning, before)
        vectors = held.generation.vectors
        self.meaning.look_again(vectors.identity if vectors else "")
        if before and before.generation is not held.generation:
            _made_ready(held.generation)  # whoever asks now is answered by the one before
        self._held = held
        if before and before.generation is not held.generation:
            del before
            gc.collect()  # a generation holds what holds it, so it does not go by itself
        return held


def _made_ready(generation: Generation) -> None:
    """Search once, so that no visitor waits for what the first search of a generation makes."""
    generation.search("opening", counts=True)
