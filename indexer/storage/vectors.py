"""What the passages of a generation mean: a vector each, in a folder of their own.

Row n is the vector of passage n of the tables. A number is one byte, to be taken times the scale of
its row: 8 MB where float32 has 32, and quicker to compare (docs/meaning.md has the figures).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.embedding.encoder import DIGEST_BYTES
from indexer.embedding.products import Products
from indexer.embedding.scale import Scale
from indexer.errors import IndexerError

Floats = NDArray[np.float32]
_ACCOUNT = "account.json"
_LARGEST = 127


class Account(msgspec.Struct, frozen=True):
    """Which model gave the vectors, and of which texts.

    `identity` tells it from every other model; `text` is the version of what was embedded of a
    passage; `lacking` is how many living passages have no vector. `scale` says how the cosines of
    this model are to be read.
    """

    model: str
    identity: str
    dimensions: int
    text: str
    lacking: int = 0
    scale: Scale = Scale()


@dataclass(frozen=True)
class Vectors:
    """The vectors of all passages; nearness to one that has none is 0 or less.

    `values` are int8 (passages, dimensions), `scales` float32 (passages), `digests` uint8
    (passages, 16): what tells the text of a row, all zero where there is no vector.
    """

    account: Account
    values: NDArray[np.int8]
    scales: Floats
    digests: NDArray[np.uint8]

    @property
    def identity(self) -> str:
        """What tells the model of these vectors from every other."""
        return self.account.identity

    def __len__(self) -> int:
        return len(self.values)

    def nearness(self, query: Floats) -> Floats:
        """How near each passage is to a question's vector, by whichever model."""
        return self.account.scale.nearness(self.cosines(query))

    def cosines(self, query: Floats) -> Floats:
        """The cosine of each passage and a vector of length 1: from -1 to 1, true to 0.003."""
        return self._products(query) * self.scales

    @cached_property
    def _products(self) -> Products:
        return Products(self.values)

    def rows_by_digest(self) -> dict[bytes, int]:
        """The row of each text that has a vector, by its digest."""
        there = np.flatnonzero(self.digests.any(axis=1))
        return {self.digests[row].tobytes(): int(row) for row in there}


def empty_vectors(account: Account, rows: int) -> Vectors:
    """Vectors of which every row is still to be filled."""
    return Vectors(
        account,
        np.zeros((rows, account.dimensions), np.int8),
        np.zeros(rows, np.float32),
        np.zeros((rows, DIGEST_BYTES), np.uint8),
    )


def joined(parts: Sequence[Vectors]) -> Vectors:
    """Vectors of one model, one behind the other."""
    arrays = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("values", "scales", "digests")
    )
    return Vectors(parts[-1].account, *arrays)


def compressed(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Rows of numbers as bytes, and the scale of each row."""
    scales = np.abs(vectors).max(axis=1, initial=0).astype(np.float32) / _LARGEST
    divided = vectors / np.where(scales > 0, scales, 1)[:, None]
    return np.rint(divided).astype(np.int8), scales


def save(vectors: Vectors, folder: Path) -> None:
    """Write vectors to a fresh folder."""
    folder.mkdir()
    (folder / _ACCOUNT).write_bytes(msgspec.json.encode(vectors.account))
    for name in ("values", "scales", "digests"):
        np.save(folder / f"{name}.npy", getattr(vectors, name), allow_pickle=False)


def load(folder: Path) -> Vectors:
    """Read vectors. What happens to their files afterwards no longer matters to a reader.

    Raises IndexerError.
    """
    try:
        account = msgspec.json.decode((folder / _ACCOUNT).read_bytes(), type=Account)
        values = _open(folder / "values.npy", np.int8, ("*", account.dimensions))
        scales = _open(folder / "scales.npy", np.float32, (len(values),))
        digests = _open(folder / "digests.npy", np.uint8, (len(values), DIGEST_BYTES))
    except (OSError, EOFError, ValueError) as err:  # what msgspec raises is a ValueError
        raise IndexerError(
            f"{folder}: the vectors cannot be opened: {err}; run `hope index`"
        ) from err
    return Vectors(account, values, np.asarray(scales), np.asarray(digests))


def _open(file: Path, kind: type[np.generic], shape: Sequence[int | str]) -> NDArray[Any]:
    """Read an array of this kind and shape; a star is any number of rows."""
    array: NDArray[Any] = np.load(file, allow_pickle=False)
    rows = array.shape[0] if array.ndim else 0
    wanted = tuple(rows if size == "*" else size for size in shape)
    if array.dtype != kind or array.shape != wanted:
        raise ValueError(
            f"{file.name} holds {array.dtype} {array.shape}, not {kind.__name__} {wanted}"
        )
    return array
