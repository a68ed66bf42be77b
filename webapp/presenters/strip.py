"""Where in a video something is said, as marks on a bar as long as the video."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 1000
_APART = 6


@dataclass(frozen=True, slots=True)
class Strip:
    """The marks of one video, each by its distance from the left, of WIDTH.

    `shown` are the moments that the page shows, `said` the other places; `length_ms` is what the
    whole bar stands for.
    """

    length_ms: int
    shown: tuple[int, ...]
    said: tuple[int, ...]


def strip_of(length_ms: int, shown: Iterable[int], said: Iterable[int]) -> Strip:
    """Lay times, in ms, on a bar; marks too near to be told apart are one."""
    longest = max([length_ms, 1, *(shown := tuple(shown)), *(said := tuple(said))])
    moments = _apart(_along(shown, longest), ())
    return Strip(longest, moments, _apart(_along(said, longest), moments))


def _along(times: Iterable[int], longest: int) -> list[int]:
    return sorted(round(WIDTH * ms / longest) for ms in times)


def _apart(places: Iterable[int], taken: tuple[int, ...]) -> tuple[int, ...]:
    kept: list[int] = []
    for place in places:
        if all(abs(place - other) >= _APART for other in (*kept[-1:], *taken)):
            kept.append(place)
    return tuple(kept)
