from __future__ import annotations

import pytest

from catalog import Term
from catalog.model import Definition
from webapp.i18n.translations import Interface, shown_in
from webapp.presenters.browsing.glossary import (
    by_letter,
    definition_of,
    find_term,
    languages_of_names,
    said_of,
    term_asked,
    term_name,
    term_slug,
)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("PD-L1", "pd-l1"), ("next-generation sequencing", "next-generation-sequencing"),
     ("biopsia líquida", "biopsia-liquida"), ("ALK+", "alk-plus"), ("?", "")],
)  # fmt: skip
def test_a_term_has_an_address_of_plain_letters(name: str, slug: str) -> None:
    assert term_slug(name) == slug


def test_a_name_that_two_terms_share_leads_to_neither() -> None:
    terms = (Term("a", "drug", variants=("both",)), Term("b", "drug", variants=("both",)))

    assert find_term("both", terms) is None
    assert find_term("a", terms) == terms[0]


def test_terms_stand_under_their_letters() -> None:
    letters = by_letter([Term("b one", "test"), Term("Árbol", "test"), Term("4d scan", "test")])

    assert [(one.letter, len(one.terms)) for one in letters] == [("#", 1), ("A", 1), ("B", 1)]


def test_a_term_is_called_and_explained_in_the_language_of_the_page() -> None:
    definition = Definition({"en": "A test of blood.", "es": "Un análisis."}, "https://d.example")
    term = Term("liquid biopsy", "test", spanish=("biopsia líquida",), definition=definition)

    assert (term_name(term), definition_of(term)) == (("liquid biopsy", "en"), "A test of blood.")
    assert languages_of_names(term) == (("biopsia líquida", "es"),)
    with shown_in(Interface("es")):
        assert (term_name(term), definition_of(term)) == (("biopsia líquida", "es"), "Un análisis.")
        assert languages_of_names(term) == (("liquid biopsy", "en"),)


def test_a_definition_in_another_language_says_which() -> None:
    term = Term("scan", "test", definition=Definition({"en": "A picture."}, "https://d.example"))

    with shown_in(Interface("es")):
        assert definition_of(term) == '<span lang="en">A picture.</span>'
    assert definition_of(Term("scan", "test")) == ""


def test_only_terms_that_are_said_are_offered() -> None:
    said, silent = Term("scan", "test"), Term("MRI", "test")

    assert said_of((said, silent), {"scan": 3}) == (said,)


def test_a_question_about_one_word_alone_is_told_what_it_means() -> None:
    meant = Definition({"en": "Looking for changes."}, "https://example.org")
    testing = Term("biomarker testing", "test", variants=("molecular testing",), definition=meant)
    lung = [Term(f"lung {name}", "disease", definition=meant) for name in ("nodule", "mass")]
    terms = [testing, *lung, Term("scan", "test")]

    assert term_asked([("Molecular testing", "")], terms) == testing
    assert term_asked([("biomarkers", "")], terms) == testing
    assert term_asked([("biomarcador", "biomarker testing")], terms) == testing
    assert term_asked([("lung", "")], terms) is None
    assert term_asked([("scan", "")], terms) is None
    assert term_asked([("biomarker", ""), ("cost", "")], terms) is None
