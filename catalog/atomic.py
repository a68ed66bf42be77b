"""Writing a file so that a reader or a crash finds the old one or the new one, nothing else."""

from __future__ import annotations

import os
from pathlib import Path

PART = ".part"


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
    finally:
        part.unlink(missing_ok=True)
    sync_to_disk(path.parent)


def sync_to_disk(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk itself: they survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
