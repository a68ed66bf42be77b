"""Writing a file so that a reader or a crash finds the old one or the new one, nothing else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

PART = ".part"
_TRIES = 3


def write_atomically(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step, once it is safely on the disk.

    The folder is made when it is missing. Raises OSError, and then the old file is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as err:
        err.filename = err.filename or str(part)  # not every call says where it failed
        raise
    finally:
        part.unlink(missing_ok=True)
    sync_to_disk(path.parent)


def read_settled(path: Path) -> bytes:
    """Read a file as it was at one moment, also when somebody writes into it just then.

    Raises OSError, EBUSY where it was changed again each time it was read.
    """
    for _ in range(_TRIES):
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            content = file.read()
            after = os.fstat(file.fileno())
        if before.st_mtime_ns == after.st_mtime_ns and after.st_size == len(content):
            return content
    raise OSError(errno.EBUSY, "somebody is writing into it; run `hope index` again", str(path))


def sync_to_disk(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk itself: they survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
