"""A kept moment, as links carry it."""

from __future__ import annotations

import pytest

from webapp.appointment.appointment_list import KeptMoment, read_moment


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("first-days~4-20~en", KeptMoment("first-days", 4, 20, "en")),
        ("first-days~4", KeptMoment("first-days", 4)),
        ("first-days~4~es-419", KeptMoment("first-days", 4, None, "es-419")),
        ("first-days~20-4", KeptMoment("first-days", 20)),
    ],
)
def test_a_moment_is_read_from_a_link(text: str, kept: KeptMoment) -> None:
    assert read_moment(text) == kept
    assert read_moment(kept.key) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "first-days",
        "~4",
        "First~4",
        "a--b~4",
        "a~-4",
        "a~4-",
        "a~999999",
        "a~٤",
        "a" * 200 + "~4",
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text) is None
