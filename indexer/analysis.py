"""One tokeniser for documents and queries, made for this field.

`stage 4`, `PD-L1`, `PDL1`, `CAR-T`, `ALK+`, `G12C`, `EML4-ALK` and `exon 20` stay findable in every
spelling; accents fold; a language is stemmed as itself (Snowball, https://snowballstem.org).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import Stemmer

from indexer import spellings
from indexer.stopwords import stopwords

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTERS = rf"[^\W\d_{_UNSPACED}]"
# An accent may be a character of its own behind its letter.
_WORD = rf"{_LETTERS}+(?:[\u0300-\u036f]+{_LETTERS}*)*+"
_BASE = re.compile(
    rf"[{_UNSPACED}]+"  # scripts without spaces, cut into pairs below
    r"|\d+(?:[.,]\d+)*+"
    rf"|{_WORD}(?:['’]{_WORD})*+"
    r"|[+%]"
)
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]")
_HEADS = frozenset(pieces[0] for pieces in spellings.COMPOUNDS)
_LONGEST_TERM = 40
_STEMMERS = {
    "en": "english", "es": "spanish", "fr": "french", "de": "german", "it": "italian",
    "pt": "portuguese", "nl": "dutch", "sv": "swedish", "da": "danish", "no": "norwegian",
    "ru": "russian",
}  # fmt: skip


class Token(NamedTuple):
    """A term to be found, and the characters `start` to `end` of the text that it stands for."""

    term: str
    start: int
    end: int


class _Base(NamedTuple):
    """A run of letters or of digits as written; `glued` when nothing parts it from the last."""

    text: str
    start: int
    end: int
    glue: str  # what stands between it and the run before: "", "-", "/", " " or other


def tokens_of(text: str, language: str = "en") -> tuple[Token, ...]:
    """Cut a text into terms, in order. Words that only hold sentences together are left out."""
    base = _base_tokens(text)
    skipped = stopwords(language)
    found: list[Token] = []
    at = 0
    while at < len(base):
        compound = _compound(base, at, language)
        if compound:
            terms, length = compound
            found += (Token(term, base[at].start, base[at + length - 1].end) for term in terms)
            at += length
        else:
            found += _single(text, base, at, language, skipped)
            at += 1
    return tuple(found)


def fold(text: str) -> str:
    """Fold case, width and accents away."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _base_tokens(text: str) -> list[_Base]:
    """Cut into runs, noting what stands between; letters and digits that touch stay one run."""
    runs: list[_Base] = []
    end = 0
    for match in _BASE.finditer(text):
        between = text[end : match.start()]
        glue = between if between in ("", "-", "/") else "-" if between in "‐‑–" else " "
        folded = fold(match[0]).replace("’", "'")
        if not folded:
            continue
        run = _Base(folded, match.start(), match.end(), glue if runs else " ")
        end = match.end()
        if runs and glue == "" and _one_code(runs[-1].text, run.text):
            last = runs.pop()
            run = _Base(last.text + run.text, last.start, run.end, last.glue)
        runs.append(run)
    return runs


def _one_code(before: str, after: str) -> bool:
    """Tell whether letters and digits that touch are one name, such as `g12c` or `t790m`."""
    plain = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return plain and before[-1].isdigit() != after[0].isdigit()


def _compound(base: Sequence[_Base], at: int, language: str) -> tuple[tuple[str, ...], int] | None:
    """Find the longest name in several pieces that begins here: its terms and its length."""
    longest = spellings.LONGEST_COMPOUND if base[at].text in _HEADS else 0
    for length in range(min(longest, len(base) - at), 1, -1):
        pieces = tuple(run.text for run in base[at : at + length])
        term = spellings.COMPOUNDS.get(pieces)
        if term:
            return _terms(term), length
    return _numbered(base, at) or _hyphened_code(base, at) or _with_plus(base, at, language)


