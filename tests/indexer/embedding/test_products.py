"""Products of rows of bytes with a vector are the same by onnxruntime as by numpy."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.arrays import Floats
from indexer.embedding import products
from indexer.embedding.products import Products

SIZE = 384


def some_rows(count: int) -> NDArray[np.int8]:
    return np.random.default_rng(count).integers(-127, 128, (count, SIZE)).astype(np.int8)


def unit(numbers: NDArray[np.float64]) -> Floats:
    return np.asarray(numbers / np.linalg.norm(numbers), np.float32)


def as_they_are(rows: NDArray[np.int8], vector: Floats) -> NDArray[np.float64]:
    return np.asarray(rows.astype(np.float64) @ vector.astype(np.float64))


@pytest.mark.parametrize("count", [0, 1, 7, 600])
def test_every_use_gives_the_same(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "_LEAST", 5)
    monkeypatch.setattr(products, "_PART", 7)
    rows, vector = some_rows(count), unit(np.random.default_rng(9).normal(size=SIZE))
    product = Products(rows)

    for _ in range(3):
        found = product(vector)
        assert found.dtype == np.float32
        assert found == pytest.approx(as_they_are(rows, vector), abs=1e-4)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_largest_numbers_of_all_are_not_cut(sign: int) -> None:
    rows = np.full((40, SIZE), 127 * sign, np.int8)
    product = Products(rows)
    for vector in (unit(np.full(SIZE, -1.0)), unit(np.eye(SIZE)[3]), np.zeros(SIZE, np.float32)):
        product(vector)
        assert product(vector) == pytest.approx(as_they_are(rows, vector), rel=1e-6)


def test_a_command_that_compares_once_lays_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ModuleNotFoundError("onnxruntime")

    monkeypatch.setattr(products, "session_of", missing)
    rows, vector = some_rows(3), unit(np.ones(SIZE))
    product = Products(rows)

    found = product(vector)

    assert found.tolist() == product(vector).tolist()  # nor later, where nothing can
