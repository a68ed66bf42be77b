"""Searches take turns: a few at once, some waiting, and whoever comes then is told when."""

from __future__ import annotations

import anyio

PATIENCE_SECONDS = 20


class Turns:
    """So many at once, and so many waiting. For one event loop."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once = at_once
        self._room = at_once + waiting
        self._free: anyio.Semaphore | None = None
        self._inside = 0

    async def take(self) -> Turn | None:
        """Wait for a turn; None at once when too many wait, or after too long a wait."""
        if self._inside >= self._room:
            return None
        if self._free is None:  # it belongs to the loop that is running
            self._free = anyio.Semaphore(self._at_once)
        turn = Turn(self)
        self._inside += 1
        try:
            with anyio.fail_after(PATIENCE_SECONDS):
                await self._free.acquire()
        except BaseException as err:
            self._inside -= 1
            if isinstance(err, TimeoutError):
                return None
            raise
        return turn

    def give_back(self) -> None:
        """Let the next one in."""
        assert self._free is not None  # noqa: S101 - `take` made it
        self._inside -= 1
        self._free.release()


class Turn:
    """A turn that somebody has; it is given back once, however often that is said."""

    def __init__(self, turns: Turns) -> None:
        self._turns: Turns | None = turns

    def end(self) -> None:
        """Give it back."""
        if self._turns:
            self._turns.give_back()
        self._turns = None
