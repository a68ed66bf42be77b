"""The columns of a generation on the disk: a file for each array, to which rows are only added."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.lib import format as npy

from indexer.arrays import Array
from indexer.errors import IndexerError
from indexer.storage.columns import Columns, empty

# What numpy writes before an array has room for any number of rows, and so one length.
_HEAD = 128
_KINDS = {field.name: getattr(empty(), field.name).dtype for field in fields(Columns)}


@contextmanager
def adding_to(folder: Path) -> Iterator[Callable[[Columns], None]]:
    """Yield what adds rows to the tables of a folder; they are made where there are none.

    What was added is on the disk and no longer needed in memory.
    """
    folder.mkdir(exist_ok=True)
    with ExitStack() as opened:
        files = {name: opened.enter_context(_opened(folder, name)) for name in _KINDS}

        def add(rows: Columns) -> None:
            for name, file in files.items():
                file.write(np.ascontiguousarray(getattr(rows, name), _KINDS[name]).data)

        yield add
        for name, file in files.items():
            rows = (file.seek(0, os.SEEK_END) - _HEAD) // _KINDS[name].itemsize
            file.seek(0)
            _write_head(file, name, rows)


def _opened(folder: Path, name: str) -> BinaryIO:
    """A table, at its end."""
    path = folder / f"{name}.npy"
    path.touch()
    file = path.open("r+b")
    if not file.seek(0, os.SEEK_END):
        _write_head(file, name)
    return file


def _write_head(file: BinaryIO, name: str, rows: int = 0) -> None:
    kind = npy.dtype_to_descr(_KINDS[name])
    npy.write_array_header_1_0(file, {"descr": kind, "fortran_order": False, "shape": (rows,)})


def load(folder: Path, *, mapped: bool = False) -> Columns:
    """Read the arrays. Mapped ones are read as they are needed. Raises IndexerError."""
    try:
        return Columns(**{name: _read(folder / f"{name}.npy", mapped) for name in _KINDS})
    except (OSError, EOFError, ValueError) as err:
        raise IndexerError(f"{folder}: the tables cannot be opened: {err}") from err


def _read(file: Path, mapped: bool) -> Array:
    array: Array = np.load(file, mmap_mode="r" if mapped else None, allow_pickle=False)
    return array
