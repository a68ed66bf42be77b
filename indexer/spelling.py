"""What a word that nobody ever says may have been meant to be: words spelled or sounding alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.analysis import tokens_of
from indexer.vocabulary import Alternative

_SHORTEST = 5
_MOST = 2


class Speller:
    """Knows the words of an index and of the glossary. Threads may share it.

    `words` maps each term to the name the glossary has for it, if it has one; `said` tells how
    often a term is said, `written` how it is written where it is said.
    """

    def __init__(
        self, words: Mapping[str, str], said: Callable[[str], int], written: Callable[[str], str]
    ) -> None:
        self._words = words
        self._said = said
        self._written = written
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if len(word) >= _SHORTEST and word.isalpha():
                self._by_letter[word[0]].append(word)
        self.near = lru_cache(maxsize=10_000)(self._near)

    def _near(self, typed: str) -> tuple[Alternative, ...]:
        """Find the words most like one that is never said; none for a word that is, or is short."""
        terms = [token.term for token in tokens_of(typed)]
        if len(terms) != 1 or len(terms[0]) < _SHORTEST or not terms[0].isalpha():
            return ()
        (term,) = terms
        if term in self._words:
            return ()
        best = self._alike(term)
        return tuple(
            Alternative((word,), self._words[word] or self._written(word), "near")
            for word in best[:_MOST]
        )

    def _alike(self, term: str) -> list[str]:
        """Find words within one or two slips of the keyboard or the ear, likeliest first."""
        slips = 1 if len(term) <= 6 else 2 if len(term) <= 9 else 3
        found = process.extract(
            term,
            self._candidates(term, slips),
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=20,
        )
        ranked = sorted(found, key=lambda one: (one[1], -self._said(one[0]), one[0]))
        return [word for word, distance, _ in ranked if distance == ranked[0][1]]

    def _candidates(self, term: str, slips: int) -> list[str]:
        """Take words of about the same length that begin alike, as misspelled words nearly do."""
        first = {term[0], *_SOUND_ALIKE.get(term[0], "")}
        return [
            word
            for letter in first
            for word in self._by_letter.get(letter, ())
            if abs(len(word) - len(term)) <= slips
        ]


_SOUND_ALIKE = {
    "c": "ks", "k": "cq", "s": "cz", "z": "sx", "x": "z", "f": "p", "p": "f", "j": "g", "g": "j",
    "i": "ey", "e": "ia", "y": "i", "n": "kp", "q": "k", "a": "eo", "o": "a", "u": "o",
}  # fmt: skip
