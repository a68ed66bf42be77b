from __future__ import annotations

import pytest

from catalog import Term
from webapp.presenters.glossary import by_letter, find_term, term_slug


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
