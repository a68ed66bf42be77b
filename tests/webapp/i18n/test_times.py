from __future__ import annotations

import pytest

from catalog import clock
from webapp.i18n.times import day, minutes, spoken


@pytest.mark.parametrize(
    ("ms", "shown"), [(0, "0:00"), (83_999, "1:23"), (3_723_000, "1:02:03"), (600_000, "10:00")]
)
def test_a_time_is_shown_as_players_show_it(ms: int, shown: str) -> None:
    assert clock(ms) == shown


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (0, "the beginning"),
        (1_000, "1 second"),
        (83_200, "1 minute 23 seconds"),
        (7_201_000, "2 hours 1 second"),
    ],
)
def test_a_time_is_said_in_words(ms: int, said: str) -> None:
    assert spoken(ms) == said


def test_a_length_is_rough_and_never_nothing() -> None:
    assert minutes(404_000) == "7 minutes"
    assert minutes(5_000) == "1 minute"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2026-05-04", "May 4, 2026"), ("2026-05", "May 2026"), ("2019", "2019"), ("", "")],
)
def test_a_date_is_shown_as_people_write_it(text: str, shown: str) -> None:
    assert day(text) == shown
