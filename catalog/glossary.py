"""From the text of the glossary's CSV to terms. Lists inside a cell are separated by bars."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from catalog.errors import Problem
from catalog.fields import visible
from catalog.heard import clashes, read_heard
from catalog.model import Term

COLUMNS = (
    "canonical",
    "kind",
    "variants",
    "related",
    "misspellings",
    "spanish",
    "unsourced",
    "facts",
    "sources",
)
# A glossary may have this column behind the others.
HEARD = "heard"
KINDS = (
    "biomarker",
    "care",
    "disease",
    "drug",
    "emotion",
    "gene",
    "outcome",
    "side effect",
    "stage",
    "test",
    "treatment",
)


def read_glossary(text: str, file: str) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Read the glossary; `file` names it in problems. A row that cannot be used is left out."""
    problems: list[Problem] = []
    terms: dict[str, Term] = {}
    reader = csv.DictReader(io.StringIO(visible(text), newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) not in (COLUMNS, (*COLUMNS, HEARD)):
            wanted = ",".join(COLUMNS)
            return (), (Problem(file, f"the first line has to be: {wanted}"),)
        for row in reader:
            heard, refusal = read_heard(_list(row.get(HEARD)))
            term = replace(_term(row), heard=heard)
            says = _refusal(term, terms) or _stray(row) or refusal
            if says:
                problems.append(Problem(file, says, term.canonical or f"line {reader.line_num}"))
            else:
                terms[term.canonical] = term
    except csv.Error as err:
        problems.append(Problem(file, f"line {reader.reader.line_num} is not valid CSV: {err}"))
    problems += (Problem(file, says, name, HEARD) for name, says in clashes(terms.values()))
    return tuple(terms.values()), tuple(problems)


def _stray(row: dict[str, str | None]) -> str:
    """Say that a row has more cells than columns: a comma in it wants quotes."""
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


def _list(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())


def _refusal(term: Term, known: dict[str, Term]) -> str:
    """Say in one sentence why a term cannot be used; nothing when it can."""
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
