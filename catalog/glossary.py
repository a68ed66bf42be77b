"""From the text of the glossary's CSV to terms. Lists inside a cell are separated by bars."""

from __future__ import annotations

import csv
import io

from catalog.errors import Problem
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
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            wanted = ",".join(COLUMNS)
            return (), (Problem(file, f"the first line has to be: {wanted}"),)
        for row in reader:
            term = _term(row)
            says = _refusal(term, terms) or _stray(row)
            if says:
                problems.append(Problem(file, says, term.canonical or f"line {reader.line_num}"))
            else:
                terms[term.canonical] = term
    except csv.Error as err:
        problems.append(Problem(file, f"line {reader.reader.line_num} is not valid CSV: {err}"))
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
    spelled = {*term.variants, *term.related, *term.misspellings, *term.spanish}
    stray = [name for name in term.unsourced if name not in spelled]
    return f"{stray[0]!r} is marked unsourced but is no spelling of this row" if stray else ""
