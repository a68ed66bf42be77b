"""Reads rows of numbers of one kind: "three or four", "1, 2 and 3", `I/II`."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.analysis import spellings
from indexer.analysis.segments import Numbers, Run

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MOST_IN_A_ROW = 5
_Read = Callable[[Sequence[Run], int], Numbers | None]


class NumberedRow(NamedTuple):
    """Numbers of one kind: of each its forms, its characters, and what joins it to the one before.

    `length` runs make them; `kind` are the characters of what they number, before or behind.
    """

    numbers: tuple[tuple[str, ...], ...]
    places: tuple[tuple[int, int], ...]
    joined: tuple[str, ...]
    length: int
    kind: tuple[int, int] = (0, 0)

    @property
    def names(self) -> tuple[str, ...]:
        """The numbers in their forms, the first of the row last."""
        return tuple(number for forms in reversed(self.numbers) for number in forms)


def read_row(
    runs: Sequence[Run],
    at: int,
    read: _Read,
    *,
    many: bool,
    counted: bool = False,
) -> NumberedRow | None:
    """Read numbers of one kind: "three or four", "1, 2 and 3", `I/II`.

    What they count stands behind those that are `counted`; else they count nothing.
    """
    number = read(runs, at) if at < len(runs) else None
    if number is None:
        return None
    found: list[Numbers] = []
    joined: list[str] = []
    places: list[tuple[int, int]] = []
    ends: list[int] = []
    here, skip = at, 0
    while number:
        found.append(number)
        places.append((runs[here + skip].start, runs[here + skip + number[1] - 1].end))
        here += skip + number[1]
        ends.append(here)
        if here < len(runs):
            word, glue = runs[here].text, runs[here].glue
            skip = int(word in spellings.OR or word in spellings.AND)
            joined.append(word if skip else glue.strip())
        more = here + skip < len(runs) and len(found) < _MOST_IN_A_ROW
        number = read(runs, here + skip) if more else None
    for length in range(len(found), 0, -1):
        behind = runs[ends[length - 1]].text if ends[length - 1] < len(runs) else ""
        row = tuple(forms for forms, _ in found[:length])
        joins = tuple(joined[: length - 1])
        free = length == 1 or counted or behind not in spellings.UNITS
        if free and _is_row(row, joins, many=many):
            return NumberedRow(row, tuple(places[:length]), joins, ends[length - 1] - at)
    return None


def _is_row(row: Sequence[Sequence[str]], joined: Sequence[str], *, many: bool) -> bool:
    """Whether numbers are of one kind, and count nothing else: "stage three, two weeks ago".

    Where neither a plural nor "or" says so, they have to rise.
    """
    if not joined or all(sign in spellings.OR or sign == "/" for sign in joined):
        return True
    if not (joined[-1] or many):
        return False
    rising = [float(found[0]) for forms in row if (found := _DIGITS.match(forms[0]))]
    return (many and all(joined)) or all(a < b for a, b in pairwise(rising))
