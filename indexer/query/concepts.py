"""Concepts: cuts the words of a query into the things that it asks about.

A thing is a word, a name that the glossary knows, a measure, or an idiom.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec
from msgspec.structs import replace

from catalog import base_language
from indexer.analysis.analysed import Analyse, AnalysedText
from indexer.analysis.languages import is_same_word, query_languages
from indexer.analysis.tokenizer import Token, fold
from indexer.query.coordination import with_choices
from indexer.query.requirements import is_numbered, is_required, measures_in
from indexer.query.rewriting import idioms_in
from indexer.query.synonyms import (
    NO_VOCABULARY,
    SAME,
    Alternative,
    Concept,
    Fits,
    Name,
    Terms,
    Vocabulary,
    drop_denied,
    listed_terms,
)
from indexer.query.word_breaks import Respelled
from indexer.settings import SETTINGS

Near = Callable[[str], tuple[Alternative, ...]]


class Foreign(Protocol):
    """Tells words of another language than some."""

    def is_foreign(self, words: str, languages: Container[str]) -> bool:
        """Whether all of some words are."""

    def may_be_foreign(self, words: Iterable[str], languages: Container[str]) -> bool:
        """Whether one of some words may be."""


# A name has no more shorter ones inside it.
_LONGEST_PLACE = 8


class _Name(msgspec.Struct, frozen=True):
    """A run of the text that is one thing, by its characters.

    `exact` says that no other thing will do; `plain` are the terms that stand for an idiom.
    """

    start: int
    end: int
    alternatives: tuple[Alternative, ...] = ()
    exact: bool = False
    plain: tuple[str, ...] = ()


def respelled_names(
    vocabulary: Vocabulary, text: str, respelled: Iterable[Respelled]
) -> list[_Name]:
    """Say of what was joined, split or dictated what it may be called."""
    found = []
    for one in respelled:
        if one.name:
            terms = listed_terms(one.name, "en")
            guess = Alternative(terms, one.name, "near")
            others = (*_also_near(guess, vocabulary), guess)
            plain: tuple[str, ...] = (fold("".join(text[one.start : one.end].split())),)
        else:
            others, plain = vocabulary.alternatives(one.terms), one.terms
        exact = vocabulary.is_exact(plain)
        found.append(_Name(one.start, one.end, others, exact, plain))
    return found


def exact_names(places: Iterable[tuple[int, int]]) -> list[_Name]:
    """Make names of runs of the text that no other thing will do for."""
    return [_Name(*place, exact=True) for place in places]


def concepts_of(
    text: str,
    languages: Sequence[str],
    vocabulary: Vocabulary,
    near: Near,
    respelled: Sequence[_Name] = (),
    foreign: Foreign | None = None,
    analyse: Analyse = AnalysedText,
) -> tuple[Concept, ...]:
    """Find what a text asks about, in its order, each thing once.

    `near` finds what is spelled like a word that nobody ever says; `respelled` are words that were
    joined, split or dictated; `foreign` tells a name in another language than the text's.
    """
    words, shorter, names = _cut(analyse(text), languages, vocabulary, foreign)
    names = [*respelled, *names]
    if vocabulary is not NO_VOCABULARY:
        names += _idioms(text, vocabulary)
    found: dict[tuple[tuple[str, ...], ...], tuple[int, int, Concept]] = {}
    ordered = sorted(words)
    for name in _spans(ordered, names, len(text)):
        at = ordered[bisect_left(ordered, (name.start, 0)) : bisect_left(ordered, (name.end, 0))]
        inside = [tuple(words[word]) for word in at if word[1] <= name.end]
        inside = [(term,) for term in name.plain] or inside
        own = tuple(dict.fromkeys(inside))
        if not own or own in found:
            continue  # what the language of the question leaves out is a name in another
        parts = shorter.get((name.start, name.end), {})
        concept = _concept(text, name, own, vocabulary, near)
        found[own] = name.start, name.end, _with_shorter(concept, parts)
        if len(found) == SETTINGS.most_concepts:
            break
    return with_choices(text, found.values())


# The terms at each place of a text, by its characters.
_Places = dict[tuple[int, int], dict[str, None]]


def _cut(
    analysed: AnalysedText,
    languages: Sequence[str],
    vocabulary: Vocabulary,
    foreign: Foreign | None,
) -> tuple[_Places, _Places, list[_Name]]:
    """Cut a text into words, as the languages do that it may be in, and find names and measures.

    Beside the words of each place stands what a name with a number has in common with others.
    """
    words: _Places = {}
    shorter: _Places = {}
    names: list[_Name] = []
    text, languages = analysed.text, query_languages(languages)
    likely = {base_language(language) for language in analysed.language.likely(languages)}
    for language in analysed.language.ranked(languages):
        own = base_language(language)
        if own not in likely and own != "en" and not _may_be_foreign(foreign, analysed, likely):
            continue  # no name of it can be here
        tokens = analysed.terms(language)
        told = own not in likely or len(likely) == 1 or language == languages[0]
        within = _names(text, tokens, vocabulary, _Reading(own, told, foreign))
        if own in likely:
            names += (*within, *exact_names(measures_in(text, tokens)))
        else:
            names += (
                one for one in within if _are_foreign(foreign, text[one.start : one.end], likely)
            )
            if own != "en":
                continue
        # What the language of the question leaves out, another must not bring in again.
        known = set(words)
        for place, terms in _by_place(tokens).items():
            if not known or place in known:
                words.setdefault(place, {})[terms[-1]] = None
                shorter.setdefault(place, {}).update(dict.fromkeys(terms[:-1]))
    return words, shorter, names


def _are_foreign(foreign: Foreign | None, words: str, languages: Container[str]) -> bool:
    return foreign is not None and foreign.is_foreign(words, languages)


def _may_be_foreign(
    foreign: Foreign | None, analysed: AnalysedText, languages: Container[str]
) -> bool:
    words = [run.text for run in analysed.runs]
    return foreign is not None and foreign.may_be_foreign(words, languages)


def _concept(
    text: str, name: _Name, words: tuple[Terms, ...], vocabulary: Vocabulary, near: Near
) -> Concept:
    """Make the concept of a run of the text, of its words in their forms."""
    meant = drop_denied(name.alternatives, text[: name.start], text[name.end :])
    concept = Concept(text[name.start : name.end], words, meant)
    if len(words) == 1 and not name.alternatives:
        concept = replace(concept, alternatives=_guessed(concept.shown, vocabulary, near))
    required = name.exact or _is_required(concept, vocabulary)
    strict = bool(name.plain) or (required and not name.alternatives)
    return replace(concept, whole=len(words) > 1, strict=strict, required=required)


def _guessed(word: str, vocabulary: Vocabulary, near: Near) -> tuple[Alternative, ...]:
    """Guess what an unknown word was meant to be, and what that is also called."""
    guesses = near(word)
    same = (other for guess in guesses for other in _also_near(guess, vocabulary))
    return tuple({guess.terms: guess for guess in (*same, *guesses)}.values())


def _also_near(guess: Alternative, vocabulary: Vocabulary) -> Iterator[Alternative]:
    """Yield what else a guess is called, but not what only has its stem, as guesses."""
    also = vocabulary.alternatives(guess.terms, lambda name: fold(name.shown) == fold(guess.shown))
    yield from (replace(other, how="near") for other in also if other.how in SAME)


def _is_required(concept: Concept, vocabulary: Vocabulary) -> bool:
    """Whether a thing was asked for by number or by name, however it was spelled."""
    typed = is_required(concept.shown, [term for forms in concept.words for term in forms])
    near = (one for one in concept.alternatives if one.how == "near")
    return typed or any(vocabulary.is_exact(one.terms) for one in near)


def _idioms(text: str, vocabulary: Vocabulary) -> Iterator[_Name]:
    """Find the phrases that only people understand, each with what it stands for."""
    for start, end, plain, language in idioms_in(text):
        terms = listed_terms(plain, language)
        stands = Alternative(terms, plain, "same")
        yield _Name(start, end, (stands, *vocabulary.alternatives(terms)), plain=terms)


def _by_place(tokens: Sequence[Token]) -> dict[tuple[int, int], list[str]]:
    """Put together the terms of the same characters: a name is the last, behind shorter ones."""
    places: dict[tuple[int, int], list[str]] = {}
    for token in tokens:
        places.setdefault((token.start, token.end), []).append(token.term)
    return places


def _with_shorter(concept: Concept, shorter: Collection[str]) -> Concept:
    """Let what is inside a name stand for it, for less: "stage" for "stage 4"."""
    if len(concept.words) > 1 or not shorter:
        return concept
    parts = tuple(Alternative((term,), concept.shown, "shorter") for term in shorter)
    return replace(concept, alternatives=(*concept.alternatives, *parts))


@dataclass(frozen=True, slots=True)
class _Reading:
    """In which language a text is read, and whether anything but itself tells to read it so."""

    language: str
    told: bool
    foreign: Foreign | None

    def fits(self, words: str) -> Fits:
        """Make a test for names: whether these words of the text may be it.

        The stems of other languages join words that only look alike, such as "number" and "numb":
        there a name of one word has to be written so. When nothing tells the language of a text,
        only its own names are looked for.
        """

        def may_be(name: Name) -> bool:
            if name.stemmed_as != self.language or not (
                self.told or name.language == self.language
            ):
                return False
            if name.everyday and not self.told and not _are_foreign(self.foreign, words, ("en",)):
                return False
            shown = name.shown.split()
            stemmed = self.language != "en" and all(map(str.isalpha, (words, *shown)))
            return not stemmed or any(is_same_word(words, word) for word in shown)

        return may_be


def _names(
    text: str, tokens: Sequence[Token], vocabulary: Vocabulary, reading: _Reading
) -> Iterator[_Name]:
    """Find the names in a row of tokens, the longest first, none inside another."""
    terms = [token.term for token in tokens]
    at = 0
    while at < len(terms):
        # Only a name of one word depends on how it is written, and that is the word here.
        fits = reading.fits(text[tokens[at].start : tokens[at].end])
        length = vocabulary.longest_name(terms, at, fits)
        if length and _ends_inside_number(tokens, at + length):
            length = 0
        if length:
            name = tuple(terms[at : at + length])
            others, exact = vocabulary.alternatives(name, fits), vocabulary.is_exact(name, fits)
            yield _Name(tokens[at].start, tokens[at + length - 1].end, others, exact)
        at += max(1, length)


def _ends_inside_number(tokens: Sequence[Token], end: int) -> bool:
    """Whether what ends before a token leaves out the number of its name: "line" in "line 3"."""
    inside = tokens[end - 1]
    place = [one for one in tokens[end : end + _LONGEST_PLACE] if one[1:] == inside[1:]]
    return bool(place) and is_numbered(place[-1].term)


def _spans(words: Sequence[tuple[int, int]], names: Sequence[_Name], length: int) -> list[_Name]:
    """Cut the text into names and the words between them; a name within another belongs to it."""
    taken: list[_Name] = []
    covered = bytearray(length)
    ordered = sorted(names, key=lambda name: (name.start - name.end, name.start))
    for name in (*ordered, *(_Name(*place) for place in words)):
        if not any(covered[name.start : name.end]):
            covered[name.start : name.end] = b"\1" * (name.end - name.start)
            taken.append(name)
    return sorted(taken, key=lambda name: name.start)
