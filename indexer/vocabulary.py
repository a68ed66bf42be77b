"""The glossary as search sees it: which names mean the same, or nearly, as terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from catalog import Term
from indexer.analysis import tokens_of

How = Literal["same", "related", "near", "heard"]
Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to say what was asked: all of `terms` together, and how near it is.

    `same` means the same thing, `related` is broader, narrower or an everyday word, `near` is only
    spelled alike, `heard` is where it was probably misheard. `tongue` is the language of a name
    that belongs to one.
    """

    terms: Terms
    shown: str
    how: How
    tongue: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One glossary term: its names in terms of the tokeniser, each with how it is meant."""

    names: tuple[Alternative, ...]


class Vocabulary:
    """Finds glossary names in a row of terms. Never changes; threads may share it."""

    def __init__(self, glossary: Iterable[Term], languages: Sequence[str]) -> None:
        self._entries: dict[Terms, list[tuple[_Entry, How]]] = {}
        for term in glossary:
            self._add(term, languages or ("en",))
        self._longest = max(map(len, self._entries), default=1)

    def _add(self, term: Term, languages: Sequence[str]) -> None:
        names = tuple(_names(term, languages))
        entry = _Entry(tuple(name for name in names if name.shown not in term.misspellings))
        for name in names:
            known = self._entries.setdefault(name.terms, [])
            if all(other is not entry for other, _ in known):
                known.append((entry, name.how))

    def longest_name(self, terms: Sequence[str], at: int) -> int:
        """How many of the terms from `at` on make the longest name that the glossary knows."""
        for length in range(min(self._longest, len(terms) - at), 0, -1):
            if tuple(terms[at : at + length]) in self._entries:
                return length
        return 0

    def alternatives(self, name: Terms) -> tuple[Alternative, ...]:
        """Return what else a name is called, nearest first. None of them is the name itself."""
        found: dict[Terms, Alternative] = {}
        for entry, how in self._entries.get(name, ()):
            for other in entry.names:
                if other.terms == name:
                    continue
                # From an everyday word to the thing and back, both ways are only related.
                near: How = "same" if how == other.how == "same" else "related"
                if other.terms not in found or near == "same":
                    found[other.terms] = replace(other, how=near)
        return tuple(sorted(found.values(), key=lambda other: other.how != "same"))


def _names(term: Term, languages: Sequence[str]) -> Iterator[Alternative]:
    """Yield every way to say a term, as each language's tokeniser cuts it; Spanish as Spanish."""
    written: tuple[tuple[How, str, tuple[str, ...]], ...] = (
        ("same", "", (term.canonical, *term.variants, *term.misspellings)),
        ("same", "es", term.spanish),
        ("related", "", term.related),
    )
    seen: set[Terms] = set()
    for how, tongue, names in written:
        for name in names:
            for language in (tongue,) if tongue else languages:
                terms = tuple(token.term for token in tokens_of(name, language))
                if terms and terms not in seen:
                    seen.add(terms)
                    yield Alternative(terms, name, how, tongue)


NO_VOCABULARY = Vocabulary((), ("en",))
