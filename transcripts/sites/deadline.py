"""Ending what takes too long, whatever it is doing just then."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from transcripts.sites.address_guard import SLOW, TooMuchError

AGAIN_S = 1.0


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooMuchError in the block when its time is up.

    Waiting for the next byte ends so, and work that never does. It comes again every second, in
    case that somebody else's code swallowed it. Only a process's main thread can be told, and
    only where nobody else has the alarm; elsewhere nothing changes.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGALRM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), AGAIN_S)
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        finally:  # also when it rang at that very moment
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _ring(_number: int, _frame: object) -> None:
    raise TooMuchError(SLOW)
