from __future__ import annotations

import pytest
from hits import HIT
from msgspec.structs import replace

from indexer import Hit
from indexer.urgency.at_once import at_once_first
from indexer.urgency.signs import NOTHING_URGENT, Urgency, tells_to_go

CHEST = Urgency(frozenset({"chest"}))
GO = "If you have chest pain, call 911."


def hits(*texts: str) -> list[Hit]:
    return [replace(HIT, text=text, score=9.0 - place) for place, text in enumerate(texts)]


def test_what_says_to_go_at_once_comes_first_and_no_score_rises() -> None:
    found = at_once_first(hits("A study.", "Pain is common.", GO), CHEST, 3)

    assert [hit.text for hit in found] == [GO, "A study.", "Pain is common."]
    assert [hit.score for hit in found] == [9.0, 8.0, 7.0]


def test_the_first_do_not_depend_on_how_many_are_asked_for() -> None:
    found = hits("A study.", "Pain is common.", GO)

    assert at_once_first(found, CHEST, 1) == at_once_first(found, CHEST, 3)[:1]


def test_where_nothing_is_urgent_all_stay_as_they_are() -> None:
    found = hits("A study.", GO)

    assert at_once_first(found, NOTHING_URGENT, 2) == tuple(found)


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        (GO, "chest", True),
        ("If you cough up blood, go to the emergency room right away.", "bleeding", True),
        ("With a fever of 100.4 call your team right away, day or night.", "fever", True),
        ("Si le falta el aire, vaya a urgencias.", "breathing", True),
        (GO, "fever", False),
        ("Chest pain is rare.", "chest", False),
        ("Call 911.", "chest", False),
    ],
)
def test_a_text_is_to_say_go_and_of_what(text: str, kind: str, told: bool) -> None:
    assert tells_to_go(text, {kind}) is told
