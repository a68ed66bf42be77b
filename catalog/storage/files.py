"""Files: written in one step, read as they were at one moment, their checksums, and their links.

A reader or a crash finds the old file or the new one, nothing else. The folders of a library may be
links, so that its captions can lie on another disk; what lies in them leads nowhere else, so that
nobody's other files are read or written by way of it.
"""

import errno
import fcntl
import hashlib
import os
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

T = TypeVar("T")

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


def write_json(path: Path, value: object) -> None:
    """Replace `path` by a value as JSON for people to read, in one step. Raises OSError."""
    write_atomically(path, msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def read_json(file: Path, shape: type[T]) -> T | None:
    """A file of JSON as a value; None where it is missing, damaged or of another shape."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=shape)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


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


def open_locked(path: Path) -> BinaryIO:
    """Open a file that one process at a time has to itself, and make it where it is missing.

    The lock is that process's until it closes the file or ends, however it ends. Raises
    BlockingIOError when another has it, and OSError when the file cannot be opened. A link is
    not followed: in the place of a lock it could have another file written over.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    file = os.fdopen(os.open(path, flags, 0o644), "r+b", buffering=0)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a link takes `path`, somewhere in `folder`, to a place outside of it.

    A link in a circle leads out as well. Where there is no link it costs a look for each step.
    """
    steps = (path, *path.parents)
    if not any(step.is_symlink() for step in steps[: steps.index(folder)]):
        return False
    try:
        end = path.resolve()
        in_a_circle = any(step.is_symlink() for step in (end, *end.parents))
        return in_a_circle or not end.is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True


def checksum(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def file_checksum(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
