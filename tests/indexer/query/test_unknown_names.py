"""Names that nobody says are told by how they are typed, how they end, and what is beside them."""

from __future__ import annotations

import pytest
from memory import in_memory

from indexer import Generation

TALKS = {
    "tests": "a blood test shows a mutation\nthe level of calcium is a test of its own",
    "pills": "osimertinib is a pill\nimmunotherapy may give you a rash",
}


@pytest.fixture(scope="module")
def generation() -> Generation:
    return in_memory(TALKS)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("what does CEA mean for immunotherapy", "CEA"),
        ("rash and Guardant", "Guardant"),
        ("osimertinib and my FoundationOne", "FoundationOne"),
        ("immunotherapy and CA 19-9", "CA 19-9"),
        ("ca 125 and osimertinib", "ca 125"),
        ("is CLDN18.2 a mutation", "CLDN18.2"),
        ("nectin-4 and osimertinib", "nectin-4"),
        ("B7-H3 osimertinib rash", "B7-H3"),
        ("troponin on immunotherapy", "troponin"),
        ("lipase on immunotherapy", "lipase"),
        ("myocarditis from immunotherapy", "myocarditis"),
        ("cea level and immunotherapy", "cea"),
        ("ldh blood test on immunotherapy", "ldh"),
        ("nivel de troponina", "troponina"),
        ("level of lactate on immunotherapy", "lactate"),
        ("signatera", "signatera"),
        ("osimertinib in Houston", "Houston"),
    ],
)
def test_a_name_that_nobody_says_is_told_and_not_answered(
    generation: Generation, query: str, name: str
) -> None:
    answer = generation.search(query)

    assert [(one.name, one.neighbours) for one in answer.unsaid] == [(name, ())]
    assert answer.confidence != "answered"


@pytest.mark.parametrize(
    "query",
    [
        "Sneezing and a rash from osimertinib",
        "What Should Somebody Eat Before Immunotherapy",
        "OSIMERTINIB RASH TODAY",
        "does the wonderful osimertinib give a rash",
        "a follow-up rash from osimertinib",
        "Dr. May on osimertinib",
    ],
)
def test_a_word_that_nobody_says_is_no_name(generation: Generation, query: str) -> None:
    assert generation.search(query).unsaid == ()


def test_a_name_that_is_said_is_not_told(generation: Generation) -> None:
    for query in ("a Calcium test", "my CALCIUM level", "calcium"):
        assert generation.search(query).unsaid == (), query
