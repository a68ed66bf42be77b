"""Phrases of the word lists, and where a message says them.

`cough* .. blood/sangre` is a word that begins so, up to five words, then one of two words. Between
two words alone may stand some that only hold a sentence together; `_` lets nothing between them.
`a & b` is `a .. b` or `b .. a`.
`<[4-9]>` is a word by its regular expression, a name in capitals stands for a list of phrases.
`!NAME` is a word of weight with which none of these begins, `!..NAME` nothing, where none of them
follows in the sentence.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

# Behind a word in a message: it only holds a sentence together.
LIGHT = "'"
_BETWEEN = r"(?:[^.\s]\S* ){0,6}?"
_FILLERS = rf"(?:(?:\S*{LIGHT}|,) ){{0,4}}"
_NAME = re.compile(r"[A-Z]+(?:_[A-Z]+)*")
_ITEMS = re.compile(r"/(?![^<]*>)")
_PARTS = re.compile(rf"<[^>]*>|!(?:\.\.)?{_NAME.pattern}|{_NAME.pattern}|[^_]+")
_ENDINGS = ("", "s", "e", "es", "d", "ed", "ing", "a", "o", "as", "os")
_FIRST_LETTERS = 3
_NUMBER = "<"
_NO_SUCH, _NONE_FOLLOWS = "!", "!.."


class Phrases:
    """Writes phrases as regular expressions; `names` has the phrases that a name stands for."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._names: dict[str, str] = {}
        self._first: dict[str, frozenset[str]] = {}
        self._slots: dict[str, str] = {}  # as far as they were written: many lists share some
        self.words: set[str] = set()
        for name, phrases in names.items():
            self._first[name] = frozenset().union(*map(self.first_words, phrases))
            self._names[name] = "|".join(map(self.written, phrases))

    def any_of(self, phrases: Iterable[str], end: str = "") -> "LatePattern":
        """Any of some phrases, each from the beginning of a word to the space behind its last."""
        return LatePattern(rf"(?<= )(?:{'|'.join(map(self.written, phrases))}){end}")

    def written(self, phrase: str) -> str:
        """A phrase as a regular expression over a message."""
        parts: list[str] = []
        for slot in _slots(phrase):
            if slot == "..":
                parts.append(_BETWEEN)
                continue
            if parts and parts[-1] != _BETWEEN and not slot.startswith(_NONE_FOLLOWS):
                parts.append(_FILLERS)
            parts.append(self._slot(slot))
        return "".join(parts)

    def _slot(self, slot: str) -> str:
        if slot not in self._slots:
            self._slots[slot] = f"(?:{'|'.join(map(self._item, _ITEMS.split(slot)))})"
        return self._slots[slot]

    def first_words(self, phrase: str) -> frozenset[str]:
        """What a phrase can begin with: words, beginnings of words (`cough*`), `<` for numbers."""
        return self._beginnings(_slots(phrase)[0])

    def last_words(self, phrase: str) -> frozenset[str]:
        """What the last of its words begins with, as `first_words` has it."""
        first, *others = _slots(phrase)
        told = (slot for slot in reversed(others) if slot != ".." and _NO_SUCH not in slot)
        return self._beginnings(next(told, first))

    def _beginnings(self, slot: str) -> frozenset[str]:
        firsts = (_PARTS.findall(item)[0] for item in _ITEMS.split(slot))
        return frozenset().union(*map(self._first_of, firsts))

    def _first_of(self, word: str) -> frozenset[str]:
        if _NAME.fullmatch(word):
            return self._first[word]
        return frozenset((_NUMBER if word.startswith(_NUMBER) else word,))

    def _item(self, item: str) -> str:
        return "".join(map(self._word, _PARTS.findall(item)))

    def _word(self, word: str) -> str:
        if _NAME.fullmatch(word):
            return f"(?:{self._names[word]})"
        if word.startswith(_NONE_FOLLOWS):
            return rf"(?!(?:[^.\s]\S* ){{0,12}}?(?:{self._names[word[3:]]}))"
        if word.startswith(_NO_SUCH):
            return rf"(?!{self._names[word[1:]]})[^.,\s{LIGHT}]+ "
        if word.startswith(_NUMBER):
            return f"(?:{word[1:-1]}) "
        stem = word.removesuffix("*")
        if stem == word:
            self.words.add(word)
            return f"{word}{LIGHT}? "
        self.words.update(stem + end for end in _ENDINGS)
        return rf"{stem}\S* "


