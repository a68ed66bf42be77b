from __future__ import annotations

from catalog import Series
from webapp.appointment.appointment_list import KeptMoment
from webapp.appointment.layout import (
    A_VISIT,
    LEAST,
    PAGES,
    SheetLayout,
    SpaceNeeded,
    longest_that_fits,
)
from webapp.appointment.sheet import SheetMoment


def test_words_are_cut_only_where_two_pages_are_too_few() -> None:
    questions = ("What comes next?", "Who do I call?")

    assert (
        longest_that_fits([SpaceNeeded(length, 250) for length in (900, 200, 300)], questions)
        >= 900
    )
    assert LEAST < longest_that_fits([SpaceNeeded(900, 250)] * 8, questions) < 900


def test_a_sheet_says_what_is_too_much_and_how_many_lines_to_write_on() -> None:
    moments = tuple(SheetMoment(KeptMoment("talk", n), "video") for n in range(A_VISIT + 1))
    sheet = SheetLayout(moments, dense=True, pages=PAGES + 1)
    short = SheetLayout(moments[:A_VISIT], dense=False, pages=PAGES)

    assert (sheet.too_much, sheet.too_long, len(sheet.lines)) == (True, True, 1)
    assert (short.too_much, short.too_long, len(short.lines)) == (False, False, 2)


def test_a_notice_of_all_moments_is_said_once_on_the_sheet() -> None:
    one, two = Series("one", "One", notice="Sample."), Series("two", "Two", notice="Other.")
    first, gone = (
        SheetMoment(KeptMoment("a", 0), "", series=one),
        SheetMoment(KeptMoment("x", 0), "video"),
    )
    second = SheetMoment(KeptMoment("b", 0), "", series=two)

    assert SheetLayout((first, gone), dense=False, pages=1).notice == one
    assert SheetLayout((first, second), dense=False, pages=1).notice is None
