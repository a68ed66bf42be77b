from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indexer.mishearing.terms import CORRECTED, PROBABLE
from indexer.storage.columns import Columns, empty
from indexer.storage.positions import Positions

# The sentences, each by the terms it holds.
SAID = [[7, 3, 7], [], [2**64 - 1], [3]]


def columns(said: list[list[int]]) -> Columns:
    """Sentences by their terms; a term is two characters and a space."""
    flat = [term for sentence in said for term in sentence]
    starts = [3 * place for sentence in said for place in range(len(sentence))]
    return replace(
        empty(),
        token_term=np.array(flat, np.uint64),
        token_start=np.array(starts, np.int32),
        token_end=np.array(starts, np.int32) + 2,
        token_heard=np.zeros(len(flat), np.uint8),
        sentence_tokens=np.array([len(sentence) for sentence in said], np.int32),
    )


def positions(said: list[list[int]]) -> Positions:
    return Positions(columns(said))


def places(found: Positions, terms: list[int]) -> list[tuple[int, int]]:
    first, last = found.occurrences(terms)
    return list(zip(first.tolist(), last.tolist(), strict=True))


def test_a_term_is_found_alike_before_and_after_all_are_sorted() -> None:
    found = positions([[1, 2, 1], [3, 1]])

    first = [found.tokens_of(term).tolist() for term in range(5)]
    again = [[found.tokens_of(term).tolist() for term in range(5)] for _ in range(9)]

    assert first == [[], [0, 2, 4], [1], [3], []]
    assert again == [first] * 9


def test_where_nothing_is_said_no_term_is_found() -> None:
    assert positions([]).tokens_of(7).tolist() == []


def test_a_run_of_tokens_holds_a_phrase_when_one_of_its_readings_stands_there() -> None:
    runs = np.array([0, 1, 0, 2, 0]), np.array([2, 3, 5, 5, 0])

    assert positions(SAID).hold([[7, 3], [9]], *runs).tolist() == [True, False, True, False, False]


def test_a_phrase_does_not_reach_from_one_sentence_into_the_next() -> None:
    assert places(positions([[1, 2], [3, 1, 2]]), [1, 2]) == [(0, 1), (3, 4)]
    assert places(positions([[1, 2], [3]]), [2, 3]) == []


def test_what_was_corrected_is_found_both_ways_and_what_is_only_probable_in_none() -> None:
    # "al lec" was corrected to 8; for "al" 9 is probable.
    said = replace(
        columns([[1, 2, 8, 9]]),
        token_start=np.array([0, 3, 0, 0], np.int32),
        token_end=np.array([2, 6, 6, 2], np.int32),
        token_heard=np.array([0, 0, CORRECTED, PROBABLE], np.uint8),
    )

    found = Positions(said)

    assert places(found, [1, 2]) == [(0, 1)]
    assert places(found, [8]) == [(2, 2)]
    assert places(found, [9]) == []
    assert found.misheard({9}, PROBABLE) == [3]


@pytest.mark.parametrize(
    ("terms", "held"),
    [
        ([1, 2], [True, False, True]),  # side by side, in either order
        ([3, 1], [False, False, False]),  # in another order with a word between
        ([1, 3], [True, False, False]),  # with one word between
        ([1, 9], [False, False, False]),  # a term that nobody says
        ([4, 5], [False, False, False]),  # too far apart
    ],
)
def test_a_name_is_said_where_its_terms_stand_together(terms: list[int], held: list[bool]) -> None:
    said = positions([[1, 2, 3], [4, 0, 0, 5], [2, 1]])

    found = said.together(terms, np.array([0, 3, 7]), np.array([3, 7, 9]))

    assert found.tolist() == held
