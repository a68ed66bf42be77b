"""What a word that nobody ever says may have been meant to be: words spelled or sounding alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog import Term
from indexer.analysis import fold
from indexer.vocabulary import Alternative, Terms

# Short words are like too many others: they may be offered, but are not searched for.
_SHORTEST = 4
_SHORTEST_SEARCHED = 6
_SHORTEST_NAME_SEARCHED = 5
_LONGEST = 40
_MOST = 2


@dataclass(frozen=True, slots=True)
class Written:
    """A word as it is written, and how often it is said; `listed` when the glossary has it."""

    text: str
    said: int
    listed: bool = False


class Speller:
    """Knows the words of an index and of the glossary. Threads may share it.

    `spoken` gives the words as they are said, and is asked only once a word is unknown; `glossary`
    are the terms that are also known; `terms_of` makes a word's terms in every language, and `said`
    tells how many passages hold a term.
    """

    def __init__(
        self,
        spoken: Callable[[], Iterable[Written]],
        glossary: Iterable[Term],
        terms_of: Callable[[str], tuple[str, ...]],
        said: Callable[[str], int],
    ) -> None:
        self._spoken = spoken
        self._terms_of = terms_of
        self._said = said
        self._names: dict[str, str] = {}
        self._listed: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        for term in glossary:
            self._list(term)
        self.knows = lru_cache(maxsize=10_000)(self._knows)
        self.near = lru_cache(maxsize=10_000)(self._near)
        self.alike = lru_cache(maxsize=10_000)(self._find)

    def _list(self, term: Term) -> None:
        """Take a glossary term in: its names may be offered, every word of them is known."""
        names = (term.canonical, *term.variants, *term.related, *term.spanish)
        words = {word for name in names for word in name.split()}
        self._pairs.update(pair for name in names for pair in pairwise(fold(name).split()))
        own = (*filter(str.isupper, words), *names)
        joined = ((name.replace(" ", ""), name) for name in own)
        self._names.update((fold(word), name) for word, name in joined if word.isalpha())
        known = (*words, *names, *term.misspellings)
        self._listed.update(t for name in known for t in self._terms_of(name))

    @cached_property
    def _words(self) -> dict[str, Written]:
        """Every word that may be meant, by how it is compared."""
        words = {fold(word.text): word for word in self._spoken()}
        for folded, name in self._names.items():
            known = words.get(folded)
            words[folded] = Written(name, known.said if known else 0, listed=True)
        return words

    @cached_property
    def _by_shape(self) -> dict[tuple[str, int], list[str]]:
        """The words by their first letter and their length."""
        shapes: dict[tuple[str, int], list[str]] = defaultdict(list)
        for folded in self._words:
            shapes[folded[0], len(folded)].append(folded)
        return dict(shapes)

    def _knows(self, typed: str) -> bool:
        """Tell whether a word is said, is a glossary's word, or only holds sentences together."""
        terms = self._terms_of(typed)
        return not terms or any(term in self._listed or self._said(term) for term in terms)

    def together(self, first: str, second: str) -> bool:
        """Tell whether two words stand side by side in a name of the glossary."""
        return (fold(first), fold(second)) in self._pairs

    def name(self, typed: str) -> str | None:
        """Return a name that the glossary has, also when typed in one word, as it is written."""
        return self._names.get(fold(typed))

    def word(self, typed: str) -> Written | None:
        """Return a word that is said, or that the glossary has, as it is written."""
        return self._words.get(fold(typed))

    def _near(self, typed: str) -> tuple[Alternative, ...]:
        """Find what to search for instead of a word that is never said; nothing for a short one."""
        length = len(fold(typed))
        found: dict[Terms, Alternative] = {}
        for word in self.alike(typed):
            if length >= (_SHORTEST_NAME_SEARCHED if word.listed else _SHORTEST_SEARCHED):
                made = [self._terms_of(part)[:1] for part in word.text.split()]
                terms = tuple(term for one in made for term in one)
                if terms:
                    found.setdefault(terms, Alternative(terms, word.text, "near"))
        return tuple(found.values())[:_MOST]

    def _find(self, typed: str) -> tuple[Written, ...]:
        """Find the words nearest to one that is unknown, all equally near, likeliest first.

        A glossary's word may be further off than one that is only said somewhere.
        """
        word = fold(typed)
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or self.knows(typed):
            return ()
        most = 1 if len(word) <= 5 else 2 if len(word) <= 9 else 3
        found = process.extract(
            word, self._candidates(word, most), scorer=OSA.distance, score_cutoff=most, limit=40
        )
        close = [
            (distance, self._words[other])
            for other, distance, _ in found
            if self._words[other].listed or distance <= max(1, most - 1)
        ]
        nearest = min((distance for distance, _ in close), default=0)
        equal = [word for distance, word in close if distance == nearest and self.knows(word.text)]
        return tuple(sorted(equal, key=lambda other: (-other.said, other.text)))

    def _candidates(self, word: str, slips: int) -> list[str]:
        """Take words of about the same length that begin alike, as misspelled words nearly do."""
        first = {word[0], *_SOUND_ALIKE.get(word[0], "")}
        return [
            other
            for letter in sorted(first)
            for length in range(len(word) - slips, len(word) + slips + 1)
            for other in self._by_shape.get((letter, length), ())
        ]


_SOUND_ALIKE = {
    "c": "ks", "k": "cq", "s": "cz", "z": "sx", "x": "z", "f": "p", "p": "f", "j": "g", "g": "j",
    "i": "ey", "e": "ia", "y": "i", "n": "kp", "q": "k", "a": "eo", "o": "a", "u": "o",
}  # fmt: skip
