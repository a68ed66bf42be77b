"""What a hit shows of a moment: its words, and which of them answer."""

from __future__ import annotations

import pytest
from libraries import best
from memory import in_memory

TALK = """
    Welcome to this talk.
    Should I change what I eat?
    Salt makes the swelling worse, so please leave it out of what you cook.
    Many people like lemon instead.
"""


def answering(talk: str, question: str) -> str:
    hit = best(in_memory({"talk": talk}), question)
    return hit.text[slice(*hit.answer)]


def test_the_answer_is_the_sentence_that_answers_and_not_the_question() -> None:
    assert answering(TALK, "should I change what I eat") == (
        "Salt makes the swelling worse, so please leave it out of what you cook."
    )


@pytest.mark.parametrize(
    ("talk", "said"),
    [
        ("Can I drive?\nNo.\nWait until a week after the last seizure.\nThank you.", "No. Wait"),
        ("Can I drive?\nNo.\nMay I ride?\nYes, whenever you feel well.", "No."),
        ("Can I drive?\n<v Ada>No.\n<v Tess>I would not say so at all.", "No."),
    ],
)
def test_a_very_short_answer_goes_on_with_what_the_same_person_says(talk: str, said: str) -> None:
    assert answering(talk, "can I drive").startswith(said)
    assert "ride" not in answering(talk, "can I drive")


def test_what_was_cut_without_punctuation_is_shown_with_its_rest() -> None:
    talk = "lorlatinib can raise the\namount of cholesterol in the blood\nand so we check it"

    assert answering(talk, "lorlatinib").startswith("lorlatinib can raise the amount of")


def test_the_answer_lies_in_the_text_whatever_was_asked() -> None:
    generation = in_memory({"talk": TALK})

    for question in ("salt", "lemon", "welcome", "change eat salt swelling lemon"):
        for hit in generation.search(question).hits:
            start, end = hit.answer
            assert 0 <= start < end <= len(hit.text)
            assert start >= hit.answer_at
