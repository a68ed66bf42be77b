"""Slips of the pen: whether a word is another one with a letter wrong, or written by its sound."""

import re
from collections.abc import Iterable
from enum import Enum, auto

from rapidfuzz import process
from rapidfuzz.distance import OSA

# A word so short with one letter wrong is too often a word of its own: only a swap is told.
SHORT = 4
# Words so long may have two letters wrong.
LONG = 8
_VOWELS = frozenset("aeiouy")
# Letters that are heard alike, in English and Spanish.
_HEARD_ALIKE = (
    ("ph", "f"), ("rh", "r"), ("sce", "se"), ("sci", "si"), ("ce", "se"), ("ci", "si"),
    ("cy", "sy"), ("z", "s"), ("v", "b"), (" h", " "), (" ps", " s"), ("ck", "c"), ("q", "c"),
    ("y", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
# Only with one of these is a word not written by its sound already.
_UNLIKE = re.compile(r"ph|rh|sc[ei]|c[eiky]|[zvqy]|^h|^ps|(.)\1")


class Typo(Enum):
    """How sure it is that a word was meant to be another.

    Letters swapped, doubled, left out or put in, and one vowel for another are LIKELY; a consonant
    for another is only POSSIBLE, since that is how words differ that are spelled right (fewer and
    fever).
    """

    NONE = auto()
    POSSIBLE = auto()
    LIKELY = auto()


def typo_of(typed: str, meant: str) -> Typo:
    """How sure it is that `typed` is `meant` with one letter wrong, but never its first.

    A word of four letters can only have two of them swapped, a shorter one none wrong.
    """
    if typed == meant or typed[:1] != meant[:1] or min(len(typed), len(meant)) < SHORT:
        return Typo.NONE
    if OSA.distance(typed, meant, score_cutoff=1) != 1:
        return Typo.NONE
    wrong = [pair for pair in zip(typed, meant, strict=False) if pair[0] != pair[1]]
    swapped = len(typed) == len(meant) and len(wrong) > 1
    if len(meant) == SHORT and not swapped:
        return Typo.NONE
    if len(typed) == len(meant) and not swapped and not _VOWELS.issuperset(wrong[0]):
        return Typo.POSSIBLE
    return Typo.LIKELY


def by_sound(word: str) -> str:
    """A word with what is heard alike written alike: `dyarrhea` is `diarea`."""
    if not _UNLIKE.search(word):
        return word
    word = f" {word}"
    for written, heard in _HEARD_ALIKE:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word[1:])


class Slips:
    """Finds the word of a list that was meant, where a word is none of a second list either."""

    def __init__(self, meant: Iterable[str], spelled_right: Iterable[str]) -> None:
        self._right = frozenset(spelled_right) | (words := frozenset(meant))
        self._by_letter: dict[str, dict[str, str]] = {}
        for word in sorted(words):
            if len(word) >= SHORT and word.isalpha():
                sound = by_sound(word)
                self._by_letter.setdefault(sound[:1], {}).setdefault(sound, word)
        self._sounds = {letter: list(words) for letter, words in self._by_letter.items()}

    def mended(self, word: str) -> str:
        """The word that was meant; a word that is right, or like none, stays."""
        if word in self._right or len(word) < SHORT or not word.isalpha():
            return word
        sound = by_sound(word)
        near = self._by_letter.get(sound[:1], {})
        if sound in near:
            return near[sound]
        sounds = self._sounds.get(sound[:1], ())
        close = process.extract(sound, sounds, scorer=OSA.distance, score_cutoff=2, limit=None)
        return min(
            (near[heard] for heard, _, _ in close if _is_slip(sound, heard)),
            key=lambda meant: (OSA.distance(word, meant), meant),
            default=word,
        )


def _is_slip(sound: str, heard: str) -> bool:
    """Whether a word that is no more than two letters off may be the other."""
    return min(len(sound), len(heard)) >= LONG or typo_of(sound, heard) is Typo.LIKELY
