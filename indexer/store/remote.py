"""Objects at an address that fsspec can reach; only here it is imported."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from indexer.errors import IndexerError

_NOT_INSTALLED = (
    "what reaches a store by its address is not installed; "
    "install it with: pip install 'hope-with-answers[store]'"
)
try:
    from fsspec.core import url_to_fs
except ModuleNotFoundError as err:
    raise IndexerError(_NOT_INSTALLED) from err


class Remote:
    """What S3 and its like hold: each object comes in one request, whole or not at all.

    Everything raises IndexerError if the place cannot be used.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        with self._told():
            # What was listed once is no longer true when others write too.
            self._system, root = url_to_fs(address, use_listings_cache=False)
        self._root = root.rstrip("/")

    def has(self, name: str) -> bool:
        """Whether there is something of this name."""
        with self._told():
            return bool(self._system.exists(f"{self._root}/{name}"))

    def get(self, name: str) -> bytes | None:
        """What it holds; None where there is nothing."""
        with self._told(), suppress(FileNotFoundError):
            return bytes(self._system.cat_file(f"{self._root}/{name}"))
        return None

    def put(self, name: str, content: bytes) -> None:
        """Put it there, or in the place of what is there."""
        with self._told():
            self._system.pipe_file(f"{self._root}/{name}", content)

    def create(self, name: str, content: bytes) -> bool:
        """Put it there unless something is; returns whether this did it.

        S3 knows for certain. Where a place does not, two may both be told that they did.
        """
        with self._told(), suppress(FileExistsError):
            self._system.pipe_file(f"{self._root}/{name}", content, mode="create")
            return True
        return False

    def remove(self, name: str) -> None:
        """Have nothing of this name."""
        with self._told(), suppress(FileNotFoundError):
            self._system.rm_file(f"{self._root}/{name}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except ImportError as err:
            raise IndexerError(f"{self._address}: {_NOT_INSTALLED}") from err
        except Exception as err:  # what lies behind fsspec has errors without a common base
            raise IndexerError(
                f"{self._address}: the store cannot be used ({type(err).__name__}); are its "
                "address, the account and the network right?"
            ) from err
