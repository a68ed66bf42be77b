"""Ending a run when somebody asks for it: Ctrl-C, or the SIGTERM of `kill` and systemd.

A signal ends what can be done again as well (asking, reading, building), and is only noted while
something is finished that would be lost or cut otherwise.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StopSignal:
    """What signals call while a run is stoppable; `asked` is whether one came."""

    def __init__(self) -> None:
        self.asked = False
        self._finishing = 0

    def __call__(self, _number: int, _frame: object) -> None:
        """Take a signal."""
        self.asked = True
        if not self._finishing:
            raise KeyboardInterrupt

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Only note a signal for as long as the block lasts."""
        self._finishing += 1
        try:
            yield
        finally:
            self._finishing -= 1


@contextmanager
def stoppable() -> Iterator[StopSignal]:
    """Let both signals end a run with a KeyboardInterrupt, at the next point that is safe.

    Within another stoppable block it is part of that one. Only a process's main thread can be
    told of signals; elsewhere nothing changes.
    """
    now = signal.getsignal(signal.SIGTERM)
    if isinstance(now, StopSignal) or threading.current_thread() is not threading.main_thread():
        yield now if isinstance(now, StopSignal) else StopSignal()
        return
    stop = StopSignal()
    # What a shell had ignored from the beginning stays so, as for a job in the background.
    wanted = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in wanted}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def finishing() -> Iterator[None]:
    """Do something to its end, whatever signal comes: it takes effect with the next step."""
    stop = signal.getsignal(signal.SIGTERM)
    if isinstance(stop, StopSignal):
        with stop.noted():
            yield
    else:
        yield


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt when a signal came that was only noted."""
    stop = signal.getsignal(signal.SIGTERM)
    if isinstance(stop, StopSignal) and stop.asked:
        raise KeyboardInterrupt
