"""Cuts a text into runs: letters or digits as written, what stands between them, number words."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from catalog import UNSPACED, fold_accents, number_words, read_word_lists

_LETTERS = rf"[^\W\d_{UNSPACED}]"
# Characters without width: soft hyphens, joiners, byte order marks. They end no word.
_UNSEEN = "\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
# An accent may be a character of its own behind its letter.
_WORD = rf"{_LETTERS}+(?:[\u0300-\u036f{_UNSEEN}]+{_LETTERS}*)*"
_NO_WIDTH = re.compile(rf"[{_UNSEEN}]")
_APOSTROPHES = "'’‘ʼ´`＇"
_PLAIN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_RUN = re.compile(
    rf"[{UNSPACED}]+"  # scripts without spaces, cut into pairs later
    r"|\d+(?:[.,]\d+)*"
    rf"|{_WORD}(?:[{_APOSTROPHES}]{_WORD})*"
    r"|[+%]"
)
_DASHES = "-‐‑‒–−﹣－"
_LISTS = read_word_lists("indexer/data/spellings.toml")
MEASURES = _LISTS.pairs("measures")
_FOLDED = str.maketrans(_LISTS.pairs("folded"))
_LARGER = _LISTS.pairs("larger-numbers")
_SCALES = _LISTS.pairs("scales")
_LOOKS_LATIN = str.maketrans(_LISTS.pairs("looks-latin"))
_LATIN = re.compile("[a-z]")


class Run(NamedTuple):
    """A run of letters or of digits, folded, and the characters of the text that it stands for.

    `glue` is what stands between it and the run before: "", "-", "/" or " " for anything else.
    `name` says that it is written as names are: in capitals, where the text is not.
    `alone` are its terms, where they are known and a run behind a space changes nothing about them.
    """

    text: str
    start: int
    end: int
    glue: str
    name: bool = False
    alone: tuple[str, ...] | None = None


_run = Run._make


class Written(NamedTuple):
    """What a run is by itself: folded, whether in capitals, and its terms as `Run.alone`."""

    text: str
    capital: bool
    alone: tuple[str, ...] | None = None


def read_run(written: str) -> Written:
    """Read a run by itself."""
    return Written(_plain_number(fold(written.translate(_PLAIN))), written.isupper())


def runs_of(text: str, read: Callable[[str], Written] = read_run) -> list[Run]:
    """Cut a text into runs; letters and digits that touch stay one run, such as `g12c`."""
    shouted = text.isupper() and len(text.split()) > 1
    runs: list[Run] = []
    behind = 0
    for match in _RUN.finditer(text):
        folded, capital, alone = read(match[0])
        if not folded:
            continue
        start, end = match.span()
        between = text[behind:start]
        glue = " " if between == " " or not runs else _glue(between)
        run = _run((folded, start, end, glue, capital and not shouted, alone))
        behind = end
        if alone is not None and glue:
            runs.append(run)
        elif runs and run.text in MEASURES and _is_number(runs[-1].text):
            runs.append(run._replace(text=MEASURES[run.text], name=False))
        elif runs and glue == "" and _one_code(runs[-1].text, run.text):
            last = runs.pop()
            name = last.name or run.name
            runs.append(Run(last.text + run.text, last.start, run.end, last.glue, name))
        else:
            runs.append(run)
    return runs


def fold(text: str) -> str:
    """Fold case, width, accents and what has no width away; a digit of any script is a digit.

    A Cyrillic letter that only looks Latin is that Latin letter in a word with Latin ones.
    """
    if text.isascii():
        return text.lower()
    plain = fold_accents(text)
    if plain.isascii():
        return plain
    plain = _NO_WIDTH.sub("", plain).translate(_FOLDED)
    if _LATIN.search(plain):
        plain = plain.translate(_LOOKS_LATIN)
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in plain
    )


def _glue(between: str) -> str:
    if between in ("", "/"):
        return between
    return "-" if len(between) == 1 and between in _DASHES else " "


def _plain_number(text: str) -> str:
    """Write `1,500` as `1500` and `1,5` as `1.5`."""
    if "," not in text:
        return text
    return re.sub(r",(?=\d{3}(?:\D|$))", "", text).replace(",", ".")


def _one_code(before: str, after: str) -> bool:
    """Whether letters and digits that touch are one name."""
    plain = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return plain and before[-1].isdigit() != after[0].isdigit()


def is_word(text: str) -> bool:
    """Whether a run is of letters only, as most are: no digit is in it, nor a sign."""
    return text.isalpha() or text.replace("'", "").isalpha()


def _is_number(text: str) -> bool:
    return text.replace(".", "").isdigit() or text in _WORDS["en"]


_WORDS = {language: number_words(language) for language in ("en", "es")}
# What a number may begin with that is not written in digits: "a" hundred is one.
NUMERALS = frozenset(("a", *_LARGER, *_SCALES)).union(*_WORDS.values())
Numbers = tuple[tuple[str, ...], int]
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_PARTED = re.compile(r"(iv|i{1,3}|\d{1,2})([abc])(?:[1-3])?")
_PERCENT = frozenset(("%", "percent", "porciento"))
_PER_CENT = frozenset((("per", "cent"), ("por", "ciento")))
_POINT = frozenset(("point", "punto"))


def number_at(runs: Sequence[Run], at: int, language: str) -> tuple[str, int] | None:
    """Read the number that begins here: its digits, and how many runs it is said in."""
    whole = _whole(runs, at, language)
    if whole is None:
        return None
    digits, length = whole
    if at + length + 1 < len(runs) and runs[at + length].text in _POINT:
        behind = _whole(runs, at + length + 1, language)
        if behind:
            return f"{digits}.{behind[0]}", length + 1 + behind[1]
    return digits, length


def _whole(runs: Sequence[Run], at: int, language: str) -> tuple[str, int] | None:
    if runs[at].text[0].isdigit():
        return (runs[at].text, 1) if runs[at].text.replace(".", "").isdigit() else None
    if runs[at].text not in NUMERALS:
        return None
    first = _two_digits(runs, at, language)
    if first and first[0] in (19, 20) and at + first[1] < len(runs):
        rest = _two_digits(runs, at + first[1], language)
        if rest and rest[0] >= 10:
            return f"{first[0]}{rest[0]}", first[1] + rest[1]
    made = _scaled(runs, at, language) or first
    return (str(made[0]), made[1]) if made else None


def _scaled(runs: Sequence[Run], at: int, language: str) -> tuple[int, int] | None:
    """Read "a hundred and twenty", "two thousand five hundred", "ciento veinte"; else None."""
    total, here = 0, at
    for scale in (1000, 100):
        factor = _factor(runs, here, scale, language)
        if factor:
            total += factor[0] * scale
            here += factor[1]
    if not total:
        return None
    joins = here + 1 < len(runs) and language == "en" and runs[here].text == "and"
    rest = _two_digits(runs, here + joins, language) if here + joins < len(runs) else None
    return (total + rest[0], here + joins + rest[1] - at) if rest else (total, here - at)


def _factor(runs: Sequence[Run], at: int, scale: int, language: str) -> tuple[int, int] | None:
    """How many hundreds or thousands are said here, and in how many runs."""
    word = runs[at].text if at < len(runs) else ""
    known = int(_LARGER.get(word, 0)) if language == "es" else 0
    if scale == 100 and known >= scale:
        return known // scale, 1
    if at < len(runs) and language == "es" and _SCALES.get(word) == str(scale):
        return 1, 1
    small = (1, 1) if word == "a" and language == "en" else None
    small = small or (_two_digits(runs, at, language) if word else None)
    behind = runs[at + small[1]].text if small and at + small[1] < len(runs) else ""
    if not small or _SCALES.get(behind) != str(scale) or (behind == "mil") != (language == "es"):
        return None
    return small[0], small[1] + 1


def _two_digits(runs: Sequence[Run], at: int, language: str) -> tuple[int, int] | None:
    known = _WORDS.get(language, {})
    number = known.get(runs[at].text)
    if number is None:
        number = int(_LARGER.get(runs[at].text, 100)) if language == "es" else 100
        return (number, 1) if number < 100 else None
    joins = int(language == "es" and at + 1 < len(runs) and runs[at + 1].text == "y")
    if number >= 20 and at + 1 + joins < len(runs):
        ones = known.get(runs[at + 1 + joins].text, 0)
        if 0 < ones < 10:
            return number + ones, 2 + joins
    return number, 1


def percent_behind(runs: Sequence[Run], at: int) -> int:
    """Say in how many runs "percent" is said here: `%`, `percent`, `per cent`; 0 when it is not."""
    if at < len(runs) and runs[at].text in _PERCENT:
        return 1
    return 2 if tuple(run.text for run in runs[at : at + 2]) in _PER_CENT else 0


def named_number(runs: Sequence[Run], at: int, *, roman: bool) -> Numbers | None:
    """Read the number behind "stage" or "exon", with a letter if there is one.

    `IIIA`, `3a`, `three B` are 3 and 3a or 3b. A small "a" by itself is only the article.
    """
    said = runs[at].text
    parted = _PARTED.fullmatch(said)
    if parted:
        number = _ROMAN.get(parted[1], parted[1]) if roman else parted[1]
        return ((number, number + parted[2]), 1) if number.isdigit() else None
    number = _ROMAN.get(said, said) if roman else said
    spoken = _two_digits(runs, at, "en") or _two_digits(runs, at, "es")
    length = 1
    if not number.isdigit() and spoken:
        number, length = str(spoken[0]), spoken[1]
    if not number.isdigit() or len(number) > 3:
        return None
    letter = _letter_behind(runs, at + length) if roman else ""
    return ((number, number + letter), length + 1) if letter else ((number,), length)


def _letter_behind(runs: Sequence[Run], at: int) -> str:
    if at >= len(runs) or runs[at].text not in ("a", "b", "c"):
        return ""
    told = runs[at].text != "a" or runs[at].name or runs[at].glue == "-"
    return runs[at].text if told else ""
