"""Suggestions ("did you mean"): the same query with its unknown words spelled otherwise.

Only a word that nobody says and that the glossary does not have is ever replaced, so that no known
drug becomes another. A suggestion is for a person to choose; nothing is searched for because of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

from catalog import number_words
from indexer.analysis.analysed import Analyse, AnalysedText, Once
from indexer.analysis.languages import is_same_word
from indexer.analysis.spellings import ORDINALS
from indexer.analysis.tokenizer import fold, stem
from indexer.query.parser import filters_in
from indexer.query.spelling import Speller
from indexer.query.word_breaks import Respell
from indexer.settings import SETTINGS

MOST = 3
# With fewer moments than this, known words are looked at too.
FEW = 3
_MOST_WORDS = 8
_MOST_OPTIONS = 3
_SHORTEST_PART = 3
_LONGEST_SPLIT = 25
_OFTEN = 5
_WORD = re.compile(r"(?<![\w'’\u0300-\u036f])[^\W\d_]+(?![\w'’\u0300-\u036f])")
_LANGUAGES = ("en", "es")
_NUMBERS = frozenset(
    (*ORDINALS, *(word for language in _LANGUAGES for word in number_words(language)))
)
_BESIDE = re.compile(r"[ -]")


@dataclass(frozen=True, slots=True)
class _Change:
    """Characters `start` to `end` of a text, and what they may have been meant to be."""

    start: int
    end: int
    options: tuple[str, ...]


def suggest(
    text: str,
    speller: Speller,
    *,
    few: bool,
    respell: Respell = lambda _: (),
    analyse: Analyse = AnalysedText,
) -> tuple[str, ...]:
    """Return at most three whole queries that may have been meant, the likeliest first.

    `few` says that the text found little: then words that are known may be joined as well. What is
    not replaced stays as it was typed, and a filter's value is never replaced. Words are of the
    language of the text, if that is told; what `respell` finds dictated is that name.
    """
    text = normalize("NFC", text[: SETTINGS.longest_query])
    filters = filters_in(text)
    words = [
        word
        for word in _WORD.finditer(text)
        if not any(start <= word.start() < end for start, end in filters)
    ]
    named = [_Change(one.start, one.end, (one.name,)) for one in respell(text) if one.name]
    words = [w for w in words if not any(n.start <= w.start() < n.end for n in named)]
    changes = _changes(text, words, speller, analyse(text).language.detected(), few=few)
    changes = sorted((*changes, *named), key=lambda change: change.start)
    return tuple(dict.fromkeys(_queries(text, changes)))[:MOST]


def _changes(
    text: str, words: Sequence[re.Match[str]], speller: Speller, language: str, *, few: bool
) -> list[_Change]:
    """Find what to change, from left to right; nothing is changed twice."""
    known = Once(speller.knows)
    found = list(_joins(text, words, speller, known, few=few))
    joined = {at for change in found for at in (change.start, change.end)}
    unknown = (
        word
        for word in words
        if joined.isdisjoint(word.span()) and not _is_number(word[0]) and not known[word[0]]
    )
    for word, _ in zip(unknown, range(_MOST_WORDS), strict=False):
        options = _options(word[0], speller, language)
        if options:
            found.append(_Change(word.start(), word.end(), options))
    return sorted(found, key=lambda change: change.start)


def _joins(
    text: str, words: Sequence[re.Match[str]], speller: Speller, known: Once[bool], *, few: bool
) -> Iterator[_Change]:
    """Join two words to one that is known, such as "bio marker"."""
    end = 0
    for first, second in list(pairwise(words))[: SETTINGS.most_concepts]:
        beside = _BESIDE.fullmatch(text, first.end(), second.start())
        if first.start() < end or not beside:
            continue
        joined = _joined(first[0], second[0], speller, known, few=few)
        if joined:
            end = second.end()
            yield _Change(first.start(), end, (joined,))


def _joined(
    first: str, second: str, speller: Speller, known: Once[bool], *, few: bool
) -> str | None:
    """Return what two words make together: a name, or a word if one of the two is unknown."""
    if min(len(first), len(second)) < _SHORTEST_PART:
        return None
    name, are_known = speller.name(first + second), known[first] and known[second]
    if (are_known and not name and not few) or speller.together(first, second):
        return None
    if name and not speller.name(first) and not speller.name(second):
        return name
    word = speller.word(first + second)
    if word is None:
        return None
    if are_known:
        return word.text if few and word.said >= _OFTEN else None
    return word.text


def _options(word: str, speller: Speller, language: str) -> tuple[str, ...]:
    """Say what an unknown word may have been meant to be: one word, or two run together.

    Of several names that are equally near all are offered, or none where they are too many.
    """
    begun = speller.begun(word)
    if begun:
        return tuple(name.text for name in begun[:_MOST_OPTIONS])
    alike = speller.alike(word, language)
    names = [other for other in alike if other.listed]
    if len(names) > _MOST_OPTIONS:
        return ()
    others = [other for other in alike if not other.listed][: 1 if names else 2]
    likeliest = sorted([*names, *others], key=lambda other: -other.said)
    return _differing(word, [other.text for other in likeliest]) or _split(word, speller)


def _is_number(word: str) -> bool:
    return fold(word) in _NUMBERS


def _differing(word: str, others: Sequence[str]) -> tuple[str, ...]:
    """Leave out numbers, which are a person's own, and other forms of the same word."""
    found: list[str] = []
    for other in others:
        if not _is_number(other) and not any(_is_form(other, one) for one in (word, *found)):
            found.append(other)
    return tuple(found)


def _is_form(word: str, other: str) -> bool:
    """Whether two words differ in their ending only: in number or gender."""
    first, second = fold(word), fold(other)
    if second.endswith("ss"):
        return False  # a slip, which no ending is
    same = is_same_word(first, second)
    return same or any(stem(first, one) == stem(second, one) for one in _LANGUAGES)


def _split(word: str, speller: Speller) -> tuple[str, ...]:
    """Split a word where both parts are words, at the place where both are said most."""
    best, most = "", 0
    for at in range(_SHORTEST_PART, min(len(word), _LONGEST_SPLIT) - _SHORTEST_PART + 1):
        parts = (speller.word(word[:at]), speller.word(word[at:]))
        said = min(part.said + (_OFTEN if part.listed else 0) if part else 0 for part in parts)
        if said >= _OFTEN and said > most:
            best, most = f"{word[:at]} {word[at:]}", said
    return (best,) if best else ()


def _queries(text: str, changes: Sequence[_Change]) -> Iterator[str]:
    """Put the likeliest of each change into the text; then, for each, what else it may be."""
    if not changes:
        return
    likeliest = [change.options[0] for change in changes]
    yield _changed(text, changes, likeliest)
    for number, change in enumerate(changes):
        for other in change.options[1:]:
            yield _changed(text, changes, [*likeliest[:number], other, *likeliest[number + 1 :]])


def _changed(text: str, changes: Sequence[_Change], chosen: Sequence[str]) -> str:
    for change, word in zip(reversed(changes), reversed(chosen), strict=True):
        text = text[: change.start] + word + text[change.end :]
    return text
