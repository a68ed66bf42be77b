from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from webapp.presenters.watching.timeline import STOP_WIDTH, TIMELINE_WIDTH, strip_of


def test_a_strip_has_each_place_where_it_is_in_the_video() -> None:
    strip = strip_of(100_000, [0, 50_000, 50_100, 99_900])

    assert strip.marks == (0, 500, 994)


def test_a_mark_far_from_others_has_a_stop_around_it() -> None:
    strip = strip_of(100_000, [50_000])

    assert strip.marks == (500,)
    assert [(one.left, one.width, one.count) for one in strip.stops] == [(455, 90, 1)]


def test_marks_that_stand_together_share_a_stop() -> None:
    strip = strip_of(100_000, [10_000, 11_000, 12_000, 70_000])

    assert [(one.first, one.last) for one in strip.stops] == [(0, 2), (3, 3)]


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**7), max_size=300))
def test_stops_lie_side_by_side_wide_enough_and_lead_to_every_mark(
    length_ms: int, times: list[int]
) -> None:
    strip = strip_of(length_ms, sorted(times))

    stops = strip.stops
    assert [n for one in stops for n in range(one.first, one.last + 1)] == list(range(len(times)))
    assert all(one.width >= STOP_WIDTH and one.left >= 0 for one in stops)
    assert all(one.left + one.width <= TIMELINE_WIDTH for one in stops)
    assert all(one.left + one.width <= next_.left for one, next_ in pairwise(stops))
    assert len(stops) <= TIMELINE_WIDTH // STOP_WIDTH
