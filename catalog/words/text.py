"""Written words as every room knows them: folded, unspaced, as numbers, and before a name."""

import unicodedata

from catalog.words.word_lists import read_word_lists

# The characters of scripts that are written without spaces, as a regular expression's class has
# them: Han, kana, Thai, Lao, Khmer, Burmese.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"

_BESIDE_NAMES = read_word_lists("catalog/data/words/titles.toml")
# Titles before a name, abbreviated: small and without their full stop.
TITLES = _BESIDE_NAMES.words("titles")
# These, titles in full and degrees: all that is beside a name and no part of it.
NO_NAMES = frozenset(TITLES) | _BESIDE_NAMES.word_set("beside-names")
_NUMBERS = read_word_lists("catalog/data/words/numbers.toml")


def fold_accents(text: str) -> str:
    """Fold case, width and accents away; a digit stays of its script."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def number_words(language: str) -> dict[str, int]:
    """The folded words for zero to twenty and for the tens up to ninety, in "en" or "es"."""
    words = {word: number for number, word in enumerate(_NUMBERS.words(language))}
    tens = _NUMBERS.words(f"{language}-tens")
    return words | {word: 10 * number for number, word in enumerate(tens, start=3)}
