"""A place for named bytes that many machines share: a folder, or what fsspec can reach."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union
from uuid import uuid4

from catalog import PART
from indexer.errors import IndexerError

if TYPE_CHECKING:
    from indexer.store.remote import Remote

Objects: TypeAlias = Union["Folder", "Remote"]


def objects_at(address: str) -> Objects:
    """The objects at a folder, or at an address such as `s3://bucket/hope`. Raises IndexerError."""
    if "://" not in address:
        return Folder(Path(address))
    from indexer.store.remote import Remote  # noqa: PLC0415 - an extra, which takes a while

    return Remote(address)


class Folder:
    """A folder, also one of a file server. Everything raises IndexerError if it cannot be used."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def has(self, name: str) -> bool:
        """Whether there is something of this name."""
        return (self._root / name).exists()

    def get(self, name: str) -> bytes | None:
        """What it holds; None where there is nothing."""
        with self._told(), suppress(FileNotFoundError):
            return (self._root / name).read_bytes()
        return None

    def put(self, name: str, content: bytes) -> None:
        """Put it there in one step. Not forced to the disk: what a crash cuts is made again."""
        with self._told():
            path = self._path(name)
            part = path.with_name(f".{uuid4().hex}{PART}")
            try:
                part.write_bytes(content)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)

    def create(self, name: str, content: bytes) -> bool:
        """Put it there unless something is; returns whether this did it."""
        with self._told(), suppress(FileExistsError), self._path(name).open("xb") as file:
            file.write(content)
            return True
        return False

    def remove(self, name: str) -> None:
        """Have nothing of this name."""
        with self._told():
            (self._root / name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as err:
            raise IndexerError(f"{self._root}: the store cannot be used: {err.strerror}") from err
