"""A word is the same whether all that is said was listed before or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catalog import Term
from indexer.analysis.tokenizer import tokens_of
from indexer.query.known_words import KnownWord
from indexer.query.spelling import Speller

SAID = ("scans", "metastases", "médica", "effects", "casas")
ASKED = (
    "scan",
    "scans",
    "effect",
    "metastasis",
    "medico",
    "casa",
    "lorbrena",
    "zzyzx",
    "the",
    "lung",
)


def speller(listing: Callable[[], None] = lambda: None) -> Speller:
    def spoken() -> list[KnownWord]:
        listing()
        return [KnownWord(word, 9) for word in SAID]

    def terms_of(word: str, language: str = "") -> tuple[str, ...]:
        return tuple(token.term for token in tokens_of(word, language or "en"))

    said = {term for word in SAID for term in terms_of(word)}
    drug = Term("lorlatinib", "drug", variants=("Lorbrena",))
    return Speller(spoken, (drug,), terms_of, lambda term: 9 * (term in said))


@pytest.mark.parametrize("typed", ASKED)
def test_a_word_is_known_and_said_or_not_before_and_after_all_are_listed(typed: str) -> None:
    listed = speller()
    for _ in range(100):
        listed.word("scan")

    for told in (Speller.knows, Speller.says, Speller.is_said, Speller.word):
        assert told(speller(), typed) == told(listed, typed)


def test_a_few_words_that_are_said_need_no_list_of_all() -> None:
    def fail() -> None:
        raise AssertionError

    known = speller(fail)

    assert known.knows("scans")
    assert known.is_said("effect")
    assert not known.says("lung")


@pytest.mark.parametrize(
    ("typed", "guesses"),
    [
        ("surgary", ["surgery"]),
        ("apointment", ["appointment"]),
        ("reprot", ["report"]),
        ("resort", []),
        ("denied", []),
    ],
)
def test_a_word_that_sounds_otherwise_is_no_misspelling(typed: str, guesses: list[str]) -> None:
    listed = [Term(word, "life") for word in ("surgery", "appointment", "report", "decide")]
    words = [KnownWord(term.canonical, 9) for term in listed]

    def terms_of(word: str, language: str = "") -> tuple[str, ...]:
        return tuple(token.term for token in tokens_of(word, language or "en"))

    stems = {stem for term in listed for stem in terms_of(term.canonical)}
    known = Speller(lambda: words, listed, terms_of, lambda term: 9 * (term in stems))

    assert [one.shown for one in known.near(typed)] == guesses
