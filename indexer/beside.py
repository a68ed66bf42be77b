"""Work in a second thread: onnxruntime and numpy need no Python for most of what they do."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


_ALONE = processors() == 1
# It starts its thread with the first work, in each process its own.
_second = ThreadPoolExecutor(1, "beside")
# A thread that gets no processor within so long is not waited for.
_HANDOVER_SECONDS = 0.001


def begun(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin work; called, what is returned has its result, worked out here if nobody began."""
    if _ALONE:
        return work
    ahead = _second.submit(work)
    return lambda: work() if ahead.cancel() else ahead.result()


def handed_over(work: Callable[[Callable[[], object]], Result]) -> Callable[[], Result]:
    """Begin work that calls what it is given once it needs no Python for a while.

    Until then it is waited for: a thread that has the interpreter keeps it for milliseconds.
    """
    running = threading.Event()

    def whole() -> Result:
        try:
            return work(running.set)
        finally:
            running.set()

    result = begun(whole)
    running.wait(0 if _ALONE else _HANDOVER_SECONDS)
    return result
