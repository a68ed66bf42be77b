"""Inversion: every term finds the documents that hold it, however they overlap."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest
from inverted import documents_of

from indexer.storage import inversion
from indexer.storage.inversion import Documents, inverted

Rows = dict[str, list[tuple[int, int]]]


def found(documents: Documents) -> Rows:
    return {
        term.name: list(zip(term.rows.tolist(), term.counts.tolist(), strict=True))
        for term in inverted(documents, str)
    }


def counted(documents: Documents) -> Rows:
    rows: Rows = {}
    for row, (begin, end) in enumerate(zip(documents.begins, documents.ends, strict=True)):
        for term, times in Counter(documents.terms[begin:end].tolist()).items():
            rows.setdefault(documents.names[term], []).append((row, times))
    return rows


def overlapping(seed: int) -> Documents:
    dice = random.Random(seed)
    text = documents_of([dice.choices("abcdefghijk", k=200)])
    edges = sorted((dice.randrange(201), dice.randrange(201)) for _ in range(30))
    begins = np.array([first for first, _ in edges])
    ends = np.maximum.accumulate(np.array([max(edge) for edge in edges]))
    return text._replace(begins=begins, ends=ends)


@pytest.mark.parametrize("seed", range(20))
def test_rows_and_counts_are_those_that_counting_finds(seed: int) -> None:
    documents = overlapping(seed)

    assert found(documents) == counted(documents)


def test_few_terms_at_once_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inversion, "_AT_ONCE", 30)

    assert found(overlapping(7)) == counted(overlapping(7))


def test_terms_come_in_the_order_asked_for() -> None:
    documents = documents_of([["b", "a"], [], ["c", "b"]])

    backwards = [term.name for term in inverted(documents, lambda name: -ord(name))]

    assert backwards == ["c", "b", "a"]
    assert found(documents) == {"a": [(0, 1)], "b": [(0, 1), (2, 1)], "c": [(2, 1)]}
