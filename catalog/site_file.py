"""Reads `<library>/site.toml`, over the one shipped in the package, and finds every problem."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from catalog import fields
from catalog.errors import CatalogError, Problem
from catalog.library import Library
from catalog.site import Allowed, Operator, PhoneLine, Signpost, TrialSearch, allowed

T = TypeVar("T")
Readers = Mapping[str, fields.Reader[Any]]

FILE = "site.toml"
SHIPPED = resources.files("catalog") / "data" / FILE
# It becomes part of a mailto: link, where `?` and `&` begin something else.
_EMAIL = re.compile(r"[^\s@<>\"'?&]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&.]+\Z")
_PHONE = re.compile(r"\+?[0-9(][0-9 ().-]{1,30}\Z")
_HOST = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
_ORIGIN = re.compile(rf"https://{_HOST}(?::[0-9]{{1,5}})?\Z")


def load_operator(library: Library) -> Operator:
    """Load who runs a library's site. Raises CatalogError, which holds every problem at once."""
    operator, problems = read_operator_of(library)
    if problems:
        raise CatalogError(problems)
    return operator


def load_allowed(library: Library) -> Allowed:
    """Load whom fetching may ask. Raises CatalogError where that part of the file is wrong.

    What is wrong elsewhere in the file keeps nobody from fetching.
    """
    operator, problems = read_operator_of(library)
    wrong = [one for one in problems if not one.entry and one.field in {"", "fetching"}]
    if wrong:
        raise CatalogError(wrong)
    return operator.fetching


def read_operator_of(library: Library) -> tuple[Operator, tuple[Problem, ...]]:
    """Read a library's site.toml, which may be absent, and every problem in it."""
    shipped, _ = read_operator(SHIPPED.read_text("utf-8"), Operator())
    text, problem = _text(library.site_file)
    if problem:
        return shipped, (Problem(FILE, problem),)
    return (shipped, ()) if text is None else read_operator(text, shipped)


def _text(file: Traversable) -> tuple[str | None, str]:
    """The text of the file, None where there is none, and what keeps it from being read."""
    try:
        return file.read_text(encoding="utf-8-sig"), ""
    except FileNotFoundError:
        return None, "this leads to no file" if _is_link(file) else ""
    except UnicodeDecodeError as err:
        return None, f"this is not UTF-8 text (byte {err.start})"
    except OSError as err:
        return None, f"this file cannot be read: {err.strerror}"


def _is_link(file: Traversable) -> bool:
    return bool(getattr(file, "is_symlink", bool)())


