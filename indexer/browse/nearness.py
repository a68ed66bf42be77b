"""What passages are about, as rows of numbers: passages about the same thing are near each other.

Taken from the vectors of a sentence model, compared many at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.storage.vectors import Floats

Array = NDArray[Any]
# Rows that are compared at once, as many as stay in a processor's cache.
_BLOCK = 1_024


@dataclass(frozen=True, slots=True)
class Nearness:
    """Row n is what passage n is about: bytes, to be taken times the scale of their row.

    Without what is `common` to all of them rows are as long as 1; `common` is as long as 1, or 0.
    """

    values: NDArray[np.int8]
    scales: Floats
    common: Floats

    def about(self, rows: Sequence[Array]) -> Floats:
        """What each set of passages is about on the whole: a row a set, of length 1, or all 0."""
        means = np.zeros((len(rows), self.values.shape[1]), np.float32)
        for number, some in enumerate(rows):
            if len(some):
                means[number] = self.scales[some] @ self.values[some] / len(some)
        return _of_length_1(means - np.outer(means @ self.common, self.common))

    def to(self, about: Floats) -> Floats:
        """How near every passage is to each of these: float32 (of these, passages), -1 to 1."""
        near = np.empty((len(about), len(self.values)), np.float32)
        for begin, block in _blocks(self.values):
            near[:, begin : begin + len(block)] = about @ block.T
        near *= self.scales
        return near


def nearness_of(values: NDArray[np.int8], scales: Floats) -> Nearness:
    """Compare by what sets a passage apart: all of one library are about the same on the whole."""
    whole = np.zeros(values.shape[1], np.float32)
    for begin, block in _blocks(values):
        whole += scales[begin : begin + len(block)] @ block
    common = _of_length_1(whole[None])[0]
    own = np.zeros(len(values), np.float32)
    for begin, block in _blocks(values):
        own[begin : begin + len(block)] = np.linalg.norm(
            block - np.outer(block @ common, common), axis=1
        )
    return Nearness(values, np.where(own > 0, 1 / np.maximum(own, 1e-9), 0), common)


def _of_length_1(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _blocks(values: NDArray[np.int8]) -> Iterator[tuple[int, Floats]]:
    for begin in range(0, len(values), _BLOCK):
        yield begin, values[begin : begin + _BLOCK].astype(np.float32)
