"""Reads what is one of a numbered kind: `stage IV`, "third line", `ECOG 2`, "five-year survival".

Each becomes the terms of its kind, by which it is found too, and its own, last: `stage4`, `line3`,
`ecog2`, `survival5`. Of a row ("stages 2 and 3") each number becomes a term.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from indexer.analysis import spellings
from indexer.analysis.segments import Numbers, Run, named_number, number_at

Compound = tuple[tuple[str, ...], int]

# The word and its number in one run; an exon's or a line's is never Roman.
_TOUCHING = re.compile(
    rf"({'|'.join(sorted(spellings.NUMBERED, key=len, reverse=True))})"
    r"((?:\d{1,2}|i{1,3}|iv)[abc]?[1-3]?)"
)
_DIGITS = re.compile(r"\d+")
_MOST_IN_A_ROW = 5


def _numbered(runs: Sequence[Run], at: int) -> Compound | None:
    """Read `stage IV`, `stage four` and `stage 4` as one name; `exon 20` and `phase 3` likewise.

    The first word stays findable by itself, and stage 3 finds stage 3b.
    """
    stem = spellings.NUMBERED.get(runs[at].text)
    if not stem or at + 1 >= len(runs):
        return None
    if runs[at + 1].text == "i" and at and runs[at - 1].text in spellings.POINTING:
        return None  # "at this stage I would"
    many = runs[at].text.endswith("s")
    row = _row(runs, at + 1, roman=stem not in spellings.NOT_ROMAN, many=many)
    return ((stem, *(f"{stem}{number}" for number in row[0])), 1 + row[1]) if row else None


def _touching(runs: Sequence[Run], at: int) -> Compound | None:
    """Read `stage4` and `stageIV` as `stage 4` and `stage IV`."""
    found = _TOUCHING.fullmatch(runs[at].text)
    if not found:
        return None
    run = runs[at]
    middle = run.start + len(found[1])
    parts = (
        run._replace(text=found[1], end=middle),
        run._replace(text=found[2], start=middle, glue=""),
    )
    compound = _numbered([*runs[:at], *parts, *runs[at + 1 :]], at)
    return (compound[0], compound[1] - 1) if compound and compound[1] > 1 else None


def _row(runs: Sequence[Run], at: int, *, roman: bool, many: bool) -> Numbers | None:
    """Read the numbers behind their kind: "three or four", "1, 2 and 3", `I/II`; the first last."""
    found: list[Numbers] = []
    joined: list[str] = []
    ends: list[int] = []
    here, skip = at, 0
    while here + skip < len(runs) and len(found) < _MOST_IN_A_ROW:
        number = named_number(runs, here + skip, roman=roman)
        if not number:
            break
        found.append(number)
        here += skip + number[1]
        ends.append(here)
        if here < len(runs):
            word, glue = runs[here].text, runs[here].glue
            skip = int(word in spellings.OR or word in spellings.AND)
            joined.append(word if skip else glue.strip())
    for length in range(len(found), 0, -1):
        behind = runs[ends[length - 1]].text if ends[length - 1] < len(runs) else ""
        if _is_row(found[:length], joined[: length - 1], behind, many=many):
            numbers = [number for said, _ in reversed(found[:length]) for number in said]
            return tuple(numbers), ends[length - 1] - at
    return None


def _is_row(row: Sequence[Numbers], joined: Sequence[str], behind: str, *, many: bool) -> bool:
    """Whether numbers are of one kind, and count nothing else: "stage three, two weeks ago".

    Where neither a plural nor "or" says so, they have to rise.
    """
    if not joined:
        return True
    if behind in spellings.UNITS or not (joined[-1] or many):
        return False
    if all(sign in spellings.OR or sign == "/" for sign in joined):
        return True
    rising = [int(_DIGITS.match(said[0])[0]) for said, _ in row]  # type: ignore[index]
    return (many and all(joined)) or all(a < b for a, b in pairwise(rising))


def _line(runs: Sequence[Run], at: int) -> Compound | None:
    """Read "third-line", "second or third line", "tercera línea": the number stands before."""
    numbers: list[str] = []
    here = at
    while here < len(runs) and len(numbers) < _MOST_IN_A_ROW:
        number = spellings.ORDINALS.get(spellings.SINGLE.get(runs[here].text, runs[here].text))
        if not number:
            break
        numbers.append(number)
        here += 1
        joins = here < len(runs) and (
            runs[here].text in spellings.OR or runs[here].text in spellings.AND
        )
        here += joins
    if not numbers or here >= len(runs) or spellings.NUMBERED.get(runs[here].text) != "line":
        return None
    return ("line", *(f"line{number}" for number in reversed(numbers))), here + 1 - at


_SCALE = re.compile(
    r"(?:(?:ecog|zubrod)(?: ps| performance)?(?: status| score| grade)?"
    r"|performance (?:status|score)(?: ecog)?|estado funcional(?: ecog)?|(ps))"
    r"(?: (?:of|is|was|de|es))? (?=\w)"
)
_SCALES = frozenset(("ecog", "zubrod", "performance", "estado", "ps"))
_ON_SCALE = re.compile(r"(ecog|ps)([0-5])")


def _performance(runs: Sequence[Run], at: int) -> Compound | None:
    """Read `ECOG 2`, `PS2` and "performance status of two" as one name."""
    run = runs[at]
    touching = _ON_SCALE.fullmatch(run.text)
    if touching and (run.name or touching[1] != "ps"):
        return (*_PERFORMANCE, f"ecog{touching[2]}"), 1
    if run.text not in _SCALES:
        return None
    near = _SCALE.match(" ".join(other.text for other in runs[at : at + 7]))
    if not near or (near[1] and not run.name):
        return None
    length = near[0].count(" ")
    row = _row(runs, at + length, roman=False, many=False)
    if not row or not all(len(number) == 1 and number in "012345" for number in row[0]):
        return None
    return (*_PERFORMANCE, *(f"ecog{number}" for number in row[0])), length + row[1]


_PERFORMANCE = ("ecog", "performance", "status")
_SURVIVES = r"(?:surviv(?:al|e[sd]?|ing)|alive|supervivencia|sobreviv\w+)"
_SURVIVAL = re.compile(_SURVIVES)
_YEARS = r"(?:years?|ano|anos)"
_KINDS = r"(?:(?:overall|relative|median|progression|disease|event|cancer|lung|free) ){0,3}"
_YEARS_FIRST = re.compile(rf"{_YEARS} {_KINDS}{_SURVIVES}(?= |$)")
_SURVIVAL_FIRST = re.compile(
    rf"{_SURVIVES} (?:(?:rates?|tasa|overall|relative|general|relativa|global|of|is|are|was|at|to"
    r"|for|after|past|beyond|least|more|than|de|a|los|las|mas) ){0,5}"
)


def _survival(runs: Sequence[Run], at: int) -> Compound | None:
    """Read "five-year survival" and "survival at five years", found by their words as well."""
    behind = None
    if _SURVIVAL.match(runs[at].text):
        behind = _SURVIVAL_FIRST.match(" ".join(run.text for run in runs[at : at + 8]))
    start = at + behind[0].count(" ") if behind else at
    number = _number(runs, start)
    if not number:
        return None
    rest = " ".join(run.text for run in runs[start + number[1] : start + number[1] + 5])
    found = re.match(rf"{_YEARS}(?= |$)", rest) if behind else _YEARS_FIRST.match(rest)
    if not found:
        return None
    length = start - at + number[1] + found[0].count(" ") + 1
    words = [*runs[at:start], *runs[start + number[1] : at + length]]
    return (number[0], *(run.text for run in words), f"survival{number[0]}"), length


def _number(runs: Sequence[Run], at: int) -> tuple[str, int] | None:
    if at >= len(runs):
        return None
    return number_at(runs, at, "en") or number_at(runs, at, "es")


READERS: tuple[Callable[[Sequence[Run], int], Compound | None], ...] = (
    _numbered,
    _touching,
    _line,
    _performance,
    _survival,
)
