"""From the words of a query to concepts: each word or name with what else it may be called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis import Token, fold, tokens_of
from indexer.stopwords import stopwords
from indexer.vocabulary import Alternative, Vocabulary

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
    names: list[_Name] = []
    for language in asked_in(text, languages or ("en",)):
        tokens = tokens_of(text, language)
        names += _names(tokens, vocabulary)
        # What the language of the question leaves out, another must not bring in again.
        known = set(words)
        for token in tokens:
            if not known or (token.start, token.end) in known:
                words.setdefault((token.start, token.end), {})[token.term] = None
    found: dict[tuple[tuple[str, ...], ...], Concept] = {}
    for start, end, alternatives in _spans(list(words), names):
        inside = [tuple(terms) for at, terms in words.items() if start <= at[0] and at[1] <= end]
        concept = Concept(text[start:end], tuple(dict.fromkeys(inside)), alternatives)
        if len(inside) == 1 and not alternatives:
            shown = concept.shown
            concept = Concept(shown, concept.words, near(shown))
        found.setdefault(concept.words, concept)
    return tuple(found.values())


def asked_in(text: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Order languages by how many of their little words a text holds, the likeliest first."""
    said = [fold(word) for word in re.findall(r"[^\W\d_]{2,}", text)]
    hits = {language: sum(w in stopwords(language) for w in said) for language in languages}
    return tuple(sorted(languages, key=lambda language: -hits[language]))


def _names(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[_Name]:
    """Find the names in a row of tokens, the longest first, none inside another."""
    terms = [token.term for token in tokens]
    at = 0
    while at < len(terms):
        length = vocabulary.longest_name(terms, at)
        if length:
            alternatives = vocabulary.alternatives(tuple(terms[at : at + length]))
            yield _Name(tokens[at].start, tokens[at + length - 1].end, alternatives)
        at += max(1, length)


def _spans(
    words: Sequence[tuple[int, int]], names: Sequence[_Name]
) -> list[tuple[int, int, tuple[Alternative, ...]]]:
    """Cut the text into names and the words between them; a name within another belongs to it."""
    taken: list[tuple[int, int, tuple[Alternative, ...]]] = []
    for name in sorted(names, key=lambda name: (name.start - name.end, name.start)):
        if all(name.end <= start or end <= name.start for start, end, _ in taken):
            taken.append((name.start, name.end, name.alternatives))
    for start, end in words:
        if all(end <= first or last <= start for first, last, _ in taken):
            taken.append((start, end, ()))
    return sorted(taken)
