"""Words as a quote keeps them: alike however captions write them, and a letter each."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from catalog import fold_accents, number_words, read_word_lists
from transcripts.text import UNSPACED_LETTER

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CHECK_LETTERS = 4
_RUN = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’ʼ]")
_FILLERS = read_word_lists("transcripts/data/quotes.toml").word_set("fillers")
# What one caption writes in letters, another writes in digits.
_NUMBERS = {
    word: str(number)
    for language in ("es", "en")
    for word, number in number_words(language).items()
    if number <= 12
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
    # Normalised first: `™` is written as the letters of "TM" are, whose case is folded too.
    return fold_accents(unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)))


def _parted(run: str) -> Iterable[str]:
    """A word, or the characters of a run of a script that puts no spaces between words."""
    return run if UNSPACED_LETTER.search(run) else (run,)
