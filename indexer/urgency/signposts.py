"""Signposts above the answers, where a question may be about something that should not wait.

Of an operator's own words a phrase may stand in any order and form, with a few others between them
and a letter wrong in each, and why somebody asks is not looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog import Signpost, base_language
from indexer.analysis.tokenizer import plain_words
from indexer.urgency.signs import LONGEST, Urgency, urgency_of
from indexer.urgency.slips import Typo, typo_of

# As in "coughing up quite a lot of blood".
WORDS_BETWEEN = 5
_AS_WRITTEN = ""


@dataclass(frozen=True, slots=True)
class _TypedWord:
    """One word of a question: its stem, and the stems of words that it may be a slip of.

    `likely` are those it can hardly be anything else than, `possible` all of them.
    """

    stem: str
    likely: frozenset[str]
    possible: frozenset[str]


def signposts_for(
    question: str, signposts: Iterable[Signpost], urgency: Urgency | None = None
) -> tuple[Signpost, ...]:
    """The signposts whose signs or words are in a question, in the language of these.

    They keep their order; of those that say the same in several languages there is only one.
    `urgency` is what of the question should not wait, where that was looked for already.
    """
    question = question[:LONGEST]
    urgency = urgency_of(question) if urgency is None else urgency
    cut: dict[str, tuple[tuple[str, str], ...]] = {}
    found: dict[str, Signpost] = {}
    for one in signposts:
        if one.words and one.language not in cut:
            cut[one.language] = _words(question, one.language)
        by_sense = not urgency.kinds.isdisjoint(one.signs)
        own = by_sense and base_language(one.language) == urgency.language
        if (own and one.slug in found) or (
            one.slug not in found and (by_sense or _any_in(one, cut.get(one.language, ())))
        ):
            found[one.slug] = one
    return tuple(found.values())


def _any_in(signpost: Signpost, words: Iterable[tuple[str, str]]) -> bool:
    if not signpost.words:
        return False
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
