"""The time that one search may take, so that no question makes everybody wait."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf

_ENDS: ContextVar[float] = ContextVar("ends", default=inf)


class Budget:
    """Seconds for one search. Whoever finds it spent leaves out what is still to do.

    `was_cut` says that something was left out. Without seconds it is never spent.
    """

    def __init__(self, seconds: float = inf, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends = clock() + seconds
        self.was_cut = False

    def is_spent(self) -> bool:
        """Ask before a piece of work that is left out when this is true."""
        self.was_cut = self.was_cut or self._clock() >= self._ends
        return self.was_cut

    @property
    def left(self) -> float:
        """How many seconds are left."""
        return self._ends - self._clock()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Whoever waits for others in here waits no longer than this in all, by `seconds_left`."""
    token = _ENDS.set(min(_ENDS.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _ENDS.reset(token)


def seconds_left() -> float:
    """How many seconds of the time limit are left."""
    return _ENDS.get() - time.monotonic()
