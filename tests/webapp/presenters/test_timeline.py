from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webapp.presenters.timeline import TIMELINE_WIDTH, timeline_of


def test_a_strip_has_each_place_where_it_is_in_the_video() -> None:
    strip = timeline_of(100_000, [50_000], [0, 50_100, 99_000])

    assert strip.shown == (500,)
    assert strip.said == (0, 990)


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**7)), st.lists(st.integers(0, 10**7)))
def test_no_mark_is_beside_the_strip(length_ms: int, shown: list[int], said: list[int]) -> None:
    strip = timeline_of(length_ms, shown, said)

    assert all(0 <= mark <= TIMELINE_WIDTH for mark in (*strip.shown, *strip.said))
    assert bool(strip.shown) == bool(shown)
