"""Reads what is one of a numbered kind: `stage IV`, "third line", `ECOG 2`, "five-year survival".

Each becomes the terms of its kind, by which it is found too, and its own, last: `stage4`, `line3`,
`ecog2`, `survival5`. Of a row ("stages 2 and 3") each number becomes a term.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from indexer.analysis import spellings
from indexer.analysis.number_rows import NumberedRow, read_row
from indexer.analysis.segments import (
    NUMERALS,
    Numbers,
    Run,
    is_word,
    named_number,
    number_at,
    percent_behind,
)

Compound = tuple[tuple[str, ...], int]

# The word and its number in one run; an exon's or a line's is never Roman.
_TOUCHING = re.compile(
    rf"({'|'.join(sorted(spellings.NUMBERED, key=len, reverse=True))})"
    r"((?:\d{1,2}|i{1,3}|iv)[abc]?[1-3]?)"
)


def rows_in(runs: Sequence[Run]) -> Iterator[NumberedRow]:
    """Find the rows of numbers in a text: "stages 2 and 5", "second or third line"."""
    at = 0
    while at < len(runs):
        readers = _ROWS if may_begin(runs[at].text) else ()
        found = next(filter(None, (read(runs, at) for read in readers)), None)
        if found and len(found.numbers) > 1:
            yield found
        at += found.length if found else 1


def _numbered_row(runs: Sequence[Run], at: int) -> NumberedRow | None:
    """Find "stages 2 and 3", the word and its numbers."""
    kind = spellings.NUMBERED.get(runs[at].text)
    if not kind or at + 1 >= len(runs):
        return None
    if runs[at + 1].text == "i" and at and runs[at - 1].text in spellings.POINTING:
        return None  # "at this stage I would"
    many = runs[at].text.endswith("s")
    read = partial(named_number, roman=kind not in spellings.NOT_ROMAN)
    row = read_row(runs, at + 1, read, many=many)
    return row and row._replace(length=row.length + 1, kind=runs[at][1:3])


def _numbered(runs: Sequence[Run], at: int) -> Compound | None:
    """Read `stage IV`, `stage four` and `stage 4` as one name; `exon 20` and `phase 3` likewise.

    The first word stays findable by itself, and stage 3 finds stage 3b.
    """
    row = _numbered_row(runs, at)
    stem = spellings.NUMBERED.get(runs[at].text)
    return ((f"{stem}", *(f"{stem}{number}" for number in row.names)), row.length) if row else None


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


def _ordinal(runs: Sequence[Run], at: int) -> Numbers | None:
    word = spellings.SINGLE.get(runs[at].text, runs[at].text)
    return ((spellings.ORDINALS[word],), 1) if word in spellings.ORDINALS else None


def _line_row(runs: Sequence[Run], at: int) -> NumberedRow | None:
    """Find "second or third line", whose numbers stand before."""
    row = read_row(runs, at, _ordinal, many=True, counted=True)
    behind = runs[at + row.length : at + row.length + 1] if row else ()
    if not row or not behind or spellings.NUMBERED.get(behind[0].text) != "line":
        return None
    return row._replace(length=row.length + 1, kind=behind[0][1:3])


def _line(runs: Sequence[Run], at: int) -> Compound | None:
    """Read "third-line", "second or third line", "tercera línea" as the line's number."""
    row = _line_row(runs, at)
    return (("line", *(f"line{number}" for number in row.names)), row.length) if row else None


def _any_number(runs: Sequence[Run], at: int) -> Numbers | None:
    if runs[at].text not in NUMERALS and not runs[at].text[0].isdigit():
        return None
    found = number_at(runs, at, "en") or number_at(runs, at, "es")
    return ((found[0],), found[1]) if found else None


# What stands behind numbers that count something, and how far behind the first of a row at most.
_COUNTED = spellings.DOSES | frozenset(
    ("%", "percent", "porciento", "per", "por", "year", "years", "ano", "anos")
)
_FARTHEST = 60


def _counting(runs: Sequence[Run], at: int) -> NumberedRow | None:
    """Read a row of numbers behind which there may be what they count."""
    if _any_number(runs, at) is None:
        return None
    if _COUNTED.isdisjoint([run.text for run in runs[at + 1 : at + _FARTHEST]]):
        return None
    return read_row(runs, at, _any_number, many=True, counted=True)


def _counted_row(runs: Sequence[Run], at: int) -> NumberedRow | None:
    """Find "40 or 80 mg", "2-3 tablets", "ten or twenty percent", whose unit stands behind."""
    row = _counting(runs, at)
    if not row or at + row.length >= len(runs):
        return None
    here = at + row.length
    length = percent_behind(runs, here) or int(runs[here].text in spellings.DOSES)
    if not length:
        return None
    kind = runs[here].start, runs[here + length - 1].end
    return row._replace(length=row.length + length, kind=kind)


