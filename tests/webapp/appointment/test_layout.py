from __future__ import annotations

from webapp.appointment.layout import LEAST, SpaceNeeded, longest_that_fits


def test_words_are_cut_only_where_two_pages_are_too_few() -> None:
    questions = ("What comes next?", "Who do I call?")

    assert (
        longest_that_fits([SpaceNeeded(length, 250) for length in (900, 200, 300)], questions)
        >= 900
    )
    assert LEAST < longest_that_fits([SpaceNeeded(900, 250)] * 8, questions) < 900
