"""Finds the long name that an unknown word sounds and is spelled like, or none.

A name is claimed only when it is surely nearest: a word as near to two different drugs is left
alone, and so is every word that is a name or an everyday word itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog import Term
from indexer.analysis.languages import stopwords
from indexer.analysis.tokenizer import fold
from indexer.mishearing.medicines import EVERYDAY, OTHER_DRUGS, SPANISH_DRUGS
from indexer.mishearing.phonetics import respelled, skeleton

_KINDS = frozenset(("drug", "gene", "biomarker", "test"))
_SHORTEST_NAME = 7
# The names of tests and genes are nearer to everyday words.
_SHORTEST_OTHER = 9
_SHORTEST_WORD = 6
_FARTHEST = 3
_ENDINGS = ("nib", "mab", "sib")
_UNMISTAKABLE = ("inib", "anib", "enib", "imab", "umab", "amab", "asib", "rasib", "ciclib")
_LITTLE = stopwords("en") | stopwords("es")


class Slips(NamedTuple):
    """How many letters part two words as they sound, and how many consonants."""

    letters: int
    consonants: int

    @property
    def total(self) -> int:
        """Both together: what differs in its consonants is heard as another word."""
        return self.letters + self.consonants


class Likeness:
    """The long names of a glossary, to compare words with.

    `skeletons` are those of the drugs, `beginnings` all that these may begin with.
    """

    def __init__(self, glossary: Iterable[Term]) -> None:
        terms = tuple(glossary)
        self._known = frozenset(_known_words(terms))
        self._names = dict(_long_names(terms))
        # What is another medicine may be the nearest, and then nothing is claimed.
        others = {name: ("", name) for name in OTHER_DRUGS if name not in self._names}
        self._all: Mapping[str, tuple[str, str]] = {**self._names, **others}
        self._respelled = {name: respelled(name) for name in self._all}
        drugs = dict(_long_names(term for term in terms if term.kind == "drug"))
        self.skeletons = frozenset(map(skeleton, drugs))
        self.beginnings = frozenset(
            key[:length] for key in self.skeletons for length in range(1, len(key) + 1)
        )
        self.of_word = lru_cache(maxsize=200_000)(self._of_word)

    def _of_word(self, word: str) -> str:
        """Return the name that one folded word probably is; empty when it is none, surely."""
        if len(word) < _SHORTEST_WORD or not word.isalpha() or word in self._known:
            return ""
        return self._nearest(word, joined=False)

    def of_joined(self, pieces: Iterable[str]) -> str:
        """Return the name that adjacent folded words probably are, which captions parted.

        Names that are said whole are none: "tarceva a" is only Tarceva. Nor does a name end in a
        little word: "a fast in" is not Avastin.
        """
        parts = tuple(pieces)
        if parts[-1] in _LITTLE:
            return ""
        word = "".join(parts)
        if len(word) < _SHORTEST_WORD or not word.isalpha():
            return ""
        if word in self._known and word not in self._names:
            return ""
        if any(part in self._names or self.of_word(part) for part in parts):
            return ""
        return self._nearest(word, joined=True)

    def _nearest(self, word: str, *, joined: bool) -> str:
        near = self.nearest(word)
        if not near:
            return ""
        (best, likeness), *others = near
        mine, written = self._all[best]
        if not mine or not _alike(likeness, best, joined=joined):
            return ""
        rivals = (other.total for name, other in others if self._all[name][0] != mine)
        return written if likeness.total < next(rivals, 2 * _FARTHEST) else ""

    def perhaps(self, word: str) -> tuple[str, ...] | None:
        """Return the names that a word that is none may be, for a person to choose from.

        None for a word that does not sound like a medicine; empty for one that ends like them.
        """
        if len(word) < _SHORTEST_WORD or not word.isalpha() or word in self._known:
            return None
        names = tuple(
            self._all[name][1]
            for name, slips in self.nearest(word)
            if name.endswith(_ENDINGS) and slips.total <= _FARTHEST
        )
        return names[:2] if names or word.endswith(_UNMISTAKABLE) else None

    def nearest(self, word: str) -> list[tuple[str, Slips]]:
        """Return folded names within three slips of a word as it sounds, nearest first."""
        found = process.extract(
            respelled(word), self._respelled, scorer=OSA.distance, score_cutoff=_FARTHEST, limit=8
        )
        mine = skeleton(word)
        near = [
            (name, Slips(int(letters), OSA.distance(mine, skeleton(name))))
            for _, letters, name in found
        ]
        return sorted(near, key=lambda one: one[1].total)

    @property
    def written_names(self) -> tuple[str, ...]:
        """The long names as the glossary writes them."""
        return tuple(written for _, written in self._names.values())


def _alike(slips: Slips, name: str, *, joined: bool) -> bool:
    """Tell whether so many slips are few enough for a name of this length.

    The endings of medicines' names are in few other words, so there more may differ.
    """
    length = len(name)
    if joined or not name.endswith(_ENDINGS):
        most = length // 5 - (slips.consonants if length >= 9 else slips.consonants * 2)
    elif length < 9:
        most = 2 - slips.consonants
    else:
        most = 3 - slips.consonants
    return slips.letters <= most and slips.consonants <= (0 if joined else 1)


def _long_names(terms: Iterable[Term]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each long name as folded, with the term it belongs to and as it is written.

    Of a drug that has several words each long word is a name: "dabrafenib and trametinib".
    Other names of a term count when they are capitalised or surely a medicine; "inherited" is none.
    """
    for term in terms:
        if term.kind not in _KINDS:
            continue
        shortest = _SHORTEST_NAME if term.kind == "drug" else _SHORTEST_OTHER
        for name in (term.canonical, *term.variants):
            parts = name.replace("-", " ").split()
            if len(parts) > 1 and term.kind != "drug":
                continue
            for part in parts:
                folded = fold(part)
                proper = name == term.canonical or not part.islower() or folded in OTHER_DRUGS
                if len(folded) >= shortest and folded.isalpha() and proper:
                    several = len(parts) > 1 and name == term.canonical
                    yield folded, (folded if several else term.canonical, part)


def _known_words(terms: Iterable[Term]) -> Iterator[str]:
    """Yield every folded word that is right as it is."""
    yield from OTHER_DRUGS
    yield from SPANISH_DRUGS
    yield from EVERYDAY
    yield from _LITTLE
    for term in terms:
        for name in (term.canonical, *term.variants, *term.related, *term.spanish):
            yield from fold(name).replace("-", " ").split()
