"""Rate limits: how often one visitor may ask, and how many searches run at once.

Held in memory; nobody's address is kept, only a mark of it.
"""

import asyncio
import os
import time
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from math import ceil

import anyio
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from webapp.config import RateLimits

# Beyond so many counts everybody begins anew; memory stays bounded whoever asks.
MOST_COUNTS = 20_000
# A search waits so long for its turn.
PATIENCE_SECONDS = 20
# A search has so long before the next one begins beside it.
TURN_SECONDS = 0.01


class RateLimiter:
    """Counts what each visitor asks, by a mark that a random key of this process makes.

    Whoever has an IPv6 network has all its addresses; they are one visitor.
    """

    def __init__(self, rate: RateLimits) -> None:
        self._searches = RateLimitItemPerMinute(rate.searches) if rate.searches else None
        self._others = RateLimitItemPerMinute(rate.others) if rate.others else None
        self._storage = MemoryStorage()
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)
        self._key = os.urandom(32)

    def wait(self, client: str, *, search: bool) -> int:
        """Count a request; seconds to wait when it is one too many, else 0."""
        item = self._searches if search else self._others
        if item is None:
            return 0
        if len(self._storage.storage) > MOST_COUNTS:
            self._storage.reset()
        name = "search" if search else "other"
        mark = self._mark(client)
        if self._limiter.hit(item, name, mark):
            return 0
        reset_time = self._limiter.get_window_stats(item, name, mark).reset_time
        return max(1, ceil(reset_time - time.time()))

    def _mark(self, client: str) -> str:
        return blake2b(network_of(client).encode(), key=self._key, digest_size=16).hexdigest()


def network_of(client: str) -> str:
    """The part of an address that is one visitor: all of IPv4, the network of IPv6."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or address.packed[:8].hex())


class SearchSlot:
    """The slot and the turn of one search; each is given back once, however often that is asked."""

    def __init__(self, give_back: Callable[[], None], pass_on: Callable[[], None]) -> None:
        self._give_back: Callable[[], None] | None = give_back
        self._pass_on: Callable[[], None] | None = pass_on
        self._loop = asyncio.get_running_loop()
        self._turn_ends = self._loop.call_later(TURN_SECONDS, self.pass_turn)

    def pass_turn(self) -> None:
        """Let the next search begin."""
        if self._pass_on:
            self._pass_on()
            self._pass_on = None

    def release(self) -> None:
        """Give back the slot, and the turn where it has that still.

        Whoever asks for anything else is heard before the next search begins.
        """
        if self._give_back:
            self._turn_ends.cancel()
            self._give_back()
            self._give_back = None
            self._loop.call_soon(self.pass_turn)


class SearchSlots:
    """So many searches at once, and so many waiting. For one event loop.

    They begin one after the other: threads of one process that compute only hinder each other. A
    search that takes longer than its turn, or waits for other machines, holds up no other.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once = at_once
        self._room = at_once + waiting
        self._free: tuple[anyio.Semaphore, anyio.Semaphore] | None = None
        self._inside = 0

    async def acquire(self) -> SearchSlot | None:
        """Wait for a slot; None at once when too many wait, or after too long a wait."""
        if self._inside >= self._room:
            return None
        if self._free is None:  # it belongs to the loop that is running
            self._free = _semaphore(self._at_once), _semaphore(1)
        free, turn = self._free
        self._inside += 1
        try:
            with anyio.fail_after(PATIENCE_SECONDS):
                await free.acquire()
                try:
                    await turn.acquire()
                except BaseException:
                    free.release()
                    raise
        except BaseException as err:
            self._inside -= 1
            if isinstance(err, TimeoutError):
                return None
            raise
        return SearchSlot(partial(self._release, free), turn.release)

    def _release(self, free: anyio.Semaphore) -> None:
        self._inside -= 1
        free.release()


def _semaphore(value: int) -> anyio.Semaphore:
    return anyio.Semaphore(value, fast_acquire=True)  # what is free is taken without waiting
