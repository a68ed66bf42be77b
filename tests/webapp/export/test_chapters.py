"""Chapters as YouTube takes them, and as players read them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import Question, Video
from catalog.model import Chapter
from webapp.export.chapters import Section, description, parts_of

TALK = Video(
    "talk",
    "Talk",
    "talks",
    duration_ms=300_000,
    chapters=(Chapter("Welcome", 0), Chapter("Tests", 40_000), Chapter("Pills", 100_000)),
)
LINE = re.compile(r"(?:(\d+):)?(\d?\d):(\d\d) \S.*")


def seconds(lines: str) -> list[int]:
    found = [LINE.fullmatch(line) for line in lines.splitlines()]
    assert all(found), lines
    return [int(m[1] or 0) * 3600 + int(m[2]) * 60 + int(m[3]) for m in found if m]


def questions(*starts: int | None) -> Video:
    asked = tuple(Question(f"Number {n}?", start) for n, start in enumerate(starts))
    return Video("talk", "Talk", "talks", questions=asked)


def test_chapters_are_lines_of_a_description() -> None:
    assert description(parts_of(TALK, 0), "en") == "0:00 Welcome\n0:40 Tests\n1:40 Pills\n"


def test_without_chapters_the_questions_whose_place_is_known_are_parts() -> None:
    parts = parts_of(questions(50_000, None, 20_000, 90_000), 130_000)

    assert parts == (
        Section("Number 2?", 20_000, 50_000),
        Section("Number 0?", 50_000, 90_000),
        Section("Number 3?", 90_000, 130_000),
    )
    assert description(parts, "es").startswith("0:00 Introducción\n0:20 Number 2?\n")


def test_one_that_begins_soon_begins_at_the_beginning() -> None:
    assert description(parts_of(questions(4_000, 50_000, 90_000), 130_000), "en") == (
        "0:00 Number 0?\n0:50 Number 1?\n1:30 Number 2?\n"
    )


def test_one_that_is_too_short_is_joined_and_none_is_lost() -> None:
    lines = description(parts_of(questions(0, 30_000, 35_000, 60_000, 99_000), 103_000), "en")

    assert lines.splitlines() == [
        "0:00 Number 0?", "0:30 Number 1? / Number 2?", "1:00 Number 3? / Number 4?",
    ]  # fmt: skip


@pytest.mark.parametrize("starts", [(), (None,), (0,), (0, 60_000), (0, 5_000, 9_000)])
def test_of_fewer_than_three_youtube_makes_none(starts: tuple[int | None, ...]) -> None:
    assert description(parts_of(questions(*starts), 120_000), "en") == ""


def test_a_title_is_one_line_without_what_youtube_refuses() -> None:
    parts = [
        Section(f"<b>Is it\n{'very ' * 40}long?", n * 60_000, (n + 1) * 60_000) for n in range(3)
    ]

    for line in description(parts, "en").splitlines():
        assert LINE.fullmatch(line)
        assert "<" not in line
        assert len(line) <= 110


@given(
    st.lists(st.integers(0, 20_000_000), max_size=12),
    st.one_of(st.none(), st.integers(1, 20_000_000)),
    st.integers(0, 20_000_000),
)
def test_whatever_the_times_are_the_rules_hold(
    starts: list[int], duration: int | None, spoken: int
) -> None:
    asked = tuple(Question(f"Q{start}?", start) for start in starts)
    video = Video("talk", "Talk", "talks", duration_ms=duration, questions=asked)

    parts = parts_of(video, spoken)
    at = seconds(description(parts, "en"))

    assert all(one.start_ms < one.end_ms for one in parts)
    assert at == [] or (at[0] == 0 and len(at) >= 3)
    assert all(after - before >= 10 for before, after in pairwise(at))