def read_operator(text: str, otherwise: Operator) -> tuple[Operator, tuple[Problem, ...]]:
    """Read a site.toml; what it leaves out is as in `otherwise`. What is wrong is left out."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as err:
        return otherwise, (Problem(FILE, f"this is not valid TOML: {err}"),)
    problems: list[Problem] = []
    values = _values(table, _OPERATOR, "", problems)
    for name, (make, readers) in _ENTRIES.items():
        if name in table:
            values[name] = _entries(table[name], name, make, readers, problems)
    problems += _twice(values.get("urgent", ()))
    return replace(otherwise, **values), tuple(problems)


def _values(
    table: Mapping[str, Any], readers: Readers, entry: str, problems: list[Problem]
) -> dict[str, Any]:
    known = [*readers] + ([] if entry else [*_ENTRIES])
    values = {}
    for name, value in table.items():
        if name in readers:
            try:
                values[name] = readers[name](value)
            except ValueError as refusal:
                problems.append(Problem(FILE, str(refusal), entry, name))
        elif name not in known:
            says = f"there is no such field; the fields are {', '.join(sorted(known))}"
            problems.append(Problem(FILE, says, entry, name))
    return values


def _entries(
    value: Any, name: str, make: Callable[..., T], readers: Readers, problems: list[Problem]
) -> tuple[T, ...]:
    """Read the tables of a list; one that lacks what it needs is left out."""
    if not isinstance(value, list):
        problems.append(Problem(FILE, f"write each entry under its own [[{name}]]", field=name))
        return ()
    found = []
    for number, table in enumerate(value, start=1):
        entry = _entry_name(table, name, number)
        if not isinstance(table, dict):
            says = f"write a table of fields, not {fields.shown(table)}"
            problems.append(Problem(FILE, says, entry))
            continue
        values = _values(table, readers, entry, problems)
        needed = _NEEDED[make]
        says = "this field is needed and missing"
        problems += (Problem(FILE, says, entry, field) for field in needed if field not in table)
        if all(field in values for field in needed):
            found.append(make(**values))
    return tuple(found)


def _entry_name(table: Any, name: str, number: int) -> str:
    known = table.get("slug", table.get("name")) if isinstance(table, dict) else None
    if not isinstance(known, str) or not known:
        return f"{name} number {number}"
    language = table.get("language")
    return f"{known} ({language})" if name == "urgent" and isinstance(language, str) else known


def _twice(signposts: tuple[Signpost, ...]) -> list[Problem]:
    seen: set[tuple[str, str]] = set()
    problems = []
    for one in signposts:
        if (one.slug, one.language) in seen:
            says = "another signpost has this slug in this language"
            problems.append(Problem(FILE, says, f"{one.slug} ({one.language})", "slug"))
        seen.add((one.slug, one.language))
    return problems


def _email(value: Any) -> str:
    if not isinstance(value, str) or not _EMAIL.match(value):
        raise ValueError(f"{fields.shown(value)} is no email address, like 'help@example.org'")
    return value


def _phone(value: Any) -> str:
    if not isinstance(value, str) or not _PHONE.match(value):
        raise ValueError(
            f"{fields.shown(value)} is no phone number; write it in quotes, like '+1 555 010 0100'"
        )
    return value


def _origin(value: Any) -> str:
    """Read an origin: a https address with neither a path nor a slash at its end."""
    if not isinstance(value, str) or not _ORIGIN.match(value):
        raise ValueError(
            f"{fields.shown(value)} is no origin; write it like 'https://www.example.org', "
            "without a path or a slash at its end"
        )
    return value


def _words(value: Any) -> tuple[str, ...]:
    """Read words to look for; each needs a letter."""
    words = fields.list_of(fields.text)(value)
    if not words:
        raise ValueError("write at least one word or phrase")
    for word in words:
        if not any(sign.isalpha() for sign in word):
            raise ValueError(f"{fields.shown(word)} holds no letter, so nobody's search matches it")
    return words


def _calls(value: Any) -> tuple[PhoneLine, ...]:
    problems: list[Problem] = []
    lines = _entries(value, "call", PhoneLine, _LINE, problems)
    if problems:
        raise ValueError("; ".join(f"{p.entry}: {p.field}: {p.says}" for p in problems))
    return lines


_OPERATOR: Readers = {
    "name": fields.text,
    "email": _email,
    "phone": _phone,
    "post": fields.list_of(fields.text),
    "address": _origin,
    "embed_at": fields.list_of(_origin),
    "fetching": allowed,
}
_LINE: Readers = {
    "name": fields.text,
    "number": _phone,
    "hours": fields.text,
    "note": fields.text,
    "language": fields.language,
}
_SIGNPOST: Readers = {
    "slug": fields.slug,
    "language": fields.language,
    "words": _words,
    "heading": fields.text,
    "message": fields.text,
    "call": _calls,
    "sources": fields.list_of(fields.web_address),
}
_TRIALS: Readers = {"name": fields.text, "address": fields.web_address}
_ENTRIES: Mapping[str, tuple[Callable[..., Any], Readers]] = {
    "lines": (PhoneLine, _LINE),
    "urgent": (Signpost, _SIGNPOST),
    "trials": (TrialSearch, _TRIALS),
}
_NEEDED: Mapping[Callable[..., Any], tuple[str, ...]] = {
    PhoneLine: ("name", "number"),
    Signpost: ("slug", "language", "words", "heading", "message"),
    TrialSearch: ("name", "address"),
}
