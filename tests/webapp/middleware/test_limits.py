from __future__ import annotations

import asyncio
from functools import partial

import anyio
import pytest
from anyio.from_thread import start_blocking_portal

from webapp.config import RateLimits
from webapp.middleware.limits import MOST_COUNTS, TURN_SECONDS, RateLimiter, SearchSlots, network_of


@pytest.fixture(autouse=True)
def _within_one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock that rates are counted by; at a full minute they begin anew."""
    monkeypatch.setattr("time.time", lambda: 1_000_000_030.0)


def test_each_visitor_has_a_count_of_their_own_and_no_address_is_kept() -> None:
    rates = RateLimiter(RateLimits(searches=1, others=0))
    addresses = ["203.0.113.5", "203.0.113.6", "2001:db8:1:2::5", "2001:db8:1:3::5"]

    assert [rates.wait(one, search=True) for one in addresses] == [0, 0, 0, 0]
    assert rates.wait("2001:db8:1:2:ffff::6", search=True) > 0
    assert rates.wait("::ffff:203.0.113.5", search=True) > 0
    kept = " ".join(rates._storage.storage)
    assert not any(one in kept or network_of(one) in kept for one in addresses)


def test_memory_for_counts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.middleware.limits.MOST_COUNTS", 50)
    rates = RateLimiter(RateLimits(searches=5, others=5))

    for number in range(500):
        rates.wait(f"10.0.{number // 250}.{number % 250}", search=False)

    assert len(rates._storage.storage) <= 51 < MOST_COUNTS


def test_a_turn_is_given_back_once_and_waited_for() -> None:
    async def three() -> tuple[bool, bool]:
        slots = SearchSlots(1, 1)
        first = await slots.acquire()
        assert first
        got: list[bool] = []

        async def second() -> None:
            got.append(await slots.acquire() is not None)

        async with anyio.create_task_group() as group:
            group.start_soon(second)
            await anyio.sleep(0)
            refused = await slots.acquire() is None
            first.release()
            first.release()
        return got[0], refused

    # In a thread of its own: a browser of another test may keep a loop in this one.
    with start_blocking_portal() as portal:
        assert portal.call(three) == (True, True)


def test_whoever_waits_no_longer_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.middleware.limits.PATIENCE_SECONDS", 0.01)

    async def after(*, let_in: bool) -> bool:
        slots = SearchSlots(1, 2)
        first = await slots.acquire()
        assert first
        if let_in:
            gone = asyncio.create_task(slots.acquire())
            await asyncio.sleep(0)
            first.release()
            first.pass_turn()
            gone.cancel()
            await asyncio.wait([gone])
            assert gone.cancelled()
        else:
            assert await slots.acquire() is None
            first.release()
        return await slots.acquire() is not None

    with start_blocking_portal() as portal:
        assert portal.call(partial(after, let_in=True))
        assert portal.call(partial(after, let_in=False))


def test_whoever_asks_for_anything_else_is_heard_between_two_searches() -> None:
    async def order() -> list[str]:
        slots, came = SearchSlots(4, 4), list[str]()

        async def searching() -> None:
            slot = await slots.acquire()
            assert slot
            came.append("search")
            asyncio.get_running_loop().call_soon(came.append, "another")
            slot.release()

        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(searching)
        return came

    with start_blocking_portal() as portal:
        assert portal.call(order) == ["search", "another"] * 3


def test_searches_begin_one_by_one_but_a_long_one_holds_up_no_other() -> None:
    async def second_begins(*, early: bool) -> bool:
        slots = SearchSlots(2, 0)
        first = await slots.acquire()
        assert first
        if early:
            first.pass_turn()
        began: list[bool] = []

        async def second() -> None:
            began.append(await slots.acquire() is not None)

        async with anyio.create_task_group() as group:
            group.start_soon(second)
            await anyio.sleep(0)
            at_once = bool(began)
            with anyio.fail_after(100 * TURN_SECONDS):
                while not began:
                    await anyio.sleep(TURN_SECONDS)
        return at_once

    with start_blocking_portal() as portal:
        assert portal.call(partial(second_begins, early=True))
        assert not portal.call(partial(second_begins, early=False))
