"""Words as they are written in an index are found where each is said first."""

from __future__ import annotations

import numpy as np

from indexer.query.known_words import _first_of_each


def test_each_key_is_found_where_it_is_first_and_counted() -> None:
    keys = np.random.default_rng(1).integers(0, 2**64, 40, np.uint64)[np.arange(1_000) % 40]

    first, counts = _first_of_each(keys)

    _, wanted, often = np.unique(keys, return_index=True, return_counts=True)
    assert (first.tolist(), counts.tolist()) == (wanted.tolist(), often.tolist())


def test_of_no_keys_there_are_none() -> None:
    first, counts = _first_of_each(np.zeros(0, np.uint64))

    assert len(first) == len(counts) == 0
