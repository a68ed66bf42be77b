from __future__ import annotations

from unittest.mock import Mock

import pytest

from indexer.analysis import analysed
from indexer.analysis.analysed import AnalysedText
from indexer.analysis.tokenizer import tokens_of


def test_a_text_has_the_terms_of_each_language() -> None:
    text = AnalysedText("Efectos de 19del, stage IV")

    assert text.terms() == tokens_of(text.text)
    assert text.terms("es") == tokens_of(text.text, "es")


def test_a_text_is_cut_once_however_often_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = Mock(return_value=[])
    monkeypatch.setattr(analysed, "runs_of", cut)
    text = AnalysedText("stage 4")

    assert (text.terms(), text.terms(), text.terms("es"), text.runs) == ((), (), (), [])
    cut.assert_called_once_with("stage 4")


@pytest.mark.parametrize(
    ("text", "told"), [("what is the cough", "en"), ("¿qué es la tos?", "es"), ("ALK", "")]
)
def test_a_text_tells_its_language_or_not(text: str, told: str) -> None:
    assert AnalysedText(text).language.detected() == told
