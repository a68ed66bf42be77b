"""One run at a time: a lock on a library that a crash releases, and who holds it."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import BinaryIO

import msgspec

from catalog import ExitCode, Library, open_locked, read_json
from transcripts.errors import TranscriptError

LOCK = ".run.lock"


class BusyError(TranscriptError):
    """Another run is at work in the library; the message says which and since when."""

    exit = ExitCode.BLOCKED


class LockHolder(msgspec.Struct, frozen=True):
    """Who is at work: the command, its process and machine, and since when."""

    command: str
    pid: int
    host: str
    since: datetime

    def __str__(self) -> str:
        elsewhere = f" on {self.host}" if self.host != socket.gethostname() else ""
        since = f"{self.since:%Y-%m-%d %H:%M:%S} UTC"
        return f"`{self.command}` (process {self.pid}{elsewhere}, since {since})"


@contextmanager
def holding(
    library: Library, command: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[None]:
    """Have a library for oneself for as long as one run takes.

    The lock belongs to the process: whatever ends it releases the lock, a crash too. Raises
    BusyError when another run is at work, TranscriptError when the library cannot be written.
    """
    with _locked(library) as lock:
        holder = LockHolder(
            command, os.getpid(), socket.gethostname(), clock().replace(microsecond=0)
        )
        _write(lock, msgspec.json.encode(holder), library)
        yield
        _write(lock, b"", library)


def _locked(library: Library) -> BinaryIO:
    try:
        library.root.mkdir(parents=True, exist_ok=True)
        return open_locked(library.root / LOCK)
    except BlockingIOError as err:
        raise BusyError(
            f"{library.root}: {_holder(library)} is at work here, and two runs never meet. "
            "Nothing was done; run it again when that one has ended."
        ) from err
    except OSError as err:
        raise _unusable(library, err) from err


def _holder(library: Library) -> str:
    holder = read_json(library.root / LOCK, LockHolder)
    return str(holder) if holder else "another run"  # that has only just begun


def _write(lock: BinaryIO, content: bytes, library: Library) -> None:
    try:
        lock.truncate(0)
        os.pwrite(lock.fileno(), content, 0)
    except OSError as err:
        raise _unusable(library, err) from err


def _unusable(library: Library, err: OSError) -> TranscriptError:
    return TranscriptError(
        f"{library.root / LOCK}: cannot be written: {err.strerror}; is the library read-only, "
        "or the disk full?"
    )
