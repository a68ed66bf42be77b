"""What an answer says was searched for beside the words typed."""

from __future__ import annotations

import pytest
from memory import in_memory

from indexer.query.expansion import also_searched
from indexer.query.parser import Query
from indexer.query.synonyms import Alternative, Concept, How


def name(shown: str, how: How = "same", *, everyday: bool = False) -> Alternative:
    return Alternative(tuple(shown.split()), shown, how, everyday=everyday)


def concept(shown: str, *alternatives: Alternative) -> Concept:
    return Concept(shown, tuple((word,) for word in shown.split()), alternatives)


TRIAL = concept(
    "clinical trial", name("study"), name("guinea pig", "related", everyday=True), name("trial")
)


def test_a_word_that_is_only_near_is_not_named() -> None:
    assert also_searched(Query((TRIAL,))) == ("study", "trial")


def test_another_everyday_word_of_the_same_thing_is_not_named() -> None:
    husband = concept("husband", name("wife", "related", everyday=True), name("spouse", "related"))

    assert also_searched(Query((husband,))) == ("spouse",)


def test_names_of_the_same_thing_come_before_related_ones() -> None:
    tired = concept("tired", name("fatigue", "related"), name("exhausted", "near"))

    assert also_searched(Query((tired, TRIAL))) == ("exhausted", "study", "trial")


def test_no_more_than_six_names_are_listed() -> None:
    many = concept("x", *(name(f"name{number}") for number in range(20)))

    assert len(also_searched(Query((many,)))) == 6


def test_related_names_fill_up_to_three() -> None:
    few = concept("x", name("same"), *(name(f"related{n}", "related") for n in range(5)))

    assert also_searched(Query((few,))) == ("same", "related0", "related1")


def test_a_name_is_listed_once_and_never_what_was_typed() -> None:
    said = concept("Pill", name("tablet"), name("pill"), name("Tablet"))

    assert len(also_searched(Query((said,)))) == 1


@pytest.mark.parametrize(
    ("query", "also"),
    [
        pytest.param(
            Query((TRIAL, concept("pill", name("tablet"))), phrases=((("clinical", "trial"),),)),
            ("tablet",),
            id="inside the phrase",
        ),
        pytest.param(
            Query((TRIAL,), phrases=((("trial", "nurse"),),)), ("study", "trial"), id="beside it"
        ),
        pytest.param(Query((TRIAL,), excluded=((("study",),),)), ("trial",), id="left out"),
    ],
)
def test_what_a_phrase_rules_out_is_not_named(query: Query, also: tuple[str, ...]) -> None:
    assert also_searched(query) == also


@pytest.mark.parametrize(
    ("query", "also"),
    [
        pytest.param("clinical trial", ("trial",), id="the glossary's own name"),
        pytest.param("am I a guinea pig", ("clinical trial", "trial"), id="everyday word"),
        pytest.param("my husband", ("spouse",), id="another everyday word"),
    ],
)
def test_of_the_glossary_only_names_of_the_thing_are_listed(
    query: str, also: tuple[str, ...]
) -> None:
    talk = "A clinical trial is a study.\nNobody is a guinea pig.\nBring husband, wife, spouse."

    assert set(in_memory({"talk": talk}).search(query).also) == set(also)
