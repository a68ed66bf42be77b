"""Signposts above the answers, where a question may be about something that should not wait.

Showing one too often does less harm than missing it once: the words of a phrase may stand in any
order and form, with a few others between them and a letter wrong in each, and why somebody asks is
not looked at. The answers are always shown as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from rapidfuzz.distance import OSA

from catalog import PhoneLine, Signpost, base_language
from indexer import plain_words
from webapp.i18n.translations import interface

# As in "coughing up quite a lot of blood".
WORDS_BETWEEN = 5
_AS_WRITTEN = ""
# A word so short with one letter wrong is too often a word of its own: only a swap is told.
SHORT = 4
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class _TypedWord:
    """One word of a question: its stem, and the stems of words that it may be a slip of.

    `likely` are those it can hardly be anything else than, `possible` all of them.
    """

    stem: str
    likely: frozenset[str]
    possible: frozenset[str]


def signposts_for(question: str, signposts: Iterable[Signpost]) -> tuple[Signpost, ...]:
    """The signposts whose words are in a question, each in the language of those words.

    They keep their order; of those that say the same in several languages there is only the first.
    """
    cut: dict[str, tuple[tuple[str, str], ...]] = {}
    found: dict[str, Signpost] = {}
    for one in signposts:
        if one.language not in cut:
            cut[one.language] = _words(question, one.language)
        if one.slug not in found and _any_in(one, cut[one.language]):
            found[one.slug] = one
    return tuple(found.values())


def numbers_to_call(signposts: Sequence[Signpost]) -> tuple[PhoneLine, ...]:
    """The numbers of signposts, each once: of those in the interface's language, if any is."""
    shown = interface().language
    mine = [one for one in signposts if base_language(one.language) == shown]
    lines = (line for one in mine or signposts for line in one.call)
    return tuple({line.number: line for line in lines}.values())


def _any_in(signpost: Signpost, words: Iterable[tuple[str, str]]) -> bool:
    spellings = _spellings(signpost)
    asked = [_read(stem, word, spellings) for stem, word in words]
    there = frozenset[str]().union(*(word.possible for word in asked))
    return any(phrase <= there and _together(phrase, asked) for phrase in _phrases(signpost))


def _words(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Each word's stem, and the word as it is written."""
    return tuple(zip(plain_words(text, language), plain_words(text, _AS_WRITTEN), strict=True))


@lru_cache(maxsize=1000)
def _phrases(signpost: Signpost) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(plain_words(one, signpost.language)) for one in signpost.words)


@lru_cache(maxsize=1000)
def _spellings(signpost: Signpost) -> dict[str, tuple[tuple[str, str], ...]]:
    """The words of a signpost by their first letter, each as it is written and its stem."""
    by_letter: dict[str, dict[tuple[str, str], None]] = {}
    for phrase in signpost.words:
        for stem, word in _words(phrase, signpost.language):
            by_letter.setdefault(word[0], {})[(word, stem)] = None
    return {letter: tuple(words) for letter, words in by_letter.items()}


def _read(stem: str, word: str, spellings: dict[str, tuple[tuple[str, str], ...]]) -> _TypedWord:
    slips = [(typo_of(word, meant), one) for meant, one in spellings.get(word[0], ())]
    return _TypedWord(
        stem,
        frozenset((stem, *(one for how, one in slips if how is Typo.LIKELY))),
        frozenset((stem, *(one for how, one in slips if how is not Typo.NONE))),
    )


def _together(phrase: frozenset[str], asked: Sequence[_TypedWord]) -> bool:
    """Whether all words of a phrase stand close to each other, in any order.

    Beside other words of a phrase, a slip is easily told; alone, only one that is likely counts.
    """
    last: dict[str, int] = {}
    for place, word in enumerate(asked):
        if word.stem in phrase:
            here: Iterable[str] = (word.stem,)
        else:
            here = phrase & (word.possible if len(phrase) > 1 else word.likely)
        for one in here:
            last[one] = place
            if len(last) == len(phrase):
                spread = place - min(last.values()) + 1
                if spread <= len(phrase) + WORDS_BETWEEN:
                    return True
    return False


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
