"""What search engines are told to be an answer is said by whoever answers, and by nobody else."""

from __future__ import annotations

import re

import pytest
from memory import in_memory

from catalog import Question, Video
from webapp.presenters.sharing.said_answers import LONGEST, said_answers

# A line is a cue of five seconds.
INTERVIEW = """
    <v Ada>Welcome. What is a rash?
    <v Dr. Tess>It is red skin that itches, and there are creams that help against it.
    <v Dr. Tess>Ask yourself one thing. Does it hurt?
    <v Ada>Our viewers fear the nausea most.
    <v Ada>What do you give them?
    <v Dr. Tess>There are good tablets against it, and most people need them for a day or two.
    <v Ada>And can I eat what I like?
    <v Dr. Tess>Yes, eat whatever tastes good to you and ask us before you take any vitamins.
"""


def told(talk: str, *questions: Question) -> dict[str, str]:
    generation = in_memory({"talk": talk})
    transcript = generation.transcript("talk")
    assert transcript
    found = said_answers(
        Video("talk", "Talk", "talks", questions=questions),
        transcript,
        range(len(transcript.sentences)),
        generation.readable("talk", "en"),
        generation.asked_at("talk", "en"),
    )
    return {one.question: one.text for one in found}


@pytest.mark.parametrize("end", [15_000, 17_500, 20_000, 24_000, 40_000])
@pytest.mark.parametrize("marks", ["named", "turns"])
def test_an_answer_ends_before_the_interviewer_speaks_again(end: int, marks: str) -> None:
    talk = INTERVIEW if marks == "named" else re.sub(r"<v [^>]*>", ">> ", INTERVIEW, count=99)
    if marks == "turns":
        talk = talk.replace(">> Ask yourself", "Ask yourself").replace(">> What do", "What do")

    found = told(talk, Question("What is a rash?", 0, end_ms=end))["What is a rash?"]

    assert found.startswith("It is red skin that itches")
    assert found.endswith("Ask yourself one thing. Does it hurt?")


def test_where_nobody_is_told_apart_what_goes_on_behind_the_end_is_left_out() -> None:
    talk = "What is a rash?\nIt is red skin.\nCreams help.\nOur viewers fear\nthe nausea most."
    asked = "What is a rash?\nIt is red skin.\nCreams help.\nWhat about nausea?\nTake a tablet."

    assert told(talk, Question("Why?", 0, end_ms=16_000)) == {
        "Why?": "It is red skin. Creams help."
    }
    assert told(asked, Question("Why?", 0, end_ms=20_000)) == {
        "Why?": "It is red skin. Creams help."
    }


def test_a_long_answer_is_cut_between_sentences() -> None:
    talk = "What is a rash?\n" + "It is red skin that itches on a hot day in the sun.\n" * 60

    (found,) = told(talk, Question("Why?", 0, end_ms=300_000)).values()

    assert len(found) <= LONGEST
    assert found.endswith("in the sun.")
