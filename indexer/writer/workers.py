"""Does the same with many things on several cores, in their order."""

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from time import sleep
from typing import Any, TypeVar

from transcripts import finishing

Thing = TypeVar("Thing")
Done = TypeVar("Done")

# Fewer are done sooner than processes have begun.
_FEWEST = 24
_AT_ONCE = 4
# So long each process rests at first, so that none begins before all have.
_START_S = 0.05
# After so many new objects those in circles are looked for.
_SELDOM = 200_000


def each_in_turn(
    do: Callable[[Thing], Done],
    things: Sequence[Thing],
    workers: int,
    begin: Callable[[], Callable[[Thing], Done]],
) -> Iterator[Done]:
    """Yield what `do` makes of each of the things, by so many processes where there are many.

    `begin` makes `do` in each of them; it, the things and what is made of them are pickled. Where
    a process dies, what is left is done here.
    """
    done = 0
    if min(workers, len(things) // _FEWEST + 1) > 1:
        # A process of its own and no copy of this one, whose threads may hold locks.
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (begin,))
        try:
            with finishing():  # what has only half begun does not end well
                list(pool.map(_rest, [_START_S] * workers))
            at_once = max(1, min(_AT_ONCE, len(things) // _FEWEST))
            for made in pool.map(_do, things, chunksize=at_once):
                yield made
                done += 1
        except BrokenProcessPool:
            pass
        finally:
            pool.shutdown(cancel_futures=True)
    with seldom_collected():
        yield from map(do, things[done:])


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for objects in circles less often meanwhile: words and videos, so many, make none."""
    usual = gc.get_threshold()
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


_task: list[Callable[[Any], Any]] = []


def _begin(begin: Callable[[], Callable[[Any], Any]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began this ends it
    Thread(target=_end_with_parent, daemon=True).start()
    _task[:] = [begin()]
    gc.freeze()
    gc.set_threshold(_SELDOM)


def _end_with_parent() -> None:
    """End with the process that began this one, also where that was killed."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _rest(seconds: float) -> None:
    sleep(seconds)


def _do(thing: Any) -> Any:
    return _task[0](thing)
