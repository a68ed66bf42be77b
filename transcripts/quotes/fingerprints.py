"""Words as a quote keeps them: alike however captions write them, and a letter each."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from catalog import read_word_lists
from transcripts.text import UNSPACED

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CHECK_LETTERS = 4
_RUN = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’ʼ]")
_LISTS = read_word_lists("transcripts/data/quotes.toml")
_FILLERS = _LISTS.word_set("fillers")
_NUMBERS = {
    word: str(number)
    for language in ("spanish", "english")
    for number, word in enumerate(_LISTS.words(f"{language}-numbers"))
}


@lru_cache(maxsize=20_000)
def comparable_words(text: str) -> tuple[str, ...]:
    """The words of a sentence without what captions differ in: case, accents, marks, fillers.

    Never empty for a text that shows anything.
    """
    parts = tuple(
        _NUMBERS.get(part, part) for run in _RUN.findall(_folded(text)) for part in _parted(run)
    )
    return tuple(part for part in parts if part not in _FILLERS) or parts or tuple(text.split())


def word_letters(words: Iterable[str]) -> str:
    """A letter for each word: the same for the same word, here and everywhere."""
    return "".join(LETTERS[crc32(word.encode("utf-8", "replace")) % len(LETTERS)] for word in words)


def check_letters(words: Iterable[str]) -> str:
    """A few letters that tell whether all of the words are the same."""
    number = crc32(" ".join(words).encode("utf-8", "replace"))
    return "".join(LETTERS[number >> 6 * place & 63] for place in range(CHECK_LETTERS))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))


def _parted(run: str) -> Iterable[str]:
    """A word, or the characters of a run of a script that puts no spaces between words."""
    return run if UNSPACED.search(run) else (run,)
