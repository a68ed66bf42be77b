"""What an interviewer says leads to an answer, and is none."""

from __future__ import annotations

import re

from libraries import best
from memory import in_memory, reader_of

from indexer.moments.interviewer import NOBODY, interviewer_of

INTERVIEW = """
    <v Ada>Welcome. What is a rash?
    <v Dr. Tess>It is red skin that itches, and there are creams that help against it.
    <v Ada>Now tell us about the nausea that people fear.
    <v Dr. Tess>There are good tablets against it, and most people need them for a day or two.
    <v Ada>And can I eat what I like?
    <v Dr. Tess>Yes, eat whatever tastes good to you and ask us before you take any vitamins.
"""


def asker(talk: str) -> str:
    reader = reader_of({"talk": talk})
    track = reader.rows.sentences_of(0)
    number = interviewer_of(reader.columns, track)
    return "" if number == NOBODY else reader.tracks[0].speakers[number]


def test_the_one_who_asks_and_says_little_is_the_interviewer() -> None:
    assert asker(INTERVIEW) == "Ada"


def test_nobody_is_where_one_alone_asks_and_answers_or_nobody_is_named() -> None:
    alone = "<v Tess>What is a rash? It is red skin.\n<v Tess>Can I eat? Yes.\n<v Ada>Thanks."

    assert asker(alone) == ""
    assert asker("What is a rash?\nIt is red skin.\nCan I eat?\nYes.") == ""


def test_without_names_two_who_take_turns_are_told_apart() -> None:
    unnamed = re.sub(r"<v [^>]*>", ">> ", INTERVIEW)
    hit = best(in_memory({"talk": unnamed}), "nausea")

    assert hit.text[slice(*hit.answer)].startswith("There are good tablets against it")


def test_a_long_speech_of_the_interviewer_is_not_heard_from_its_start() -> None:
    speech = "<v Ada>We were at the sea that summer, and it rained.\n" * 8
    talk = f"{INTERVIEW}{INTERVIEW}{speech}<v Ada>My sister had nausea from the cumin there.\n"
    talk += "<v Dr. Tess>Cumin is a spice like many others, and nothing more than that.\n" * 12

    hit = best(in_memory({"talk": talk}), "cumin sister nausea")

    assert "cumin" in hit.text.casefold()
    assert hit.match_ms - hit.start_ms <= 25_000


def test_the_answer_is_what_the_other_one_says_to_a_prompt() -> None:
    hit = best(in_memory({"talk": INTERVIEW}), "nausea")

    assert hit.text[slice(*hit.answer)].startswith("There are good tablets against it")
    assert hit.text[: hit.answer_at].strip() == "Now tell us about the nausea that people fear."
