"""From the text of `corrections.toml` to what persons found captions to mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from catalog import fields
from catalog.errors import Problem
from catalog.model import Correction

_KEY = "corrections"
_UNDECIDED = "?"


def _meant(value: Any) -> str:
    """Read what was meant; an empty text says that the captions are right."""
    if isinstance(value, str) and not value.strip():
        return ""
    meant = fields.text(value)
    if meant.startswith(_UNDECIDED):
        raise ValueError('write what was meant, or "" when the captions are right as they are')
    return meant


def _heard(value: Any) -> str:
    """Read the words that the captions have; at least one letter or digit."""
    words = fields.text(value)
    if not any(letter.isalnum() for letter in words):
        raise ValueError(f"{fields.shown(value)} holds no word; write what the captions have")
    return words


_READERS: Mapping[str, fields.Reader[Any]] = {
    "heard": _heard,
    "meant": _meant,
    "video": fields.slug,
    "at": fields.clock,
}


def read_corrections(text: str, file: str) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    """Read the corrections; `file` names it in problems. One that cannot be used is left out."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as err:  # ValueError also for an endless number
        return (), (Problem(file, f"this is not valid TOML: {err}"),)
    problems = [
        Problem(file, f"there is no such field; this file holds [[{_KEY}]]", field=name)
        for name in table.keys() - {_KEY}
    ]
    entries = table.get(_KEY, [])
    if not isinstance(entries, list):
        return (), (*problems, Problem(file, f"write each entry under its own [[{_KEY}]]"))
    found: dict[tuple[str, str, int | None], Correction] = {}
    for number, entry in enumerate(entries, start=1):
        name = _name(entry, number)
        says = [Problem(file, *one) for one in _refusals(entry, name)]
        problems += says
        if says:
            continue
        one = _correction(entry)
        if found.setdefault((one.heard.casefold(), one.video, one.at_ms), one) is not one:
            problems.append(Problem(file, "this is there twice; keep one of them", name))
    return tuple(found.values()), tuple(problems)


def _refusals(entry: Any, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with an entry: the sentence, the entry and the field."""
    if not isinstance(entry, dict):
        yield f"write a table of fields, not {fields.shown(entry)}", name, ""
        return
    for field, value in entry.items():
        if field not in _READERS:
            known = ", ".join(sorted(_READERS))
            yield f"there is no such field; the fields are {known}", name, field
            continue
        try:
            _READERS[field](value)
        except ValueError as refusal:
            yield str(refusal), name, field
    for field in ("heard", "meant"):
        if field not in entry:
            yield "this field is needed and missing", name, field


def _correction(entry: Mapping[str, Any]) -> Correction:
    read = {field: _READERS[field](value) for field, value in entry.items()}
    return Correction(read["heard"], read["meant"], read.get("video", ""), read.get("at"))


def _name(entry: Any, number: int) -> str:
    """Name an entry by what was heard, else by its place in the file."""
    heard = entry.get("heard") if isinstance(entry, dict) else None
    return heard if isinstance(heard, str) and heard.strip() else f"correction number {number}"
