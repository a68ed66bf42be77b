"""Who is at work on what, so that many do not do the same; doing it twice is waste and no harm.

Whoever sees a claim that stays the same for as long as its patience lasts, by a clock of its own,
takes it over: machines need not agree on the time.
"""

from collections.abc import Callable
from time import monotonic
from uuid import uuid4

from indexer.store.objects import Objects

# Longer than it takes to read and embed the longest talk.
PATIENCE_S = 120.0


class Claims:
    """The claims of one process at a store. Everything raises IndexerError."""

    def __init__(
        self,
        objects: Objects,
        patience_s: float = PATIENCE_S,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._objects = objects
        self._patience_s = patience_s
        self._clock = clock
        self._seen: dict[str, tuple[bytes | None, float]] = {}

    def take(self, key: str) -> bool:
        """Whether a thing is ours to do, until it is given back."""
        mark = uuid4().bytes
        if self._objects.create(f"claims/{key}", mark):
            return True
        now, found = self._clock(), self._objects.get(f"claims/{key}")
        seen, since = self._seen.get(key, (None, now))
        if found is None or found != seen:  # given back just now, or somebody else's
            self._seen[key] = found, now
        elif now - since >= self._patience_s:
            self._objects.put(f"claims/{key}", mark)
            return True
        return False

    def give_back(self, key: str) -> None:
        """Let others know that a thing is done, or left."""
        self._objects.remove(f"claims/{key}")
