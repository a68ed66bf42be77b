"""Generations on disk: each in a folder of its own, one small pointer to the one that is served.

<library>/index/current      the name of the served generation
<library>/index/g000012/     its tables, postings, catalogue and its account of itself
<library>/index/.building/   one that is being built; never served
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog import PART, Library, open_locked, sync_to_disk, write_atomically
from indexer.errors import IndexBusyError, IndexerError, NoIndex

_POINTER = "current"
_BUILDING = ".building"
_LOCK = ".lock"
# What numpy raises when it could not write all has no number and no words of the system.
_CUT = "not all could be written; is the disk full?"
_NAME = re.compile(r"g\d{6,}\Z")


def current_name(library: Library) -> str:
    """Name the generation that is served. Raises NoIndex."""
    pointer = library.index_dir / _POINTER
    try:
        name = pointer.read_text("utf-8").strip()
    except FileNotFoundError as err:
        if _names(library):
            raise NoIndex(f"{pointer}: it is missing; run `hope index`") from None
        raise NoIndex(f"{library.root}: there is no index yet; run `hope index`") from err
    except (OSError, UnicodeDecodeError) as err:
        raise NoIndex(f"{pointer}: cannot be read ({err}); run `hope index`") from err
    if not _NAME.match(name) or not (library.index_dir / name).is_dir():
        raise NoIndex(f"{pointer}: it names no index that is there; run `hope index`")
    return name


def names_by_trust(library: Library) -> tuple[str, ...]:
    """Name every generation that is there, the one to serve first.

    That is the one the pointer names. Where it is damaged the newest before it is the next best;
    what is newer was built, but never served.
    """
    names = _names(library)[::-1]
    try:
        served = current_name(library)
    except NoIndex:
        return tuple(names)
    return (served, *(n for n in names if n < served), *(n for n in names if n > served))


def stamp_of(library: Library) -> tuple[int, int, int] | None:
    """What tells the pointer from an older or a newer one, also of the same words; None: no file.

    It costs one look at the disk, so it may be asked for each request.
    """
    try:
        found = (library.index_dir / _POINTER).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def folder_of(library: Library, name: str) -> Path:
    """The folder of a generation."""
    return library.index_dir / name


@contextmanager
def building(library: Library) -> Iterator[tuple[str, Path]]:
    """Yield a name and a fresh folder to build in, under a lock that a crash releases.

    Raises IndexerError when the library cannot be written, or somebody else is building.
    """
    try:
        library.index_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = open_locked(library.index_dir / _LOCK)
    except BlockingIOError as err:
        raise IndexBusyError(
            f"{library.index_dir}: another `hope index` is at work here; wait until it is done"
        ) from err
    except OSError as err:
        raise IndexerError(
            f"{library.index_dir}: cannot be written: {err.strerror}; is the library read-only?"
        ) from err
    with lock:
        folder = library.index_dir / _BUILDING
        # What a crash left half-built is swept away; the lock is ours, so nobody is building it.
        shutil.rmtree(folder, ignore_errors=True)
        for part in library.index_dir.glob(f".*{PART}"):
            part.unlink(missing_ok=True)
        try:
            folder.mkdir(mode=0o700)
            yield _next_name(library), folder
        except OSError as err:
            raise IndexerError(
                f"{err.filename or folder}: {err.strerror or _CUT}; the old index stays. "
                "Mend that, then run `hope index` again"
            ) from err
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _next_name(library: Library) -> str:
    """Count on, whatever the clock says."""
    numbers = [int(name[1:]) for name in _names(library)]
    return f"g{max(numbers, default=0) + 1:06}"


def _names(library: Library) -> list[str]:
    try:
        return sorted(path.name for path in library.index_dir.iterdir() if _NAME.match(path.name))
    except OSError:
        return []


def serve_from_now_on(library: Library, folder: Path, name: str) -> None:
    """Swap a finished generation in: a reader finds the old one or this one, nothing between.

    Raises OSError, and then nothing of it stays.
    """
    for path in (*folder.rglob("*"), folder):
        sync_to_disk(path)
    finished = folder.rename(folder_of(library, name))
    try:
        sync_to_disk(library.index_dir)
        write_atomically(library.index_dir / _POINTER, f"{name}\n".encode())
    except OSError:
        shutil.rmtree(finished, ignore_errors=True)
        raise


def forget_old(library: Library, is_whole: Callable[[Path], bool]) -> None:
    """Remove all generations but the served one and the one before it.

    Where that one is damaged, the newest whole one before it is kept as well: the last that could
    serve is never removed.
    """
    served = current_name(library)
    before = [name for name in _names(library) if name < served][::-1]
    spare = next((name for name in before if is_whole(folder_of(library, name))), served)
    for name in _names(library):
        if name not in (served, spare, *before[:1]):
            shutil.rmtree(folder_of(library, name), ignore_errors=True)
