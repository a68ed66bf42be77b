"""Who is at work on what, so that many do not do the same; doing it twice is waste and no harm.

Whoever sees a claim that stays the same for as long as its patience lasts, by a clock of its own,
takes it over: machines need not agree on the time. A claim that is taken over stays, and the next
one stands behind it, so that of several who take it over one alone succeeds.
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
        there = self._claims(key)
        last, now = there[-1] if there else None, self._clock()
        seen, since = self._seen.get(key, (None, now))
        if last is not None and last != seen:  # somebody else's, for all that is known
            self._seen[key] = last, now
            return False
        if last is not None and now - since < self._patience_s:
            return False
        return self._objects.create(_name(key, len(there)), uuid4().bytes)

    def give_back(self, key: str) -> None:
        """Let others know that a thing is done, or left."""
        for number in reversed(range(len(self._claims(key)))):
            self._objects.remove(_name(key, number))

    def _claims(self, key: str) -> list[bytes]:
        """What the claims of a thing say, of which the last counts."""
        found: list[bytes] = []
        while (one := self._objects.get(_name(key, len(found)))) is not None:
            found.append(one)
        return found


def _name(key: str, number: int) -> str:
    """A claim of a thing: the first, or one behind so many that died."""
    return f"claims/{key}.{number}"
