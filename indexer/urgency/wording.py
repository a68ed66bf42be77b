"""A message as plain words: folded, contractions whole, numbers in digits, sentences parted."""

import re

from catalog import number_words
from indexer.analysis.languages import detected_language
from indexer.analysis.segments import fold

_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ´`＇](?=\w)")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_PIECES = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+|(?P<end>[.!?;…\n]|\s[-–—]+\s)|(?P<comma>,)")
# An apostrophe that a dictation or a keyboard made a space of.
_PARTED = re.compile(
    r" (?:(?P<no>\w+n|can|won) t|(?P<me>i) (?P<am>m|ve|ll|d)"
    r"|(?P<one>he|she|it|that|there|what) s|(?P<we>we|they|you) (?P<are>re|ve|ll))(?= )"
)
_NUMBERS = {
    word: number
    for language in ("en", "es")
    for word, number in number_words(language).items()
    if number > 1  # "one leg" is no number
}
# Spanish numbers that are an English word too: "I had it once".
_ENGLISH_TOO = frozenset(("once",))
_TENS = re.compile(r" ([2-9]0) (?:y )?([1-9])(?= )")
_HUNDRED = re.compile(r" (?:(?:a|an|one|1) )?hundred(?: and)?(?: (\d\d?)(?= ))?(?= )")
_OH = re.compile(r" (?:one|1) (?:oh|o|0) (one|\d)(?= )")
_POINT = re.compile(r" (\d+) (?:point|punto|coma|con) (\d)(?= )")
# Only with one of these is a number written out in words that belong together.
_NUMBERED = re.compile(r"\d|hundred| oh? ")
END = "."


def plain_message(text: str) -> str:
    """The words of a message between spaces, each sentence with a stop behind, commas kept."""
    folded = fold(_DECIMAL_COMMA.sub(".", _APOSTROPHES.sub("", text)))
    pieces = list(_PIECES.finditer(folded))
    doubtful = any(piece[0] in _ENGLISH_TOO for piece in pieces)
    unread = _ENGLISH_TOO if doubtful and detected_language(text) != "es" else frozenset[str]()
    words = (piece[0] if piece[0] in unread else _plain(piece) for piece in pieces)
    return _with_numbers(_PARTED.sub(_joined, f" {' '.join(words)} {END} "))


def _plain(piece: re.Match[str]) -> str:
    if piece["end"]:
        return END
    return str(_NUMBERS.get(piece[0], piece[0]))


def _joined(parted: re.Match[str]) -> str:
    return f" {parted[0].replace(' ', '')}"


def _with_numbers(words: str) -> str:
    """Write numbers in digits: a hundred and two, one oh one point five, treinta y nueve."""
    if not _NUMBERED.search(words):
        return words
    words = _TENS.sub(lambda said: f" {int(said[1]) + int(said[2])}", words)
    words = _OH.sub(lambda said: f" 10{1 if said[1] == 'one' else said[1]}", words)
    words = _HUNDRED.sub(lambda said: f" {100 + int(said[1] or 0)}", words)
    return _POINT.sub(r" \1.\2", words)