class LatePattern:
    """A regular expression, compiled once it is needed: most messages have no sign in them.

    All of them together take a third of a second.
    """

    def __init__(self, written: str) -> None:
        self._written = written

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._written)

    def search(self, text: str, begin: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first place where it is."""
        return self._compiled.search(text, begin, end)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find every place where it is."""
        return self._compiled.finditer(text)

    def sub(self, by: str, text: str) -> str:
        """Put something in its place."""
        return self._compiled.sub(by, text)


class _Listed(NamedTuple):
    """A phrase of a list, and as a regular expression."""

    name: str
    phrase: str
    written: str


class Spotter:
    """Finds the phrases of several lists in a message, each tried only where it can begin."""

    def __init__(self, write: Phrases, lists: Mapping[str, Iterable[str]]) -> None:
        self._last_words = write.last_words
        self._last: dict[str, tuple[str, ...]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._by_word: dict[str, list[_Listed]] = {}
        self._by_letters: dict[str, list[tuple[str, _Listed]]] = {}
        for name, phrases in lists.items():
            for phrase in (turned for one in phrases for turned in _in_both_orders(one)):
                listed = _Listed(name, phrase, write.written(phrase))
                for word in write.first_words(phrase):
                    stem = word.removesuffix("*")
                    if stem == word:
                        self._by_word.setdefault(word, []).append(listed)
                    else:
                        by_letters = self._by_letters.setdefault(stem[:_FIRST_LETTERS], [])
                        by_letters.append((stem, listed))

    def spotted(self, message: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Each phrase that is said, with the name of its list."""
        at = 0
        spaced, tried = f" {message}", set[str]()
        for marked in message.split(" "):
            word = marked.rstrip(LIGHT)
            for one in self._beginning_with(word) if self._may_begin(word) else ():
                pattern = self._patterns.get(one.written)
                if pattern is None and one.written not in tried:
                    tried.add(one.written)
                    pattern = self._compiled(one, spaced)
                said = pattern and pattern.match(message, at)
                if said:
                    yield one.name, said
            at += len(marked) + 1

    def _compiled(self, one: "_Listed", message: str) -> re.Pattern[str] | None:
        """Compile a phrase when it first may be said; all of them would take a second.

        It is not, where no word of the message, a space before each, is one that it could end with.
        """
        last = self._last.get(one.phrase)
        if last is None:
            words = self._last_words(one.phrase)
            stems = () if _NUMBER in words else (f" {word.removesuffix('*')}" for word in words)
            last = self._last[one.phrase] = tuple(stems)
        if last and not any(map(message.__contains__, last)):
            return None
        pattern = self._patterns[one.written] = re.compile(one.written)
        return pattern

    def _may_begin(self, word: str) -> bool:
        """Whether any phrase may begin with a word; most are not even looked at."""
        listed = word in self._by_word or word[:_FIRST_LETTERS] in self._by_letters
        return listed or word[:1].isdecimal()

    def _beginning_with(self, word: str) -> Iterator["_Listed"]:
        yield from self._by_word.get(word, ())
        if word[:1].isdecimal():
            yield from self._by_word.get(_NUMBER, ())
        for stem, listed in self._by_letters.get(word[:_FIRST_LETTERS], ()):
            if word.startswith(stem):
                yield listed


def _slots(phrase: str) -> list[str]:
    """What follows each other in a phrase; a line may end behind a `/`."""
    return re.sub(r"/\s+", "/", phrase).split()


def _in_both_orders(phrase: str) -> Iterator[str]:
    one, both, other = " ".join(_slots(phrase)).partition(" & ")
    yield f"{one} .. {other}" if both else phrase
    if both:
        yield f"{other} .. {one}"
