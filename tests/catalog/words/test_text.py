import pytest

from catalog.words.text import fold_accents, number_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Straße", "strasse"), ("Niño", "nino"), ("ＡＢＣ", "abc"), ("e\u0301", "e"), ("٣", "٣")],
)
def test_case_width_and_accents_are_folded_away(text: str, folded: str) -> None:
    assert fold_accents(text) == folded


def test_numbers_in_words_are_known_in_two_languages() -> None:
    assert number_words("en")["twenty"] == number_words("es")["veinte"] == 20
    assert number_words("es")["dieciseis"] == 16
    assert number_words("en")["ninety"] == 90
