"""Spelling correction: for a word that nobody says, those that are spelled or sound alike."""

import re
from collections.abc import Callable, Container, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from catalog import Term
from indexer.analysis.languages import folded_forms, single, stopwords, written_for
from indexer.analysis.tokenizer import fold
from indexer.mishearing.similarity import OTHER_DRUGS, SPANISH_DRUGS
from indexer.query.known_words import KnownWord, english_words, glossary_words, together
from indexer.query.near_words import NearWords, may_sound_alike
from indexer.query.synonyms import Alternative, Terms

# Short words are like too many others: they may be offered, but are not searched for.
_SHORTEST = 4
_SHORTEST_SEARCHED = 6
_SHORTEST_NAME_SEARCHED = 5
_SHORTEST_BEGINNING = 4
_LONGEST = 40
_MOST = 2
# Nobody lists the everyday words of a language. A word as short as this that nobody says is more
# likely one of them than misspelled, unless it is like a name of the field.
_EVERYDAY = 5
_MEDICINES = OTHER_DRUGS | SPANISH_DRUGS
_TOLD = ("en", "es")
_ROMAN = re.compile(r"[ivx]+")


_UNSAID = KnownWord("", 0)
# So many words are looked up by their terms before all that is said is listed.
_FEW = 50


class Analyzer(Protocol):
    """Makes a word's terms, in a language or in the first one; none when it says nothing."""

    def __call__(self, word: str, language: str = "") -> tuple[str, ...]:
        """Make the terms of a word."""


