from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.i18n.translations import LANGUAGES
from webapp.middleware.language import negotiated_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-419,es;q=0.9,en;q=0.8", "es"),
        ("ES_mx", "es"),
        ("en-GB,es;q=0.9", "en"),
        ("en;q=0.3, es;q=0.7", "es"),
        ("de, es;q=0.1", "es"),
        ("es;q=0, en", "en"),
        ("fr-FR,fr", "en"),
        ("*", "en"),
        (";q=1,,=,es;q=", "en"),
        ("es;q=nan", "en"),
    ],
)
def test_a_header_chooses_the_language_a_visitor_likes_best(header: str, language: str) -> None:
    assert negotiated_language(header) == language


@given(st.text(max_size=200))
def test_no_header_is_an_error(header: str) -> None:
    assert negotiated_language(header) in LANGUAGES
