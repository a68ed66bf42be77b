"""Which name a word surely is as it sounds, and which it never is."""

from itertools import product
from pathlib import Path

from catalog import Library, load_catalogue
from indexer.mishearing.similarity import OTHER_DRUGS, NameMatcher

SHIPPED = load_catalogue(Library(Path("no-such-library")))


def test_no_drug_that_is_known_is_ever_another() -> None:
    names = {
        word.lower()
        for term in SHIPPED.terms
        if term.kind == "drug"
        for name in (term.canonical, *term.variants)
        for word in name.split()
    }
    matcher = NameMatcher(SHIPPED.terms)

    assert {name: matcher.match(name) for name in names | OTHER_DRUGS if matcher.match(name)} == {}
    pairs = ((first, second) for first, second in product(names, names))
    assert [pair for pair in pairs if matcher.match_joined(pair)] == []
