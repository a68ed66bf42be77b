"""Phonetic keys of words: roughly how an English speech recogniser spells what it hears."""

import re
from functools import lru_cache

from indexer.analysis.tokenizer import fold

_VOWELS = "aeiou"
_SPELLED = (
    (re.compile(r"[^a-z]"), ""),
    (re.compile("ph"), "f"),
    (re.compile("^x"), "z"),
    (re.compile("x"), "ks"),
    (re.compile("qu?"), "k"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("ck?(?!h)"), "k"),
    (re.compile("z"), "s"),
    (re.compile("y"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)
# The voiced and the voiceless of a pair are taken for each other.
_VOICELESS = str.maketrans("bdgv", "ptkf")


def sound_of(word: str) -> str:
    """Spell a word as it sounds: one letter for what different spellings share, none doubled."""
    said = fold(word)
    for pattern, letters in _SPELLED:
        said = pattern.sub(letters, said)
    return said


def skeleton_of(word: str) -> str:
    """Return the consonants of a word, voiced as voiceless, behind an `a` for a vowel at its start.

    Two words with the same skeleton sound alike but for their vowels.
    """
    said = sound_of(word)
    bare = "".join(letter for letter in said[1:] if letter not in "aeiouh")
    first = "a" if said[:1] and said[0] in _VOWELS else said[:1]
    return re.sub(r"(.)\1+", r"\1", (first + bare).translate(_VOICELESS))


# The same, kept: never ask these for what a person typed.
phonetic_key = lru_cache(maxsize=200_000)(sound_of)
skeleton_key = lru_cache(maxsize=200_000)(skeleton_of)


def joined_skeleton(key: str, more: str) -> str:
    """Join the skeletons of words that are one name: only its first vowel counts."""
    rest = more.removeprefix("a")
    return key + (rest[1:] if rest and rest[0] == key[-1:] else rest)
