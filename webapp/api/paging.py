"""Which part of a list a program wants: `limit` and `offset`, within bounds that it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from starlette.exceptions import HTTPException

from webapp.rendering.addresses import query_of
from webapp.rendering.pagination import typed_number

T = TypeVar("T")
FARTHEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """`limit` entries of a list, from `offset` on."""

    limit: int
    offset: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.offset + self.limit

    def of(self, entries: Sequence[T]) -> tuple[T, ...]:
        """These entries."""
        return tuple(entries[self.offset : self.end])

    def next(self, path: str, total: int, **query: object) -> str | None:
        """The path of the part behind it; None when this is the last one."""
        if self.end >= total:
            return None
        return path + query_of(**query, limit=self.limit, offset=self.end)


@dataclass(frozen=True, slots=True)
class Paging:
    """How a list is paged: so many entries where nobody says, so many at most.

    Nothing begins behind `farthest`.
    """

    usual: int
    most: int
    farthest: int = FARTHEST

    def part(self, asked: Mapping[str, str]) -> Part:
        """The part that is asked for. HTTPException 400 where that cannot be meant."""
        return Part(
            _number(asked, "limit", self.usual, 1, self.most),
            _number(asked, "offset", 0, 0, self.farthest),
        )


SEARCHED = Paging(10, 50, 50)
LISTED = Paging(50, 200)
SENTENCES = Paging(500, 2_000)


def _number(asked: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    if name not in asked:
        return usual
    number = typed_number(asked[name])
    if number is None or not least <= number <= most:
        raise HTTPException(400, f"{name} is a whole number from {least} to {most}.")
    return number
