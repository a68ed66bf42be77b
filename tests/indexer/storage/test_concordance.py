from __future__ import annotations

import numpy as np
import pytest

from indexer.storage.concordance import Concordance, concordance_of

# The sentences, each by the terms it holds.
SAID = [[7, 3, 7], [], [2**64 - 1], [3]]


def concordance(said: list[list[int]]) -> Concordance:
    terms = np.array([term for sentence in said for term in sentence], np.uint64)
    return concordance_of(terms, np.array([len(sentence) for sentence in said], np.int32))


@pytest.mark.parametrize(
    ("term", "sentences"), [(7, [0, 0]), (3, [0, 3]), (2**64 - 1, [2]), (5, []), (0, [])]
)
def test_a_term_is_in_its_sentences_once_for_each_time(term: int, sentences: list[int]) -> None:
    assert concordance(SAID).sentences_with(term).tolist() == sentences


def test_where_nothing_is_said_no_term_is_found() -> None:
    assert concordance([]).sentences_with(7).tolist() == []
