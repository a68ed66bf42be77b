"""What a field of the catalogue may hold: readers from a TOML value to ours, with kind refusals.

A reader returns the value or raises ValueError with a sentence that says what to write instead;
with several where several items of a list are wrong.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from reprlib import Repr
from typing import Any, TypeVar
from urllib.parse import urlsplit

from rapidfuzz import process

from catalog import youtube

T = TypeVar("T")
Reader = Callable[[Any], T]

_SLUG = r"(?=.{1,120}\Z)[a-z0-9]+(-[a-z0-9]+)*"
_RECORDED = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z", re.ASCII)
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
# Control characters, and those that turn the direction of everything after them.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_BLANK = re.compile(r"[\s\x00-\x1f]")
_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 80


class WrongItemsError(ValueError):
    """Some items of a list are wrong: a sentence each; `kept` are the others, to be checked too."""

    def __init__(self, wrong: Iterable[str], kept: Iterable[object]) -> None:
        super().__init__(*wrong)
        self.kept = tuple(kept)


def shown(value: object) -> str:
    """Write a value of any kind for a message, shortened."""
    return _SHORT.repr(value)


def visible(text: str) -> str:
    """A text without control characters and without those that turn its direction."""
    return _UNSEEN.sub("", text)


def number(value: object) -> int | float | None:
    """A value that is a number, as TOML or JSON has them; None for anything else, True too."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def near(name: str, known: Iterable[str]) -> str:
    """The end of a message: the known name that was probably meant, "" where none is near."""
    best = process.extractOne(name, tuple(known), score_cutoff=75)
    return f"; did you mean {best[0]!r}?" if best else ""


def text(value: Any) -> str:
    """Read a text that is not empty, without the characters that `visible` leaves out."""
    said = " ".join(visible(value).split()) if isinstance(value, str) else ""
    if not said:
        raise ValueError(f"write a text in quotes, not {shown(value)}")
    return said


def fitting(pattern: str, refusal: str) -> Reader[str]:
    """Make a reader of a text that a pattern fits as a whole; `refusal` says what else it is."""
    whole = re.compile(pattern)

    def read(value: Any) -> str:
        if not isinstance(value, str) or not whole.fullmatch(value):
            raise ValueError(f"{shown(value)} {refusal}")
        return value

    return read


# Lower-case letters, digits and single hyphens: a slug names folders.
slug = fitting(_SLUG, "is no slug; use lower-case letters, digits, hyphens, like 'alk-basics'")
series_kind = fitting("intro|in-depth", "is no kind; write 'intro' or 'in-depth'")
youtube_id = fitting(youtube.ID, "is no YouTube id; it is the eleven characters after 'watch?v='")
# A language's tag, like 'en' or 'es-419'.
language = fitting(
    r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "is no language; write a tag like 'en' or 'es'"
)


def is_slug(value: object) -> bool:
    """Whether a value can be a slug."""
    return isinstance(value, str) and re.fullmatch(_SLUG, value) is not None


def flag(value: Any) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{shown(value)} is neither true nor false")
    return value


def web_address(value: Any) -> str:
    """Read an http or https address."""
    try:
        parts = urlsplit(value) if isinstance(value, str) and not _BLANK.search(value) else None
    except ValueError:
        parts = None
    if not parts or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{shown(value)} is no web address; it starts with https://")
    return str(value)


def media(value: Any) -> str:
    """Read a web address, or the bare name of a file in the library's media folder."""
    if isinstance(value, str) and _FILE_NAME.match(value):
        return value
    try:
        return web_address(value)
    except ValueError:
        raise ValueError(
            f"{shown(value)} is neither a web address nor the name of a file in the media folder"
        ) from None


def time_ms(value: Any) -> int:
    """Read a time, '7:42', '1:07:42' or seconds, as milliseconds."""
    seconds = number(value)
    if seconds is not None and 0 <= seconds < 1e6:
        return round(seconds * 1000)
    parts = value.split(":") if isinstance(value, str) else []
    whole = all(re.fullmatch(r"\d{1,3}", part, re.ASCII) for part in parts)
    if not whole or not 2 <= len(parts) <= 3 or any(int(part) > 59 for part in parts[1:]):
        raise ValueError(f"{shown(value)} is no time; write minutes and seconds, like '7:42'")
    whole_seconds = 0
    for part in parts:
        whole_seconds = whole_seconds * 60 + int(part)
    return whole_seconds * 1000


def recorded(value: Any) -> str:
    """Read a date, or a year, or a year and month, as ISO text."""
    iso = value.isoformat()[:10] if isinstance(value, date) else str(value)
    if isinstance(value, date | int | str) and _RECORDED.match(iso):
        try:
            date.fromisoformat((iso + "-01-01")[:10])
            return iso
        except ValueError:
            pass
    raise ValueError(f"{shown(value)} is no date; write 2024, '2024-05' or 2024-05-31")


def list_of(item: Reader[T]) -> Reader[tuple[T, ...]]:
    """Make a reader of a list, whose items `item` reads; every wrong one is told."""

    def read(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise ValueError(f"write a list in square brackets, not {shown(value)}")
        items: list[T] = []
        wrong: list[str] = []
        for number, one in enumerate(value, start=1):
            try:
                items.append(item(one))
            except ValueError as refusal:
                which = f"number {number}: " if len(value) > 1 else ""
                wrong += (f"{which}{says}" for says in refusal.args)
        if wrong:
            raise WrongItemsError(wrong, items)
        return tuple(items)

    return read
