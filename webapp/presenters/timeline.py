"""Where in a video something is said, laid out on a bar that stands for its length."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

TIMELINE_WIDTH = 1000
SHOWN_WIDTH, SAID_WIDTH = 10, 6
_APART = 6


@dataclass(frozen=True, slots=True)
class Timeline:
    """A bar that stands for `length_ms` of one video, and its marks by their left edges.

    Of TIMELINE_WIDTH units; `shown` are the moments that the page shows, SHOWN_WIDTH wide, `said`
    the other places that say what was asked, SAID_WIDTH wide.
    """

    length_ms: int
    shown: tuple[int, ...]
    said: tuple[int, ...]


def timeline_of(length_ms: int, shown: Iterable[int], said: Iterable[int]) -> Timeline:
    """Lay times, in ms, on a bar; marks too near to be told apart are one."""
    longest = max([length_ms, 1, *(shown := tuple(shown)), *(said := tuple(said))])
    moments = _apart(_along(shown, longest), ())
    others = _apart(_along(said, longest), moments)
    return Timeline(longest, _inside(moments, SHOWN_WIDTH), _inside(others, SAID_WIDTH))


def _along(times: Iterable[int], longest: int) -> list[int]:
    return sorted(round(TIMELINE_WIDTH * ms / longest) for ms in times)


def _apart(places: Iterable[int], taken: tuple[int, ...]) -> tuple[int, ...]:
    kept: list[int] = []
    for place in places:
        if all(abs(place - other) >= _APART for other in (*kept[-1:], *taken)):
            kept.append(place)
    return tuple(kept)


def _inside(marks: Iterable[int], width: int) -> tuple[int, ...]:
    """Marks with their whole width on the bar."""
    return tuple(min(mark, TIMELINE_WIDTH - width) for mark in marks)


# What can be tapped is 24 px wide on a phone of 320 px.
STOP_WIDTH = 90
# Marks so near share a stop, or have stops side by side.
_TOGETHER = STOP_WIDTH * 3 // 2


@dataclass(frozen=True, slots=True)
class Stop:
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
    stops: tuple[Stop, ...] = ()


def strip_of(length_ms: int, times: Sequence[int]) -> Strip:
    """Lay ascending times, in ms, on a bar; there are few stops, however many marks there are."""
    longest = max([length_ms, 1, *times])
    places = _along(times, longest)
    stops = [stop for first, end in _runs(places) for stop in _stops(places, first, end)]
    return Strip(longest, _inside(_apart(places, ()), SAID_WIDTH), tuple(stops))


def _runs(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The marks that follow each other closely, each run by its first and the one behind it."""
    begins = [n for n, at in enumerate(places) if not n or at - places[n - 1] >= _TOGETHER]
    return pairwise([*begins, len(places)])


def _stops(places: Sequence[int], first: int, end: int) -> Iterable[Stop]:
    """One stop for a run of marks, or as many side by side as there is room for."""
    left = max(0, places[first] - STOP_WIDTH // 2)
    right = min(TIMELINE_WIDTH, max(left, places[end - 1] - STOP_WIDTH // 2) + STOP_WIDTH)
    left = min(left, right - STOP_WIDTH)
    several = (right - left) // STOP_WIDTH
    for n in range(several):
        begin, stop = (left + (right - left) * edge // several for edge in (n, n + 1))
        behind = bisect_left(places, stop, first, end) if n + 1 < several else end
        if behind > first:
            yield Stop(begin, stop - begin, first, behind - 1)
            first = behind
