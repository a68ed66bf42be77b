"""Everyday words that stand in place of one another."""

from __future__ import annotations

from indexer.query.everyday import sets_in, sets_of
from indexer.query.synonyms import listed_terms


def test_words_of_one_set_ask_the_same() -> None:
    exhausted, tired, hair = (listed_terms(word, "en") for word in ("exhausted", "tired", "hair"))

    assert sets_of(exhausted) & sets_of(tired)
    assert not sets_of(exhausted) & sets_of(hair)


def test_the_longest_phrase_is_found() -> None:
    terms = [*listed_terms("zebra", "en"), *listed_terms("pins and needles", "en")]

    ((begin, end, sets),) = sets_in(terms)

    assert (begin, end) == (1, len(terms))
    assert sets & sets_of(listed_terms("tingling", "en"))
