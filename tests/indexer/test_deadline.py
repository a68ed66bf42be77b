from __future__ import annotations

import pytest
from small_site import indexed_library

from indexer import Budget, Generation, Shelf


class Ticks:
    """A clock that goes on by a second whenever somebody looks."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return Shelf(indexed_library(tmp_path_factory.mktemp("library"))).current()


QUESTION = "stage cancer brain treatment"


@pytest.mark.parametrize("seconds", range(12))
def test_a_search_says_whether_its_time_was_spent_and_has_something_anyway(
    generation: Generation, seconds: int
) -> None:
    clock = Ticks()
    budget = Budget(seconds, clock)

    answer = generation.search(QUESTION, counts=True, budget=budget)

    assert answer.partial == (clock.now > seconds)
    assert answer.hits


def test_a_spent_search_does_less_and_less(generation: Generation) -> None:
    whole = generation.search(QUESTION, counts=True)
    one_concept = generation.search(QUESTION, counts=True, budget=Budget(0, Ticks()))

    assert not whole.partial
    assert whole.counts
    assert (one_concept.counts, len(one_concept.hits)) == ((), 1)
    assert len(whole.hits) > 1


def test_without_seconds_time_is_never_spent() -> None:
    assert not Budget().is_spent()
