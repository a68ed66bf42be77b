"""Curated questions that ask the same in other words, and the very question."""

from __future__ import annotations

import numpy as np
import pytest
from memory import reader_of

from indexer.query.synonyms import NO_VOCABULARY
from indexer.ranking.curated import CuratedQuestions, plain_words
from indexer.ranking.question_match import AnsweredQuestion
from indexer.ranking.questions import KnownQuestions, known_questions
from indexer.settings import SETTINGS

ASKED = AnsweredQuestion("talk", 0, 60_000, "I was told. What now?")
OTHER = AnsweredQuestion("talk", 90_000, 120_000, "What is a stage?")


@pytest.fixture(scope="module")
def questions() -> KnownQuestions:
    plain = tuple(plain_words(one.text) for one in (ASKED, OTHER))
    curated = CuratedQuestions((ASKED, OTHER), worth=np.ones(2, np.float32), plain=plain)
    return KnownQuestions(
        curated, known_questions(reader_of({"talk": "Hello."}), NO_VOCABULARY).interviewers
    )


def liked(questions: KnownQuestions, near: list[float] | None, wording: str = "") -> list[str]:
    """The questions that a query without words is like, the one that lifts most first."""
    given = None if near is None else np.array(near, np.float32)
    found = questions.matching((), lambda _: 1.0, SETTINGS, wording, lambda: given)
    return [match.question.text for match in sorted(found, key=lambda one: -one.lift)]


def test_a_question_in_other_words_is_found_by_its_meaning(questions: KnownQuestions) -> None:
    assert liked(questions, [0.9, 0.1]) == [ASKED.text]
    assert liked(questions, None) == []


def test_only_the_nearest_counts(questions: KnownQuestions) -> None:
    assert liked(questions, [0.9, 0.6]) == [ASKED.text]


def test_what_is_not_near_enough_is_another_question(questions: KnownQuestions) -> None:
    assert liked(questions, [0.4, 0.3]) == []


def test_meaning_alone_makes_no_question_the_same(questions: KnownQuestions) -> None:
    near = np.array([0.9, 0.1], np.float32)
    found = questions.matching((), lambda _: 1.0, SETTINGS, meaning=lambda: near)

    assert [match.likeness for match in found] == [0]  # none of its words is spoken of


def test_the_very_question_comes_first_however_near_another_is(questions: KnownQuestions) -> None:
    assert liked(questions, [0.99, 0.99], "what is a stage!") == [OTHER.text, ASKED.text]
