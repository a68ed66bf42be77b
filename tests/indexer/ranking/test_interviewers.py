"""An interviewer's question that asks what a query asks lifts the answer that follows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from memory import in_memory

from indexer import Generation
from indexer.query.synonyms import NO_VOCABULARY
from indexer.ranking.questions import known_questions
from indexer.settings import SETTINGS

TALKS = {
    "told": "Swelling of the ankles. We see ankles swell in many people on this pill.\n"
    "Swelling is no reason to stop, and ankles go down.",
    "asked": "Let us go on.\nWhat can be done about swollen ankles?\n"
    "Raise your feet, and wear stockings.\nSalt makes it worse.",
}


@pytest.fixture(scope="module")
def generation() -> Generation:
    return in_memory(TALKS)


def test_a_question_that_asks_the_same_lifts_its_answer(generation: Generation) -> None:
    unlifted = replace(SETTINGS, asked=0.0)
    query = "what can be done about swollen ankles"

    by_score = {hit.video: hit.score for hit in generation.search(query).hits}
    without = {hit.video: hit.score for hit in generation.search(query, settings=unlifted).hits}

    assert by_score["asked"] > without["asked"]
    assert by_score["told"] == without["told"]


def test_the_jump_lands_on_that_question_and_says_so(generation: Generation) -> None:
    hit = next(h for h in generation.search("swollen ankles").hits if h.video == "asked")

    assert hit.asked
    assert hit.text.startswith("What can be done about swollen ankles?")
    assert hit.text[hit.answer_at :].startswith("Raise your feet")


def test_a_question_about_something_else_lifts_nothing(generation: Generation) -> None:
    unlifted = replace(SETTINGS, asked=0.0)

    lifted = generation.search("salt").hits

    assert lifted == generation.search("salt", settings=unlifted).hits != ()


def test_an_answer_ends_where_the_next_question_begins() -> None:
    talk = "What is a scan?\nA picture.\nWhat is a biopsy?\nA bit of tissue."
    reader = in_memory({"both": talk}).reader
    questions = known_questions(reader, NO_VOCABULARY).interviewers

    assert len(questions.sentence) == 2
    assert questions.end_ms[0] == questions.start_ms[1]
