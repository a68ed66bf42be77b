"""What terms mean, in plain words: from `definitions.toml` to the terms of the glossary."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from catalog.errors import Mistake
from catalog.model import Definition, Term
from catalog.toml import fields
from catalog.toml.tables import TomlFile

_NEEDED = 'write the text in at least one language, like en = "…", and its source'


def read_definitions(
    text: str, file: str
) -> tuple[tuple[tuple[str, Definition], ...], tuple[Mistake, ...]]:
    """Read the definitions with the names they are for; what cannot be used is left out."""
    toml = TomlFile(file)
    tables, problems = toml.parse(text) or {}, toml.problems
    read = (
        (name, _definition(table, Mistake(file, "", name), problems))
        for name, table in tables.items()
    )
    return tuple((name, found) for name, found in read if found), tuple(problems)


def _definition(table: Any, at: Mistake, problems: list[Mistake]) -> Definition | None:
    if not isinstance(table, dict) or "source" not in table or len(table) == 1:
        problems.append(replace(at, says=_NEEDED))
        return None
    texts: dict[str, str] = {}
    source = ""
    for name, value in table.items():
        try:
            if name == "source":
                source = fields.web_address(value)
            else:
                texts[fields.language(name)] = fields.text(value)
        except ValueError as refusal:
            problems.append(replace(at, says=str(refusal), field=name))
    return Definition(texts, source) if texts and source else None


def defined(
    terms: Iterable[Term], definitions: Mapping[str, Definition], file: str
) -> tuple[tuple[Term, ...], tuple[Mistake, ...]]:
    """The terms with their definitions; a problem for each that is of no term."""
    given = tuple(terms)
    known = {term.canonical for term in given}
    strays = (name for name in definitions if name not in known)
    problems = tuple(
        Mistake(file, f"the glossary has no {name!r}{fields.near(name, known)}", name)
        for name in strays
    )
    return tuple(replace(t, definition=definitions.get(t.canonical)) for t in given), problems