def _counted(runs: Sequence[Run], at: int) -> Compound | None:
    """Read a row of doses or shares as each of them: "40 or 80 mg" is 40 mg and 80 mg."""
    row = _counted_row(runs, at)
    if not row or len(row.numbers) == 1:
        return None
    unit = runs[at + row.length - 1].text
    if unit not in spellings.DOSES:
        return tuple(
            term for (number,) in row.numbers for term in (number, "percent", f"{number}%")
        ), row.length
    unit = spellings.SINGLE.get(unit, unit)
    return tuple(term for (number,) in row.numbers for term in (number, unit)), row.length


_SCALE = re.compile(
    r"(?:(?:ecog|zubrod)(?: ps| performance)?(?: status| score| grade)?"
    r"|performance (?:status|score)(?: ecog)?|estado funcional(?: ecog)?|(ps))"
    r"(?: (?:of|is|was|de|es))? (?=\w)"
)
_SCALES = frozenset(("ecog", "zubrod", "performance", "estado", "ps"))
_ON_SCALE = re.compile(r"(ecog|ps)([0-5])")


def _performance_row(runs: Sequence[Run], at: int) -> NumberedRow | None:
    """Find `ECOG 0-1`, the name of the scale and its numbers."""
    run = runs[at]
    if run.text not in _SCALES:
        return None
    near = _SCALE.match(" ".join(other.text for other in runs[at : at + 7]))
    if not near or (near[1] and not run.name):
        return None
    length = near[0].count(" ")
    row = read_row(runs, at + length, partial(named_number, roman=False), many=False)
    if not row or not all(len(number) == 1 and number in "012345" for number in row.names):
        return None
    kind = run.start, runs[at + length - 1].end
    return row._replace(length=length + row.length, kind=kind)


def _performance(runs: Sequence[Run], at: int) -> Compound | None:
    """Read `ECOG 2`, `PS2` and "performance status of two" as one name."""
    run = runs[at]
    touching = _ON_SCALE.fullmatch(run.text)
    if touching and (run.name or touching[1] != "ps"):
        return (*_PERFORMANCE, f"ecog{touching[2]}"), 1
    row = _performance_row(runs, at)
    if not row:
        return None
    return (*_PERFORMANCE, *(f"ecog{number}" for number in row.names)), row.length


_PERFORMANCE = ("ecog", "performance", "status")
_SURVIVES = r"(?:surviv(?:al|e[sd]?|ing)|alive|supervivencia|sobreviv\w+)"
_SURVIVAL = re.compile(_SURVIVES)
_YEARS = r"(?:years?|ano|anos)"
_KINDS = r"(?:(?:overall|relative|median|progression|disease|event|cancer|lung|free) ){0,3}"
_ONLY_YEARS = re.compile(rf"{_YEARS}(?= |$)")
_YEARS_FIRST = re.compile(rf"{_YEARS} {_KINDS}{_SURVIVES}(?= |$)")
_SURVIVAL_FIRST = re.compile(
    rf"{_SURVIVES} (?:(?:rates?|tasa|overall|relative|general|relativa|global|of|is|are|was|at|to"
    r"|for|after|past|beyond|least|more|than|de|a|los|las|mas) ){0,5}"
)


def _survival_row(runs: Sequence[Run], at: int) -> NumberedRow | None:
    """Find "5- or 10-year survival", and "survival at five years"."""
    behind = None
    if _SURVIVAL.match(runs[at].text):
        behind = _SURVIVAL_FIRST.match(" ".join(run.text for run in runs[at : at + 8]))
    start = at + behind[0].count(" ") if behind else at
    row = _counting(runs, start) if start < len(runs) else None
    if not row:
        return None
    here = start + row.length
    rest = " ".join(run.text for run in runs[here : here + 5])
    found = _ONLY_YEARS.match(rest) if behind else _YEARS_FIRST.match(rest)
    if not found:
        return None
    end = here + found[0].count(" ") + 1
    return row._replace(length=end - at, kind=(runs[at].start, runs[end - 1].end))


def _survival(runs: Sequence[Run], at: int) -> Compound | None:
    """Read "five-year survival" and "survival at five years", found by their words as well."""
    row = _survival_row(runs, at)
    if not row:
        return None
    first, last = row.places[0][0], row.places[-1][1]
    inside = runs[at : at + row.length]
    beside = (run.text for run in inside if run.end <= first or run.start >= last)
    words = (word for word in beside if len(word) > 3 or _ONLY_YEARS.match(word))
    return (row.names[-1], *words, *(f"survival{number}" for number in row.names)), row.length


READERS: tuple[Callable[[Sequence[Run], int], Compound | None], ...] = (
    _numbered,
    _touching,
    _line,
    _performance,
    _survival,
    _counted,
)
_BEGINS = re.compile(rf"{_SURVIVES}|{_TOUCHING.pattern}$")
_FIRST = _SCALES.union(
    spellings.NUMBERED,
    spellings.ORDINALS,
    (word for word, single in spellings.SINGLE.items() if single in spellings.ORDINALS),
    NUMERALS,
)


def may_begin(text: str) -> bool:
    """Whether a run may begin one of these at all; most words are only words."""
    return text in _FIRST or not is_word(text) or _BEGINS.match(text) is not None


_ROWS = (_numbered_row, _line_row, _performance_row, _survival_row, _counted_row)
