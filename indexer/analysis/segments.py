"""Cuts a text into runs: letters or digits as written, and what stands between them."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTERS = rf"[^\W\d_{UNSPACED}]"
# An accent may be a character of its own behind its letter.
_WORD = rf"{_LETTERS}+(?:[\u0300-\u036f]+{_LETTERS}*)*+"
_APOSTROPHES = "'’‘ʼ´`＇"
_PLAIN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_RUN = re.compile(
    rf"[{UNSPACED}]+"  # scripts without spaces, cut into pairs later
    r"|\d+(?:[.,]\d+)*+"
    rf"|{_WORD}(?:[{_APOSTROPHES}]{_WORD})*+"
    r"|[+%]"
)
_DASHES = "-‐‑‒–−﹣－"
_MEASURE = re.compile(r"(?:mg|mcg|ml|kg|cm|mm|gy)")


class Run(NamedTuple):
    """A run of letters or of digits, folded, and the characters of the text that it stands for.

    `glue` is what stands between it and the run before: "", "-", "/" or " " for anything else.
    `name` says that it is written as names are: in capitals, where the text is not.
    """

    text: str
    start: int
    end: int
    glue: str
    name: bool = False


def runs_of(text: str) -> list[Run]:
    """Cut a text into runs; letters and digits that touch stay one run, such as `g12c`."""
    shouted = text.isupper() and len(text.split()) > 1
    runs: list[Run] = []
    end = 0
    for match in _RUN.finditer(text):
        folded = fold(match[0].translate(_PLAIN))
        if not folded:
            continue
        glue = _glue(text[end : match.start()]) if runs else " "
        name = not shouted and match[0].isupper()
        run = Run(_plain_number(folded), match.start(), match.end(), glue, name)
        end = match.end()
        if runs and glue == "" and _one_code(runs[-1].text, run.text):
            last = runs.pop()
            run = Run(last.text + run.text, last.start, run.end, last.glue, last.name or name)
        runs.append(run)
    return runs


def fold(text: str) -> str:
    """Fold case, width and accents away; a digit of any script is a digit."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = (letter for letter in parts if not unicodedata.combining(letter))
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
    """Tell whether letters and digits that touch are one name; `80mg` is a number and a unit."""
    plain = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    if not plain or before[-1].isdigit() == after[0].isdigit():
        return False
    return not (before.isdigit() and _MEASURE.fullmatch(after))
