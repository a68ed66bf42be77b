"""One of a numbered kind: stages, lines, years of survival."""

from __future__ import annotations

from indexer.analysis.tokenizer import tokens_of


def terms(text: str, language: str = "en") -> list[str]:
    return [token.term for token in tokens_of(text, language)]


def test_at_this_stage_i_is_no_stage_one() -> None:
    assert "stage1" not in terms("at this stage I would wait")
    assert "stage1" in terms("stage I lung cancer")


def test_a_number_in_years_of_survival_is_the_same_in_both_languages() -> None:
    assert tokens_of("supervivencia a los cinco años", "es")[-1].term == "survival5"
    assert tokens_of("how many survive five years", "en")[-1].term == "survival5"
