"""Where in a video something is said, laid out on a bar that stands for its length."""

from collections.abc import Iterable
from dataclasses import dataclass

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
