"""The glossary as search sees it: which names mean the same, or nearly, as terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from catalog import Term
from indexer.analysis import tokens_of

How = Literal["same", "related", "near"]
Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to say what was asked: all of `terms` together, and how near it is.

    `same` means the same thing, `related` is broader, narrower or an everyday word, `near` is only
    spelled alike.
    """

    terms: Terms
    shown: str
    how: How


@dataclass(frozen=True, slots=True)
class _Entry:
    """One glossary term: its names in terms of the tokeniser, each with how it is meant."""

    names: tuple[Alternative, ...]


class Vocabulary:
    """Finds glossary names in a row of terms. Never changes; threads may share it."""

    def __init__(self, glossary: Iterable[Term], languages: Sequence[str]) -> None:
        self._entries: dict[Terms, list[tuple[_Entry, How]]] = {}
        self.terms: dict[str, str] = {}
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
            if len(name.terms) == 1 and name.shown not in term.misspellings:
                self.terms.setdefault(name.terms[0], name.shown)

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
                    found[other.terms] = Alternative(other.terms, other.shown, near)
        return tuple(sorted(found.values(), key=lambda other: other.how != "same"))


def _names(term: Term, languages: Sequence[str]) -> Iterator[Alternative]:
    """Yield every way to say a term, as each language's tokeniser cuts it."""
    written: tuple[tuple[How, tuple[str, ...]], ...] = (
        ("same", (term.canonical, *term.variants, *term.misspellings, *term.spanish)),
        ("related", term.related),
    )
    seen: set[Terms] = set()
    for how, names in written:
        for name in names:
            for language in languages:
                terms = tuple(token.term for token in tokens_of(name, language))
                if terms and terms not in seen:
                    seen.add(terms)
                    yield Alternative(terms, name, how)


NO_VOCABULARY = Vocabulary((), ("en",))