class Speller:
    """Knows the words of an index and of the glossary. Threads may share it.

    Nothing that anybody typed is kept: a misspelled word may be all that says who is ill with what.

    `spoken` gives the words as they are said, and is asked only once a word is unknown; `glossary`
    are the terms that are also known; `terms_of` makes a word's terms (`listed_as` those of the
    glossary's names), and `said` tells how many passages hold a term. Medicines that the glossary
    does not have are known, and none is ever taken for another.
    """

    def __init__(
        self,
        spoken: Callable[[], Iterable[KnownWord]],
        glossary: Iterable[Term],
        terms_of: Analyzer,
        said: Callable[[str], int],
        listed_as: Callable[[str], tuple[str, ...]] | None = None,
        languages: Sequence[str] = ("",),
    ) -> None:
        self._spoken = spoken
        self._terms_of = terms_of
        self._listed_as = listed_as or terms_of
        self._said = said
        self._languages = languages
        self._asked = 0
        self._glossary = tuple(glossary)
        self._names = glossary_words(self._glossary)
        self._pairs = {
            pair
            for term in self._glossary
            for name in (term.canonical, *term.variants, *term.related, *term.spanish)
            for pair in pairwise(fold(name).split())
        }
        # Which medicine each name is of.
        self._medicines = {name: name for name in _MEDICINES} | {
            fold(name): term.canonical
            for term in self._glossary
            if term.kind == "drug"
            for name in (term.canonical, *term.variants, *term.spanish)
        }

    @cached_property
    def _listed(self) -> frozenset[str]:
        """The terms of every word of the glossary's English."""
        words = english_words(self._glossary)
        return frozenset(made for word in words for made in self._listed_as(word))

    @cached_property
    def _listed_words(self) -> frozenset[str]:
        """The forms of every word of its Spanish."""
        words = {word for term in self._glossary for name in term.spanish for word in name.split()}
        return frozenset(form for word in words for form in folded_forms(word))

    @cached_property
    def _words(self) -> dict[str, KnownWord]:
        """Every word that may be meant, by how it is compared."""
        words: dict[str, KnownWord] = {}
        for word in self._spoken():
            words[fold(word.text)] = together(words.get(fold(word.text)), word)
        for folded, name in self._names.items():
            words[folded] = together(words.get(folded), name)
        return words

    @cached_property
    def _near(self) -> NearWords:
        """The words, and medicines nobody speaks of, to be looked through for what is near."""
        return NearWords(self._words, self._medicines)

    @cached_property
    def _written(self) -> frozenset[str]:
        """Every word that is said, folded; see `written_for`."""
        return frozenset(single(word.text) for word in self._words.values() if word.said)

    def _is_written(self, folded: str) -> bool:
        return not self._written.isdisjoint(written_for(folded))

    def _is_new(self) -> bool:
        """Whether few words were asked for: then every word that is said is not yet listed.

        Most questions have none that nobody says, and one alone need not wait for the list.
        """
        self._asked += 1
        return self._asked < _FEW and "_words" not in vars(self)

    def _may_be_said(self, typed: str) -> bool:
        """Whether a word may be said, as far as its terms tell."""
        each = [self._terms_of(typed, language) for language in self._languages]
        return not all(each) or any(self._said(term) for terms in each for term in terms)

    def is_said(self, typed: str) -> bool:
        """Whether a word is said, as it is written or in another form."""
        if not self._is_new() and self._is_written(fold(typed)):
            return True
        return any(map(self._said, self._terms_of(typed))) or self._is_written(fold(typed))

    def knows(self, typed: str) -> bool:
        """Whether a word is said, is a glossary's word, or only holds sentences together.

        In the first language it is known by its stem; in others only as it is written.
        """
        folded = fold(typed)
        if folded in _MEDICINES or (self._is_new() and any(map(self._said, self._terms_of(typed)))):
            return True
        if self._is_written(folded) or folded in self._listed_words:
            return True
        terms = self._terms_of(typed)
        if not terms or not self._terms_of(typed, "es"):
            return True
        return any(term in self._listed or self._said(term) for term in terms)

    def says(self, typed: str) -> bool:
        """Whether a word is said as it is written, but for accents, number and gender."""
        if self._is_new() and not any(map(self._may_be_said, written_for(fold(typed)))):
            return False
        return self._is_written(fold(typed))

    def is_foreign(self, words: str, languages: Container[str]) -> bool:
        """Whether none of some words is said, listed, or a filler in these languages."""
        for word in fold(words).split():
            known = self._words.get(word)
            own = known is not None and (
                not known.languages or any(one in languages for one in known.languages)
            )
            if own or not word.isalpha() or any(word in stopwords(one) for one in _TOLD):
                return False
        return True

    def may_be_foreign(self, words: Iterable[str], languages: Container[str]) -> bool:
        """Whether one of some words may be; before every word is listed that is not told."""
        return "_words" not in vars(self) or any(self.is_foreign(one, languages) for one in words)

    def together(self, first: str, second: str) -> bool:
        """Whether two words stand side by side in a name of the glossary."""
        return (fold(first), fold(second)) in self._pairs

    def name(self, typed: str) -> str | None:
        """Return a name that the glossary has, also when typed in one word, as it is written."""
        found = self._names.get(fold(typed))
        return found.text if found else None

    def word(self, typed: str) -> KnownWord | None:
        """Return a word that is said, or that the glossary has, as it is written."""
        folded = fold(typed)
        if self._is_new() and folded not in self._names and not self._may_be_said(typed):
            return None
        return self._words.get(folded)

    def near(self, typed: str, language: str = "") -> tuple[Alternative, ...]:
        """Find what to search for instead of a word that is never said; nothing for a short one."""
        length = len(fold(typed))
        found: dict[Terms, Alternative] = {}
        close = self._close(typed, language)
        if not close:
            return ()
        for word in () if self._is_ambiguous(close) else self._nearest(close):
            if length >= (_SHORTEST_NAME_SEARCHED if word.listed else _SHORTEST_SEARCHED):
                stemmed_as = "es" if "es" in word.languages and (language or "es") == "es" else ""
                made = [self._terms_of(part, stemmed_as)[:1] for part in word.text.split()]
                terms = tuple(term for one in made for term in one)
                if terms:
                    found.setdefault(terms, Alternative(terms, word.text, "near"))
        return tuple(found.values())[:_MOST]

    def begun(self, typed: str) -> tuple[KnownWord, ...]:
        """Find the medicines that are said whose name begins as an unknown word does.

        Each once, by the name that begins so; the most said first.
        """
        word = fold(typed)
        if len(word) < _SHORTEST_BEGINNING or word in self._medicines:
            return ()
        found: dict[str, KnownWord] = {}
        for name in [one for one in self._medicines if one.startswith(word)]:
            known, medicine = self._words.get(name), self._medicines[name]
            if known and known.said > found.get(medicine, _UNSAID).said:
                found[medicine] = known
        return tuple(sorted(found.values(), key=lambda one: (-one.said, one.text)))

    def alike(self, typed: str, language: str = "") -> tuple[KnownWord, ...]:
        """Find the words nearest to one that is unknown, all equally near, likeliest first.

        They are of the language of the question, if that is told. A glossary's word may be further
        off than one that is only said somewhere. Nothing is found where another medicine may be
        meant.
        """
        return self._nearest(self._close(typed, language))

    def _nearest(self, close: Sequence[tuple[int, str]]) -> tuple[KnownWord, ...]:
        nearest = min((distance for distance, _ in close), default=0)
        equal = [other for distance, other in close if distance == nearest]
        if any(other not in self._words for other in equal):
            return ()
        words = (self._words[other] for other in equal if self.knows(other))
        return tuple(sorted(words, key=lambda other: (-other.said, other.text)))

    def _is_ambiguous(self, close: Sequence[tuple[int, str]]) -> bool:
        """Whether two medicines are about as near: then none is searched for."""
        nearest = min((distance for distance, _ in close), default=0)
        reach = nearest + (nearest > 1)
        meant = {self._medicines.get(other) for distance, other in close if distance <= reach}
        return len(meant - {None}) > 1

    def _close(self, typed: str, language: str) -> list[tuple[int, str]]:
        """Find the words that may be meant by one that is unknown, with how far each is."""
        word = fold(typed)
        guessable = _SHORTEST <= len(word) <= _LONGEST and word.isalpha()
        if not guessable or _ROMAN.fullmatch(word) or self.knows(typed):
            return []
        most = 1 if len(word) <= 5 else 2 if len(word) <= 9 else 3
        return [
            (distance, other)
            for distance, other in self._near.within(word, most)
            if self._may_be_meant(word, other, distance, language)
        ]

    def _may_be_meant(self, typed: str, other: str, distance: int, language: str) -> bool:
        """Whether a word so far from what was typed may be what was meant."""
        word = self._words.get(other)
        if word is None:
            return True
        if language and word.languages and language not in word.languages:
            return False
        if len(typed) <= _EVERYDAY:
            return word.technical
        if not word.technical and not may_sound_alike(typed, other):
            return False
        return word.listed or distance <= 1
