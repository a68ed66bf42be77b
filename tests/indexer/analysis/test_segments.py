"""Numbers in words, as the same number in digits."""

from __future__ import annotations

import pytest

from indexer.analysis.tokenizer import tokens_of


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("una pastilla", "1 pastilla"),
        ("treinta y cinco gramos", "35 gramos"),
        ("veintiún días", "21 días"),
        ("ciento veinte miligramos", "120 miligramos"),
        ("doscientos cuarenta", "240"),
        ("dos mil quinientos", "2500"),
        ("tercera línea", "línea 3"),
        ("etapas dos y tres", "etapas II y III"),
        ("estado funcional de dos", "ECOG 2"),
    ],
)
def test_spanish_numbers_are_the_same_in_words_and_digits(words: str, digits: str) -> None:
    made = [[token.term for token in tokens_of(text, "es")] for text in (words, digits)]

    assert made[0] == made[1] != []
