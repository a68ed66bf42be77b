"""What was asked by number or by name, which an answer has to speak of exactly.

A stage, a dose, a mutation, a trial's number, a medicine: its neighbour is another answer.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from catalog import read_word_lists
from indexer.analysis.spellings import CHANGES, OF_MANY
from indexer.analysis.tokenizer import Token, fold, stem
from indexer.mishearing.similarity import is_medicine

_LISTS = read_word_lists("indexer/data/requirements.toml")
_DOSES, _OF = _LISTS.word_set("doses"), _LISTS.word_set("of")
_NOTHING = frozenset(map(fold, _LISTS.words("asking-nothing")))
_EVERYTHING = frozenset(fold(phrase) for phrase in _LISTS.phrases("about-everything"))
# As the analyser cuts them in either language: `q3w` is written out so.
_TIMES, _EVERY = (
    frozenset(stem(word, language) for word in _LISTS.words(name) for language in ("en", "es"))
    for name in ("times", "every")
)
_EXON = re.compile(r"exon\d+")
_CHANGES = frozenset(stem(change, "en") for change in CHANGES.values())
_WHAT = re.compile(r"\W*(?:so )?(?:what|qu[eé])", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Letters and digits in one name, or a percentage; a place in a row, an age or an hour is none.
_NUMBERED = re.compile(r"(?=.*\d)(?=.*[^\W\d_]).+|\d.*%")
_OF_MANY = re.compile(rf" (?:{'|'.join(map(' '.join, OF_MANY))}) ")
_PARTS = re.compile(r"([a-z]*)\d+(?:\.\d+)?([a-z%]*)")
_NO_NAME = re.compile(r"\d+(?:st|nd|rd|th|s|ish|k|x|am|pm|mins?|h|hrs?|y|yrs?|yo)")


def is_required(word: str, terms: Sequence[str]) -> bool:
    """Whether a word of a question, as the terms made of it, has to be said in an answer."""
    return any(map(is_numbered, terms)) or is_medicine(fold(word))


def asks_nothing(words: str) -> bool:
    """Whether words of a question ask for nothing that an answer could speak of: "actually"."""
    return fold(words) in _NOTHING


def is_about_everything(words: str) -> bool:
    """Whether all that is said here is about some words: "lung cancer"."""
    return fold(words) in _EVERYTHING


def asks_what(wording: str) -> bool:
    """Whether a question asks what something is."""
    return bool(_WHAT.match(wording))


def is_numbered(term: str) -> bool:
    """Whether a term is a name with a number or a share: `g12c`, `stage4`, `80%`."""
    if term.isalpha():
        return False
    return bool(_NUMBERED.fullmatch(term)) and not _NO_NAME.fullmatch(term)


def kind_of_number(term: str) -> str:
    """Of which kind a name with a number is: `stage` of `stage3a`, "" of what is none."""
    parts = _PARTS.fullmatch(term) if is_numbered(term) else None
    if not parts:
        return ""
    before, behind = parts.groups()
    return "mutation" if len(before) == 1 and behind else before or behind


def measures_in(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield what a number and what stands by it say as one, by the characters of a text.

    A dose, a share ("one in four"), "every two or three weeks", what happened to an exon.
    """
    before: Token | None = None
    for number, unit in pairwise(tokens):
        if _EXON.fullmatch(number.term) and unit.term in _CHANGES:
            yield number.start, unit.end  # "exon 19 insertion" is not its deletion
        elif not _NUMBER.fullmatch(number.term):
            before = number
        elif _is_share(text, number, unit):
            yield number.start, unit.end
        elif number.start != unit.start:
            said = fold(text[unit.start : unit.end])
            behind = fold(text[unit.end :]).split()[:1]
            if before and before.term in _EVERY and unit.term in _TIMES:
                yield before.start, unit.end
            elif said in _DOSES or (unit.term in _TIMES and _OF.intersection(behind)):
                yield number.start, unit.end


def _is_share(text: str, number: Token, many: Token) -> bool:
    between = fold(text[number.end : many.start])
    return bool(_NUMBER.fullmatch(many.term) and _OF_MANY.fullmatch(between))
