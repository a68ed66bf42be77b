"""Worker processes that serve one address together; one that dies is started again."""

import logging
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

from prometheus_client.multiprocess import mark_process_dead
from uvicorn import Config
from uvicorn.supervisors import Multiprocess

logger = logging.getLogger("webapp")
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
MOST_DEATHS, WITHIN_SECONDS = 10, 60
# So many who connect wait until a worker takes them. asyncio has one number for this and for how
# many a worker takes at once, so workers are told 1: whoever woke first would take all.
QUEUE = 2048
TAKEN_AT_ONCE = 1
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


class Workers(Multiprocess):
    """Workers that are started again when they die, until they die too often.

    `gave_up` says that they did: then something is wrong that starting again does not mend.
    """

    def __init__(self, config: Config, sockets: list[socket]) -> None:
        super().__init__(config, sockets)
        self.gave_up = False
        self._deaths: deque[float] = deque(maxlen=MOST_DEATHS)

    def keep_subprocess_alive(self) -> None:
        """Start again what died; give up when that happens over and over."""
        if self.should_exit.is_set():
            return
        for listening in self.sockets:
            listening.listen(QUEUE)  # a worker that has just begun has made it short
        for process in self.processes:
            # The worker's end: while that is open here too, nobody hears that a worker died which
            # was just asked for a sign of life.
            process.child_conn.close()
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        self.gave_up = self.should_exit.is_set()
        for died in before - {process.pid for process in self.processes}:
            mark_process_dead(died, os.environ.get(FOLDER))  # type: ignore[no-untyped-call]
            logger.warning("A worker ended by itself; another one takes its place.")
            self._deaths.append(time.monotonic())
        often = len(self._deaths) == MOST_DEATHS
        if often and self._deaths[-1] - self._deaths[0] < WITHIN_SECONDS:
            logger.error("The workers end as soon as they begin; nothing is served any more.")
            self.gave_up = True
            self.should_exit.set()

    def terminate_all(self) -> None:
        """Tell all workers to stop, and accept no connection that no worker would answer."""
        for listening in self.sockets:
            listening.close()
        super().terminate_all()

    def join_all(self) -> None:
        """Wait for the workers to finish what is in flight; who does not finish is ended."""
        patience = (self.config.timeout_graceful_shutdown or 0) + 5
        until = time.monotonic() + patience
        for process in self.processes:
            process.process.join(max(0.0, until - time.monotonic()))
            if process.process.is_alive():
                logger.warning("A worker did not finish in time and was ended.")
                process.process.kill()
                process.process.join()


def follow_parent(folder: str) -> None:
    """Have this worker stop, in its own time, when the process that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def following() -> None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=following, name="follows its parent", daemon=True).start()


@contextmanager
def counting_folder() -> Iterator[str]:
    """Make the folder in which the workers add up what they count, in memory where there is one.

    A full disk would otherwise end whoever writes to it.
    """
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(
        prefix="hope-counts-", dir=place, ignore_cleanup_errors=True
    ) as folder:
        os.environ[FOLDER] = folder
        try:
            yield folder
        finally:
            del os.environ[FOLDER]
