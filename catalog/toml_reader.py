"""From the text of the curated files to values, with every problem found on the way."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from catalog import fields
from catalog.errors import Problem
from catalog.model import Chapter, Person, Question, Series, Topic, Video

T = TypeVar("T")
Fields = Mapping[str, fields.Reader[Any]]
_REQUIRED = ("slug", "title", "name", "text", "at")
_OUR_NAMES = {"at": "start_ms", "until": "end_ms", "duration": "duration_ms"}


class _Report:
    """Collects the problems of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, says: str, entry: str = "", field: str = "") -> None:
        self.problems.append(Problem(self.file, says, entry, field))


def _read_fields(table: Any, readers: Fields, needed: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield (field, value), or (field, ValueError) for each that cannot be used."""
    for name, value in table.items():
        if name not in readers:
            known = ", ".join(sorted(readers))
            yield name, ValueError(f"there is no such field; the fields are {known}")
            continue
        try:
            yield name, readers[name](value)
        except ValueError as refusal:
            yield name, refusal
    for name in needed:
        if name not in table:
            yield name, ValueError("this field is needed and missing")


def _read_entry(
    make: Callable[..., T],
    table: Any,
    readers: Fields,
    report: _Report,
    entry: str,
    *,
    keep: bool = False,
    **given: Any,
) -> T | None:
    """Make a value from a TOML table, or report why not and return None.

    A field that cannot be used is left out of the value, unless the value needs it. With `keep`
    such a value is made all the same, without a title, so that its other fields can be checked.
    """
    if not isinstance(table, dict):
        report.add(f"write a table of fields, not {fields.shown(table)}", entry)
        return None
    needed = tuple(name for name in _REQUIRED if name in readers)
    values = dict(given)
    for name, value in _read_fields(table, readers, needed):
        if isinstance(value, ValueError):
            report.add(str(value), entry, name)
        else:
            values[_OUR_NAMES.get(name, name)] = value
    whole = all(_OUR_NAMES.get(name, name) in values for name in needed)
    if not whole and not keep:
        return None
    if not whole:
        called = "name" if "name" in readers else "title"
        values = {"slug": entry or report.file, **values, called: ""}
    return make(**values)


def _part(make: Callable[..., T], readers: Fields) -> fields.Reader[T]:
    """Make a reader of a small inline table, such as a chapter."""

    def read(value: Any) -> T:
        report = _Report("")
        part = _read_entry(make, value, readers, report, "")
        if part is None or report.problems:
            raise ValueError("; ".join(f"{p.field}: {p.says}".strip(": ") for p in report.problems))
        return part

    return read


_CHAPTER = _part(Chapter, {"title": fields.text, "at": fields.clock})
_TIMED_QUESTION = _part(Question, {"text": fields.text, "at": fields.clock, "until": fields.clock})


def _question(value: Any) -> Question:
    """Read a question: a plain text, or a table with the time of its answer."""
    return Question(fields.text(value)) if isinstance(value, str) else _TIMED_QUESTION(value)


_VIDEO: Fields = {
    "slug": fields.slug,
    "title": fields.text,
    "description": fields.text,
    "youtube": fields.youtube_id,
    "page": fields.web_address,
    "media": fields.media,
    "speakers": fields.list_of(fields.slug),
    "topics": fields.list_of(fields.slug),
    "recorded": fields.recorded,
    "duration": fields.clock,
    "language": fields.language,
    "questions": fields.list_of(_question),
    "chapters": fields.list_of(_CHAPTER),
    "related": fields.list_of(fields.slug),
    "next": fields.slug,
    "sources": fields.list_of(fields.web_address),
}

_SERIES: Fields = {
    "slug": fields.slug,
    "title": fields.text,
    "kind": fields.series_kind,
    "description": fields.text,
    "notice": fields.text,
    "language": fields.language,
    "videos": lambda value: value,
}

_PERSON: Fields = {
    "slug": fields.slug,
    "name": fields.text,
    "role": fields.text,
    "affiliation": fields.text,
    "also": fields.list_of(fields.text),
    "page": fields.web_address,
    "language": fields.language,
}

_TOPIC: Fields = {
    "slug": fields.slug,
    "title": fields.text,
    "description": fields.text,
    "terms": fields.list_of(fields.text),
    "language": fields.language,
}


def read_series(text: str, file: str) -> tuple[Series | None, tuple[Problem, ...]]:
    """Read one series file; `file` names it in problems.

    A series or video without a usable slug or title is there too, for its references and times to
    be checked. It has no title, by which it is known, and is of no other use.
    """
    report = _Report(file)
    table = _parse(text, report)
    if table is None:
        return None, tuple(report.problems)
    series = _read_entry(Series, table, _SERIES, report, "", keep=True, videos=())
    if series is None:
        return None, tuple(report.problems)
    tables = _tables(table.get("videos", []), "videos", report)
    read = [_read_video(video, n, series, report) for n, video in tables]
    whole = replace(series, videos=tuple(video for video in read if video))
    return whole, tuple(report.problems)


def _read_video(table: Any, number: int, series: Series, report: _Report) -> Video | None:
    # The series' language stands for every video that names none.
    named = {"language": series.language, **table} if isinstance(table, dict) else table
    entry = _entry_name(table, "video", number)
    return _read_entry(Video, named, _VIDEO, report, entry, keep=True, series=series.slug)


def read_people(text: str, file: str) -> tuple[tuple[Person, ...], tuple[Problem, ...]]:
    """Read the file of people; one that cannot be used is there without a name."""
    return _read_list(text, file, "people", Person, _PERSON)


def read_topics(text: str, file: str) -> tuple[tuple[Topic, ...], tuple[Problem, ...]]:
    """Read the file of topics; one that cannot be used is there without a title."""
    return _read_list(text, file, "topics", Topic, _TOPIC)


def _read_list(
    text: str, file: str, key: str, make: Callable[..., T], readers: Fields
) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
    report = _Report(file)
    table = _parse(text, report) or {}
    for name in table.keys() - {key}:
        report.add(f"there is no such field; this file holds [[{key}]]", field=name)
    entries = [
        _read_entry(make, entry, readers, report, _entry_name(entry, key, n), keep=True)
        for n, entry in _tables(table.get(key, []), key, report)
    ]
    return tuple(entry for entry in entries if entry), tuple(report.problems)


def _tables(value: Any, key: str, report: _Report) -> list[tuple[int, Any]]:
    if isinstance(value, list):
        return list(enumerate(value, start=1))
    report.add(f"write each entry under its own [[{key}]]", field=key)
    return []


def _entry_name(table: Any, what: str, number: int) -> str:
    """Name an entry by its slug, else by its place in the file."""
    known = table.get("slug") if isinstance(table, dict) else None
    return known if isinstance(known, str) and known else f"{what} number {number}"


def _parse(text: str, report: _Report) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as err:  # ValueError also for an endless number
        report.add(f"this is not valid TOML: {err}")
        return None
