"""The list for an appointment: how it is read from an address, changed, and shown."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.appointment.appointment_list import (
    LONGEST_QUESTION,
    MOST_MOMENTS,
    MOST_QUESTIONS,
    AppointmentList,
    KeptMoment,
)
from webapp.appointment.list_request import read_list_request

STAGE = "first-days~4-20~en"
PILLS = "pills~2-7~en"
TESTS = "first-days~40-46~en"


def keys(asked: str) -> list[str]:
    return [kept.key for kept in read_list_request(parse_qsl(asked)).list.moments]


def test_a_list_keeps_its_order_and_holds_nothing_twice() -> None:
    asking = read_list_request(
        [("m", PILLS), ("q", "Why?"), ("m", STAGE), ("m", PILLS), ("q", " Why? ")]
    )

    assert [kept.key for kept in asking.list.moments] == [PILLS, STAGE]
    assert asking.list.questions == ("Why?",)


def test_a_list_travels_as_a_link() -> None:
    before = AppointmentList((KeptMoment("pills", 2, 7, "en"),), ("¿Qué & por qué?", "A+B = 50 %?"))

    assert read_list_request(parse_qsl(before.query)).list == before


def test_what_has_no_room_is_counted_and_left_out() -> None:
    moments = [("m", f"pills~{second}") for second in range(MOST_MOMENTS + 2)]
    questions = [("q", f"Question {number}") for number in range(MOST_QUESTIONS + 1)]

    asking = read_list_request([*moments, *questions])

    assert len(asking.list.moments) == MOST_MOMENTS
    assert len(asking.list.questions) == MOST_QUESTIONS
    assert asking.over == 3


def test_a_long_question_is_cut_at_a_word_and_says_so() -> None:
    asking = read_list_request([("ask", "what now " * 60)])

    assert asking.cut
    assert len(asking.list.questions[0]) <= LONGEST_QUESTION
    assert asking.list.questions[0].endswith(("what", "now"))


# Changing


@pytest.mark.parametrize(
    ("change", "order"),
    [
        (f"up=m:{PILLS}", [PILLS, STAGE, TESTS]),
        (f"down=m:{PILLS}", [STAGE, TESTS, PILLS]),
        (f"up=m:{STAGE}", [STAGE, PILLS, TESTS]),
        (f"down=m:{TESTS}", [STAGE, PILLS, TESTS]),
        (f"remove=m:{PILLS}", [STAGE, TESTS]),
        ("remove=m:pills~99", [STAGE, PILLS, TESTS]),
        ("up=nonsense", [STAGE, PILLS, TESTS]),
        ("add=pills~30-36~en", [STAGE, PILLS, TESTS, "pills~30-36~en"]),
        (f"add={STAGE}", [STAGE, PILLS, TESTS]),
        ("empty=1", []),
    ],
)
def test_a_change_is_made_to_the_list(change: str, order: list[str]) -> None:
    assert keys(f"m={STAGE}&m={PILLS}&m={TESTS}&{change}") == order


def test_questions_are_moved_and_taken_off_by_their_words() -> None:
    up = read_list_request([("q", "One?"), ("q", "Two: why?"), ("up", "q:Two: why?")])
    gone = read_list_request([("q", "One?"), ("q", "Two: why?"), ("remove", "q:One?")])

    assert (up.list.questions, up.change, up.item) == (("Two: why?", "One?"), "up", "q:Two: why?")
    assert gone.list.questions == ("Two: why?",)


def test_the_list_at_another_address_comes_before_this_one() -> None:
    other = f"https://answers.example/es/appointment?m={PILLS}&q=Why%3F&add={TESTS}"

    joined = read_list_request([("m", STAGE), ("join", other)])

    assert [kept.key for kept in joined.list.moments] == [PILLS, TESTS, STAGE]
    assert joined.list.questions == ("Why?",)
    assert joined.unread == 0


def test_an_address_without_a_list_changes_nothing_and_is_told_of() -> None:
    joined = read_list_request([("m", STAGE), ("join", "https://answers.example/about")])

    assert [kept.key for kept in joined.list.moments] == [STAGE]
    assert joined.unread == 1


def test_an_emptied_list_can_be_put_back() -> None:
    asking = read_list_request([("m", STAGE), ("q", "Why?"), ("empty", "1")])

    assert not asking.list
    assert asking.before.pairs == (("m", STAGE), ("q", "Why?"))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("m q up down remove add ask empty find x".split()),
            st.one_of(
                st.text(max_size=20).map(lambda text: text * 20),
                st.from_regex(r"(m:|q:)?[a-z-]{1,9}~[0-9]{1,7}(-[0-9]{1,7})?(~[a-z]{2,3})?"),
            ),
        ),
        max_size=12,
    )
)
def test_anything_in_an_address_is_a_list_within_its_limits(pairs: list[tuple[str, str]]) -> None:
    found = read_list_request(pairs).list

    assert len(found.moments) <= MOST_MOMENTS
    assert len(found.questions) <= MOST_QUESTIONS
    assert all(len(question) <= LONGEST_QUESTION for question in found.questions)
    assert read_list_request(parse_qsl(found.query)).list == found


# What the page shows


def test_after_a_move_the_button_to_go_on_with_has_the_focus() -> None:
    def focus(change: str) -> list[str]:
        request = read_list_request(parse_qsl(f"m={STAGE}&m={PILLS}&m={TESTS}&{change}"))
        assert not request.tells_first
        return [entry.focus for entry in request.entries("m")]

    assert focus(f"up=m:{TESTS}") == ["", "up", ""]
    assert focus(f"up=m:{PILLS}") == ["down", "", ""]
    assert focus(f"down=m:{STAGE}") == ["", "down", ""]
    assert focus(f"down=m:{PILLS}") == ["", "", "up"]


def test_entries_know_their_place_among_their_kind() -> None:
    request = read_list_request(parse_qsl(f"m={STAGE}&q=Why%3F&q=How%3F&ask=When%3F"))

    assert [(one.item, one.number, one.of) for one in request.entries("m")] == [
        (f"m:{STAGE}", 1, 1)
    ]
    assert [(one.item, one.first, one.last) for one in request.entries("q")] == [
        ("q:Why?", True, False),
        ("q:How?", False, False),
        ("q:When?", False, True),
    ]
    assert (request.place, request.tells_first, request.is_new) == (3, True, False)


def test_only_what_was_taken_off_can_be_put_back() -> None:
    removed = read_list_request(parse_qsl(f"m={STAGE}&remove=m:{STAGE}"))

    assert (removed.undo, removed.place) == (f"m={STAGE}", 0)
    assert read_list_request(parse_qsl(f"m={STAGE}&up=m:{STAGE}")).undo == ""
    assert read_list_request(parse_qsl(f"add={STAGE}")).is_new