def _numbered(base: Sequence[_Base], at: int) -> tuple[tuple[str, ...], int] | None:
    """Read `stage IV`, `stage four` and `stage 4` as one name; `exon 20` and `phase 3` likewise.

    The first word stays findable by itself.
    """
    stem = spellings.NUMBERED.get(base[at].text)
    if not stem or at + 1 >= len(base):
        return None
    said = base[at + 1].text
    if said == "i" and at and base[at - 1].text in spellings.POINTING:
        return None  # "at this stage I would"
    number = spellings.NUMBER_WORDS.get(said, said)
    if base[at].text in spellings.ROMAN_AFTER:
        letter = said[-1] if len(said) > 1 and said[-1] in "abc" else ""
        number = spellings.ROMAN.get(said.removesuffix(letter), number.removesuffix(letter))
    return ((stem, f"{stem}{number}"), 2) if number.isdigit() and len(number) <= 3 else None


def _hyphened_code(base: Sequence[_Base], at: int) -> tuple[tuple[str, ...], int] | None:
    """Read letters, a hyphen and digits as one name: `ROS-1`, `HER-2`, `IL-6`."""
    if at + 1 >= len(base) or base[at + 1].glue != "-":
        return None
    head, tail = base[at].text, base[at + 1].text
    short = len(head) <= 5 and head.isascii() and head.isalpha() and len(tail) <= 4
    return (_terms(_name(head + tail)), 2) if short and tail[0].isdigit() else None


def _with_plus(base: Sequence[_Base], at: int, language: str) -> tuple[tuple[str, ...], int] | None:
    """Read `ALK+` as `ALK`; the plus sign only says that it is there."""
    touches = at + 1 < len(base) and base[at + 1].text == "+" and base[at + 1].glue == ""
    if not touches or not base[at].text.isalnum():
        return None
    return tuple(_stem(term, language) for term in _terms(_gene_or_word(base, at))), 2


def _single(
    text: str, base: Sequence[_Base], at: int, language: str, skipped: frozenset[str]
) -> Iterator[Token]:
    run = base[at]
    if _UNSPACED_RUN.match(run.text):
        yield from _pairs(text, run)
    elif run.text not in ("+", "%") and run.text.removesuffix("'s") not in skipped:
        word = run.text.removesuffix("'s")
        for term in _terms(_gene_or_word(base, at) if word == run.text else word):
            yield Token(_stem(term[:_LONGEST_TERM], language), run.start, run.end)


def _gene_or_word(base: Sequence[_Base], at: int) -> str:
    """Tell MET the gene from the verb, by the word that follows."""
    word = _name(base[at].text)
    after = base[at + 1].text if at + 1 < len(base) else ""
    is_gene = word in ("met", "ret") and after in spellings.GENE_NEIGHBOURS | {"+"}
    return f"{word}_gene" if is_gene else word


def _name(text: str) -> str:
    return spellings.SINGLE.get(text, text)


def _terms(name: str) -> tuple[str, ...]:
    """Return a name and the shorter names by which it is also found."""
    return (*spellings.CONTAINS.get(name, ()), name)


def _pairs(text: str, run: _Base) -> Iterator[Token]:
    """Cut a run of a script without spaces into overlapping pairs of letters."""
    letters: list[Token] = []
    for at in range(run.start, run.end):
        folded = fold(text[at])
        if folded:
            letters += (Token(letter, at, at + 1) for letter in folded)
        elif letters:  # a mark that stands on the letter before
            letters[-1] = letters[-1]._replace(end=at + 1)
    if len(letters) == 1:
        yield letters[0]
    for first, second in pairwise(letters):
        yield Token(first.term + second.term, first.start, second.end)


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    """Stem a word as its language does; names of the field, and anything with a digit, never."""
    if word in spellings.UNSTEMMED or not word.isalpha():
        return word
    return _stemmer(language.split("-", maxsplit=1)[0])(word)


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Callable[[str], str]:
    name = _STEMMERS.get(language)
    return Stemmer.Stemmer(name).stemWord if name else str
