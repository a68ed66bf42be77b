from __future__ import annotations

from webapp.i18n.languages import in_language, language_name


def test_a_language_is_called_as_its_own_speakers_do() -> None:
    called = {"en": "English", "es": "Español", "es-419": "Español (Latinoamérica)", "zh": "中文"}

    assert {code: language_name(code) for code in called} == called


def test_what_is_no_known_language_stays_as_it_is_typed() -> None:
    for typed in ("qqq", "es_MX", "klingon", "en-", "-", "", "e\u0301s", "x" * 400):
        assert language_name(typed) == typed


def test_words_in_another_language_than_those_around_them_are_marked() -> None:
    assert in_language("Hola", "es-419") == '<span lang="es-419">Hola</span>'
    assert in_language("Hola", "es-419", "es") == "Hola"
    assert in_language("Hello", "") == "Hello"
