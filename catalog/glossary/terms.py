"""From the text of the glossary's CSV to terms. Lists inside a cell are separated by bars.

The column `heard` holds what captions write instead of a name, and which words have to be near.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from catalog.errors import Mistake
from catalog.model import MisheardForm, Term
from catalog.toml.fields import visible

COLUMNS = tuple(
    "canonical kind variants related misspellings spanish unsourced facts sources".split()
)
# A glossary may have this column behind the others.
HEARD = "heard"
KINDS = tuple(
    "biomarker|body|care|disease|drug|emotion|gene|life|outcome|people|risk|side effect|stage|test"
    "|treatment|trial".split("|")
)
_ENTRY = re.compile(
    r"(?P<said>[^\[\];,]+?)\s*"
    r"(?:\[(?P<near>[^\[\];]+)(?:;\s*(?P<within>[1-9]\d?)\s+(?P<unit>words?|sentences?)\s*)?\])?"
)
_HOW = "write 'ross one', or 'met [exon, skipping; 3 words]' with words that have to be near"
# One word shorter than this is an everyday word too often to stand for a name by itself.
_SHORTEST_ALONE = 7


def read_glossary(text: str, file: str) -> tuple[tuple[Term, ...], tuple[Mistake, ...]]:
    """Read the glossary; `file` names it in problems. A row that cannot be used is left out."""
    problems: list[Mistake] = []
    terms: dict[str, Term] = {}
    reader = csv.DictReader(io.StringIO(visible(text), newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) not in (COLUMNS, (*COLUMNS, HEARD)):
            wanted = ",".join(COLUMNS)
            return (), (Mistake(file, f"the first line has to be: {wanted}"),)
        for row in reader:
            heard, refusal = read_heard(_list(row.get(HEARD)))
            term = replace(_term(row), heard=heard)
            says = _refusal(term, terms) or _stray(row) or refusal
            if says:
                problems.append(Mistake(file, says, term.canonical or f"line {reader.line_num}"))
            else:
                terms[term.canonical] = term
    except csv.Error as err:
        problems.append(Mistake(file, f"line {reader.reader.line_num} is not valid CSV: {err}"))
    problems += (Mistake(file, says, name, HEARD) for name, says in clashes(terms.values()))
    return tuple(terms.values()), tuple(problems)


def _stray(row: dict[str, str | None]) -> str:
    """What is wrong with a row that has more cells than columns; "" where it has not."""
    return "it has too many cells; put quotes around a cell with a comma" if None in row else ""


def _term(row: dict[str, str | None]) -> Term:
    return Term(
        canonical=(row["canonical"] or "").strip(),
        kind=(row["kind"] or "").strip(),
        variants=_list(row["variants"]),
        related=_list(row["related"]),
        misspellings=_list(row["misspellings"]),
        spanish=_list(row["spanish"]),
        unsourced=_list(row["unsourced"]),
        facts=(row["facts"] or "").strip(),
        sources=tuple((row["sources"] or "").split()),
    )


def _list(cell: str | None, between: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split(between) if part.strip())


def _refusal(term: Term, known: dict[str, Term]) -> str:
    """Why a term cannot be used, in one sentence; "" where it can."""
    if not term.canonical:
        return "the canonical name is missing"
    if term.canonical in known:
        return "this term is there twice"
    if term.kind not in KINDS:
        return f"{term.kind!r} is no kind; the kinds are {', '.join(KINDS)}"
    if not term.sources or not all(s.startswith(("http://", "https://")) for s in term.sources):
        return "every row needs its source, a web address"
    heard = (one.said for one in term.heard)
    spelled = {*term.variants, *term.related, *term.misspellings, *term.spanish, *heard}
    stray = [name for name in term.unsourced if name not in spelled]
    return f"{stray[0]!r} is marked unsourced but is no spelling of this row" if stray else ""


def read_heard(entries: Sequence[str]) -> tuple[tuple[MisheardForm, ...], str]:
    """Read the entries of a cell, and say in one sentence what is wrong with one, if any is."""
    found: list[MisheardForm] = []
    for entry in entries:
        match = _ENTRY.fullmatch(entry.strip())
        near = _list(match["near"], ",") if match else ()
        if match is None or (match["near"] is not None and not near):
            return tuple(found), f"{entry!r} cannot be read; {_HOW}"
        said = " ".join(match["said"].split())
        if not near and " " not in said and len(said) < _SHORTEST_ALONE:
            return tuple(found), f"{said!r} is short: add words that have to be near, in brackets"
        found.append(_heard(said, near, match))
    return tuple(found), ""


def _heard(said: str, near: tuple[str, ...], match: re.Match[str]) -> MisheardForm:
    if not match["within"]:
        return MisheardForm(said, near)
    unit: Literal["words", "sentences"] = "words" if match["unit"][0] == "w" else "sentences"
    return MisheardForm(said, near, int(match["within"]), unit)


def clashes(terms: Iterable[Term]) -> Iterator[tuple[str, str]]:
    """Yield (term, what is wrong) where one is heard as what is, or is heard as, another."""
    every = tuple(terms)
    names = {
        name.casefold(): term.canonical
        for term in every
        for name in (term.canonical, *term.variants)
    }
    heard: dict[tuple[str, str], str] = {}
    for term in every:
        for one in term.heard:
            said = one.said.casefold()
            if names.get(said, term.canonical) != term.canonical:
                yield term.canonical, f"{one.said!r} is a name of {names[said]!r}"
            for near in one.near or ("",):
                other = heard.setdefault((said, near.casefold()), term.canonical)
                if other != term.canonical:
                    yield term.canonical, f"{one.said!r} is also what {other!r} is heard as"
                    break
