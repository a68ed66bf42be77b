"""Whether a word that somebody typed is another one with a letter wrong."""

from __future__ import annotations

from enum import Enum, auto

from rapidfuzz.distance import OSA

# A word so short with one letter wrong is too often a word of its own: only a swap is told.
SHORT = 4
_VOWELS = frozenset("aeiouy")


class Slip(Enum):
    """How sure it is that a word was meant to be another.

    Letters swapped, doubled, left out or put in, and one vowel for another are LIKELY; a consonant
    for another is only POSSIBLE, since that is how words differ that are spelled right (fewer and
    fever).
    """

    NONE = auto()
    POSSIBLE = auto()
    LIKELY = auto()


def slip(typed: str, meant: str) -> Slip:
    """Tell whether `typed` is `meant` with one letter wrong, but never its first.

    A word of four letters can only have two of them swapped, a shorter one none wrong.
    """
    if typed == meant or typed[:1] != meant[:1] or min(len(typed), len(meant)) < SHORT:
        return Slip.NONE
    if OSA.distance(typed, meant, score_cutoff=1) != 1:
        return Slip.NONE
    wrong = [pair for pair in zip(typed, meant, strict=False) if pair[0] != pair[1]]
    swapped = len(typed) == len(meant) and len(wrong) > 1
    if len(meant) == SHORT and not swapped:
        return Slip.NONE
    if len(typed) == len(meant) and not swapped and not _VOWELS.issuperset(wrong[0]):
        return Slip.POSSIBLE
    return Slip.LIKELY
