"""Pagination of long lists. Any `?page=` is accepted: what is no page is the nearest one."""

from dataclasses import dataclass

from webapp.rendering.addresses import query_of

_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Page:
    """Page `number` of `pages`, which shows the entries from `first` to `last` (exclusive).

    `before` and `after` are the paths of the pages around it, "" where there is none.
    """

    number: int
    pages: int
    first: int
    last: int
    before: str
    after: str

    @property
    def is_one_of_several(self) -> bool:
        """Whether there are others."""
        return self.pages > 1

    @property
    def beyond_first(self) -> int | None:
        """Its number where its address has one, None for the first page."""
        return self.number if self.number > 1 else None


def typed_number(text: str | None) -> int | None:
    """A whole number as somebody typed it, of at most nine digits; None for anything else."""
    typed = text or ""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST else None


def page_of(typed: str | None, entries: int, size: int, path: str, **query: str) -> Page:
    """The page that a visitor asks for, counted from 1, at `path?query`; there is always one."""
    pages = max(1, -(-entries // size))
    number = min(max(1, typed_number((typed or "").strip()) or 1), pages)
    first = (number - 1) * size
    before, after = (path + query_of(**query, page=number + step) for step in (-1, 1))
    return Page(
        number,
        pages,
        first,
        min(first + size, entries),
        before if number > 1 else "",
        after if number < pages else "",
    )
