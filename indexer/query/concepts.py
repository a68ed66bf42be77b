"""From the words of a query to concepts: each word or name with what else it may be called."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from catalog import base_language
from indexer.analysis.languages import asked_in, likely_asked_in, may_be_asked_in, written_alike
from indexer.analysis.tokenizer import Token, fold, tokens_of
from indexer.query.synonyms import Alternative, Fits, Name, Vocabulary, without_denied
from indexer.settings import SETTINGS

Near = Callable[[str], tuple[Alternative, ...]]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that is asked about.

    `words` are its own words, each as the terms that the languages make of it; `alternatives` is
    what else it may be called.
    """

    shown: str
    words: tuple[tuple[str, ...], ...]
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class _Name:
    """A run of the text that the glossary knows, by its characters."""

    start: int
    end: int
    alternatives: tuple[Alternative, ...]


def concepts_of(
    text: str, languages: Sequence[str], vocabulary: Vocabulary, near: Near
) -> tuple[Concept, ...]:
    """Find what a text asks about, in its order, each thing once.

    `near` finds what is spelled like a word that nobody ever says.
    """
    words: dict[tuple[int, int], dict[str, None]] = {}
    shorter: dict[tuple[int, int], dict[str, None]] = {}
    names: list[_Name] = []
    languages = may_be_asked_in(languages)
    likely = {base_language(language) for language in likely_asked_in(text, languages)}
    for language in asked_in(text, languages):
        tokens = tokens_of(text, language)
        told = len(likely) == 1 or language == languages[0]
        if base_language(language) in likely:
            names += _names(text, tokens, vocabulary, _Reading(base_language(language), told))
        elif base_language(language) != "en":
            continue
        # What the language of the question leaves out, another must not bring in again.
        known = set(words)
        for place, terms in _by_place(tokens).items():
            if not known or place in known:
                words.setdefault(place, {})[terms[-1]] = None
                shorter.setdefault(place, {}).update(dict.fromkeys(terms[:-1]))
    found: dict[tuple[tuple[str, ...], ...], Concept] = {}
    ordered = sorted(words)
    for start, end, alternatives in _spans(ordered, names, len(text)):
        at = ordered[bisect_left(ordered, (start, 0)) : bisect_left(ordered, (end, 0))]
        inside = [tuple(words[word]) for word in at if word[1] <= end]
        if not inside:
            continue  # what the language of the question leaves out is a name in another
        meant = without_denied(alternatives, text[:start], text[end:])
        concept = Concept(text[start:end], tuple(dict.fromkeys(inside)), meant)
        if len(inside) == 1 and not alternatives:
            concept = replace(concept, alternatives=_guessed(concept.shown, vocabulary, near))
        if len(inside) == 1:
            concept = _with_shorter(concept, shorter.get((start, end), ()))
        found.setdefault(concept.words, concept)
        if len(found) == SETTINGS.most_concepts:
            break
    return tuple(found.values())


def _guessed(word: str, vocabulary: Vocabulary, near: Near) -> tuple[Alternative, ...]:
    """Guess what an unknown word was meant to be, and what that is also called."""
    guesses = near(word)
    also = (other for guess in guesses for other in _also_called(guess, vocabulary))
    same = (replace(other, how="near") for other in also if other.how == "same")
    return tuple({guess.terms: guess for guess in (*same, *guesses)}.values())


def _also_called(guess: Alternative, vocabulary: Vocabulary) -> tuple[Alternative, ...]:
    """Return what else a word is called, but not what only has its stem."""
    return vocabulary.alternatives(guess.terms, lambda name: fold(name.shown) == fold(guess.shown))


def _by_place(tokens: Sequence[Token]) -> dict[tuple[int, int], list[str]]:
    """Put together the terms of the same characters: a name is the last, behind shorter ones."""
    places: dict[tuple[int, int], list[str]] = {}
    for token in tokens:
        places.setdefault((token.start, token.end), []).append(token.term)
    return places


def _with_shorter(concept: Concept, shorter: Iterable[str]) -> Concept:
    """Let what is inside a name stand for it, for less: "stage" for "stage 4"."""
    parts = tuple(Alternative((term,), concept.shown, "related") for term in shorter)
    return replace(concept, alternatives=(*concept.alternatives, *parts))


@dataclass(frozen=True, slots=True)
class _Reading:
    """In which language a text is read, and whether anything but itself tells to read it so."""

    language: str
    told: bool

    def fits(self, words: str) -> Fits:
        """Tell of a name whether these words of the text may be it.

        The stems of other languages join words that only look alike, such as "number" and "numb":
        there a name of one word has to be written so. When nothing tells the language of a text,
        only its own names are looked for.
        """

        def may_be(name: Name) -> bool:
            if name.language != self.language or not (self.told or name.tongue == self.language):
                return False
            shown = name.shown.split()
            stemmed = self.language != "en" and all(map(str.isalpha, (words, *shown)))
            return not stemmed or any(written_alike(words, word) for word in shown)

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
        if length:
            alternatives = vocabulary.alternatives(tuple(terms[at : at + length]), fits)
            yield _Name(tokens[at].start, tokens[at + length - 1].end, alternatives)
        at += max(1, length)


def _spans(
    words: Sequence[tuple[int, int]], names: Sequence[_Name], length: int
) -> list[tuple[int, int, tuple[Alternative, ...]]]:
    """Cut the text into names and the words between them; a name within another belongs to it."""
    taken: list[tuple[int, int, tuple[Alternative, ...]]] = []
    covered = bytearray(length)
    ordered = sorted(names, key=lambda name: (name.start - name.end, name.start))
    spans = [(name.start, name.end, name.alternatives) for name in ordered]
    for start, end, alternatives in (*spans, *((start, end, ()) for start, end in words)):
        if not any(covered[start:end]):
            covered[start:end] = b"\1" * (end - start)
            taken.append((start, end, alternatives))
    return sorted(taken)
