from __future__ import annotations

import pytest

from indexer.urgency.wording import plain_message


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("I can’t breathe!", "i cant breathe . ."),
        ("i can t breathe", "i cant breathe ."),
        ("he s not waking", "hes not waking ."),
        ("fever, 38,5", "fever , 38.5 ."),
        ("101F", "101 f ."),
        ("a hundred and two", "102 ."),
        ("one oh one point five", "101.5 ."),
        ("treinta y nueve de fiebre", "39 de fiebre ."),
        ("I had diarrhea once", "i had diarrhea once ."),
        ("fui al baño once veces", "fui al bano 11 veces ."),
        ("No. Dolor aquí", "no . dolor aqui ."),
    ],
)
def test_a_message_is_plain_words(typed: str, words: str) -> None:
    assert plain_message(typed) == f" {words} "
