"""Long lists, cut into pages. Any `?page=` is accepted: what is no page is the nearest one."""

from __future__ import annotations

from dataclasses import dataclass

_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Page:
    """Page `number` of `pages`, which shows the entries from `first` to `last` (exclusive)."""

    number: int
    pages: int
    first: int
    last: int


def page_of(typed: str | None, entries: int, size: int) -> Page:
    """The page that a visitor asks for, counted from 1; there is always one."""
    pages = max(1, -(-entries // size))
    text = (typed or "").strip()
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else 1
    number = min(max(1, asked), pages)
    return Page(number, pages, (number - 1) * size, min(number * size, entries))
