"""Coordination: rows of numbers in a question ("stages 2 and 5") as the things that each names."""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from indexer.analysis.analysed import Analyse, AnalysedText
from indexer.analysis.number_rows import NumberedRow
from indexer.analysis.numbered import rows_in
from indexer.analysis.segments import fold
from indexer.analysis.spellings import AND, NUMBERED, OR
from indexer.query.synonyms import Concept

# "1 to 3", "1/2" and "1-3" are read as "or".
_RANGE = frozenset(("to", "through", "hasta", "a", "/", "-"))
_EITHER = OR | {"/"}
_AMPERSAND = re.compile(r"(?<=[\divab])\s*&\s*(?=[\div])", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.]*(?:[a-z]\d?)?")


def each_with_its_kind(text: str, analyse: Analyse = AnalysedText) -> str:
    """Write "stages 2 and 5" as "stage 2 and stage 5", "40 or 80 mg" as "40 mg or 80 mg"."""
    text = _AMPERSAND.sub(" and ", text)
    for row in reversed(tuple(rows_in(analyse(text).runs))):
        first, last = row.places[0][0], row.places[-1][1]
        before = _singular(text[row.kind[0] : first]) if row.kind[0] < first else ""
        behind = text[last : row.kind[1]] if row.kind[1] > last else ""
        each = (f"{before}{text[start:end]}{behind}" for start, end in row.places)
        whole = f" {_joined_by(row)} ".join(each)
        text = f"{text[: min(first, row.kind[0])]}{whole}{text[max(last, row.kind[1]) :]}"
    return text


def _joined_by(row: NumberedRow) -> str:
    sign = row.joined[-1]
    if sign in _RANGE:
        return "/"
    return sign if sign in OR or sign in AND else ","


def _singular(kind: str) -> str:
    """A kind and what parts it from its number, without the plural's ending."""
    word = kind.split(maxsplit=1)[0] if kind.split() else ""
    for ending in ("es", "s"):
        if fold(word).endswith(ending) and fold(word).removesuffix(ending) in NUMBERED:
            return kind.replace(word, word[: -len(ending)], 1)
    return kind


def with_choices(text: str, placed: Iterable[tuple[int, int, Concept]]) -> tuple[Concept, ...]:
    """Make one concept of numbers of one kind that "or" joins: each of them is enough.

    Concepts come and go in the order of the text; `placed` with the characters of each.
    """
    made: list[Concept] = []
    end = 0
    for start, stop, concept in placed:
        if made and fold(text[end:start]).strip() in _EITHER and _are_choices(made[-1], concept):
            made[-1] = _either(made[-1], concept)
        else:
            made.append(concept)
        end = stop
    return tuple(made)


def _are_choices(first: Concept, second: Concept) -> bool:
    """Whether two things differ in one number only."""
    if not (first.required and second.required) or len(first.words) != len(second.words):
        return False
    pairs = [(a[0], b[0]) for a, b in zip(first.words, second.words, strict=True)]
    other = [pair for pair in pairs if pair[0] != pair[1]]
    return len(other) == 1 and len({_NUMBER.sub("#", term) for term in other[0]}) == 1


def _either(first: Concept, second: Concept) -> Concept:
    forms = zip(first.words, second.words, strict=True)
    return replace(
        first,
        shown=f"{first.shown} / {second.shown}",
        words=tuple(tuple(dict.fromkeys((*a, *b))) for a, b in forms),
        alternatives=tuple(dict.fromkeys((*first.alternatives, *second.alternatives))),
        choices=(*(first.choices or (first,)), second),
    )
