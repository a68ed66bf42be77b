"""Where in a video something is said, laid out on a bar that stands for its length."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

TIMELINE_WIDTH = 1000
MARK_WIDTH = 6
# What can be tapped is 24 px wide on a phone of 320 px.
STOP_WIDTH = 90
# Marks so near share a stop, or have stops side by side.
_TOGETHER = STOP_WIDTH * 3 // 2


@dataclass(frozen=True, slots=True)
class TapTarget:
    """What can be tapped on a strip: so wide, from its left edge on, never over another.

    It stands for the marks from the `first` to the `last` (inclusive), by their places in order.
    """

    left: int
    width: int
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many marks it stands for."""
        return self.last - self.first + 1

    @property
    def is_one(self) -> bool:
        """Whether it stands for a single mark."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Strip:
    """A bar that stands for `length_ms` of one video: its marks by their left edges, its stops."""

    length_ms: int
    marks: tuple[int, ...] = ()
    stops: tuple[TapTarget, ...] = ()


def strip_of(length_ms: int, times: Sequence[int]) -> Strip:
    """Lay ascending times, in ms, on a bar; there are few stops, however many marks there are."""
    longest = max([length_ms, 1, *times])
    places = [round(TIMELINE_WIDTH * ms / longest) for ms in times]
    stops = [stop for first, end in _runs(places) for stop in _stops(places, first, end)]
    return Strip(longest, tuple(_drawn(places)), tuple(stops))


def _drawn(places: Iterable[int]) -> Iterable[int]:
    """Marks with their whole width on the bar; those too near to be told apart are one."""
    last = -MARK_WIDTH
    for place in places:
        if place - last >= MARK_WIDTH:
            yield min(place, TIMELINE_WIDTH - MARK_WIDTH)
            last = place


def _runs(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The marks that follow each other closely, each run by its first and the one behind it."""
    begins = [n for n, at in enumerate(places) if not n or at - places[n - 1] >= _TOGETHER]
    return pairwise([*begins, len(places)])


def _stops(places: Sequence[int], first: int, end: int) -> Iterable[TapTarget]:
    """One stop for a run of marks, or as many side by side as there is room for."""
    left = max(0, places[first] - STOP_WIDTH // 2)
    right = min(TIMELINE_WIDTH, max(left, places[end - 1] - STOP_WIDTH // 2) + STOP_WIDTH)
    left = min(left, right - STOP_WIDTH)
    several = (right - left) // STOP_WIDTH
    for n in range(several):
        begin, stop = (left + (right - left) * edge // several for edge in (n, n + 1))
        behind = bisect_left(places, stop, first, end) if n + 1 < several else end
        if behind > first:
            yield TapTarget(begin, stop - begin, first, behind - 1)
            first = behind
