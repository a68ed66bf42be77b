"""What was asked by number or by name is told from what only stands in a question."""

from __future__ import annotations

import pytest

from indexer.analysis.tokenizer import tokens_of
from indexer.query.requirements import is_required, measures_in


@pytest.mark.parametrize(
    "word",
    ["G12C", "HER3", "NCT05338970", "BRCA2", "T790M", "C34", "savolitinib", "erdafitinib", "80%"],
)
def test_a_name_with_a_number_or_of_a_medicine_is_required(word: str) -> None:
    assert is_required(word, [word.lower()])


@pytest.mark.parametrize("word", ["rash", "2nd", "30s", "65yo", "12", "8am", "biopsy", "exhibit"])
def test_a_word_an_age_and_a_bare_number_are_not(word: str) -> None:
    assert not is_required(word, [word.lower()])


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("can I take 120 mg", ["120 mg"]),
        ("sixteen fractions of radiation", ["sixteen fractions"]),
        ("an infusion every 3 weeks", ["every 3 weeks"]),
        ("every 2 or 3 weeks", ["every 2 or 3 weeks"]),
        ("every four to six weeks", ["every four to six weeks"]),
        ("cada tres semanas", ["cada tres semanas"]),
        ("infusions q2w", ["q2w"]),
        ("infusions q 2 w", ["q 2 w"]),
        ("one in four", ["one in four"]),
        ("an exon 19 insertion", ["exon 19 insertion"]),
        ("3 out of 10 people", ["3 out of 10"]),
        ("two years of durvalumab", ["two years"]),
        ("my dad was diagnosed 3 weeks ago", []),
        ("I am 65 years old and on 2 medicines", []),
    ],
)
def test_a_dose_is_asked_for_and_how_long_somebody_is_ill_is_not(
    text: str, measures: list[str]
) -> None:
    language = "es" if text.startswith("cada") else "en"

    found = measures_in(text, tokens_of(text, language))

    assert [text[start:end] for start, end in found] == measures
