"""Work in a second thread: onnxruntime and numpy need no Python for most of what they do."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from indexer.processors import processors

Result = TypeVar("Result")


_PROCESSORS = processors()
_LOAD = Path("/proc/loadavg")
# It starts its thread with the first work. A process that is forked later has none: what it begins
# is worked out by whoever asks for it.
_second = ThreadPoolExecutor(1, "beside")
# The threads that are in `computing`.
_computing: set[int] = set()
# A thread that gets no processor within so long is not waited for.
_HANDOVER_SECONDS = 0.001


def _is_idle() -> bool:
    """Whether a processor has nothing to do, now and for the last minute, as the system tells."""
    try:
        minute, _, _, tasks, _ = _LOAD.read_bytes().split()
        load = max(float(minute), int(tasks.partition(b"/")[0]))  # with this thread
    except (OSError, ValueError):
        load = 1
    return load < _PROCESSORS


@contextmanager
def computing() -> Iterator[None]:
    """Whoever else computes in this process meanwhile does so without the second thread."""
    here = threading.get_ident()
    _computing.add(here)
    try:
        yield
    finally:
        _computing.discard(here)


def begun(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin work; called, what is returned has its result, worked out here if nobody began.

    While several threads compute, or no processor is idle, nothing is begun, and `work` itself is
    returned: a thread that has to wait for its turn helps nobody.
    """
    if len(_computing) > 1 or not _is_idle():
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
    if result is not whole:
        running.wait(_HANDOVER_SECONDS)
    return result
