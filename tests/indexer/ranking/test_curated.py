"""Curated questions are found in a patient's own words, and no other question for them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from memory import reader_of

from catalog import Catalogue, Question
from indexer import Generation
from indexer.query.synonyms import NO_VOCABULARY
from indexer.ranking.curated import CuratedQuestions, curated_questions
from indexer.ranking.matching import weigh
from indexer.ranking.question_match import AnsweredQuestion
from indexer.ranking.questions import known_questions
from indexer.settings import SETTINGS

TALK = "Welcome.\nWhat is fatigue?\nIt is not ordinary tiredness.\nWalk every day.\n" * 3
ASKED = {
    "Why am I so tired, and what helps?": (5, 20),
    "Will I lose my hair?": (25, 40),
    "What are the side effects of lorlatinib?": (45, 60),
}


@pytest.fixture(scope="module")
def generation() -> Generation:
    reader = reader_of({"talk": TALK})
    (series,) = reader.catalogue.series
    (video,) = series.videos
    asked = [Question(text, start * 1_000, end * 1_000) for text, (start, end) in ASKED.items()]
    videos = (replace(video, questions=tuple(asked)),)
    catalogue = Catalogue((replace(series, videos=videos),), terms=reader.catalogue.terms)
    return Generation(replace(reader, catalogue=catalogue))


def nearest(generation: Generation, query: str) -> tuple[str, float, float]:
    """The nearest question, how like it the query is word for word, and how near."""
    reader = generation.reader
    questions, rarity = curated_questions(reader, NO_VOCABULARY), reader.terms.rarity
    concepts = weigh(generation.searcher.parsed(query).concepts, rarity, SETTINGS)
    like, near = questions.compared(concepts, rarity, SETTINGS)
    best = int(near.argmax())
    return questions.questions[best].text, float(like[best]), float(near[best])


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("I'm exhausted all day, is there anything to do about it", "Why am I so tired"),
        ("my husband worries, is it going to fall out", "Will I lose my hair"),
        ("lorbrena adverse reactions", "What are the side effects of lorlatinib"),
        ("how often should I walk", "Why am I so tired"),  # its answer says so
    ],
)
def test_a_question_is_near_in_other_words(
    generation: Generation, query: str, question: str
) -> None:
    found, _, near = nearest(generation, query)

    assert found.startswith(question)
    assert near > 0


def test_the_same_words_are_like_it_and_near(generation: Generation) -> None:
    found, like, near = nearest(generation, "why am I so tired, what helps")

    assert found.startswith("Why am I so tired")
    assert like == pytest.approx(1)
    assert near == pytest.approx(1)


def test_everyday_words_are_near_but_not_like(generation: Generation) -> None:
    _, like, near = nearest(generation, "falling out")

    assert like == 0 < near


def test_what_nobody_asks_or_answers_is_near_nothing(generation: Generation) -> None:
    assert nearest(generation, "zebra")[1:] == (0, 0)


def test_what_nobody_says_hardly_tells_which_question_is_asked(generation: Generation) -> None:
    _, _, plain = nearest(generation, "lose my hair")
    _, _, unsaid = nearest(generation, "zebra lose my hair")
    _, _, said = nearest(generation, "walk every day lose my hair")

    assert said < unsaid < plain
    assert plain - unsaid < 0.3


def test_an_index_without_questions_has_none_near() -> None:
    reader = reader_of({"talk": "Hello."})
    like, near = curated_questions(reader, NO_VOCABULARY).compared(
        (), reader.terms.rarity, SETTINGS
    )

    assert not len(like)
    assert not len(near)


@pytest.mark.parametrize(
    ("query", "lifted"),
    [
        ("how do I help a tired husband", True),
        ("my hair turned white, a side effect of the wedding", False),
    ],
)
def test_who_asks_more_than_a_question_is_not_sent_to_its_answer(
    generation: Generation, query: str, *, lifted: bool
) -> None:
    rarity = generation.reader.terms.rarity
    concepts = weigh(generation.searcher.parsed(query).concepts, rarity, SETTINGS)
    known = known_questions(generation.reader, NO_VOCABULARY)

    assert any(one.lift for one in known.matching(concepts, rarity, SETTINGS)) == lifted


@pytest.mark.parametrize(
    ("near", "clear"),
    [
        ((0.42, 0.23, 0.3), (True, False, False)),
        ((0.42, 0.23, 0.4), (False, False, False)),  # another is nearly as near
        ((0.1, 0.3, 0.1), (False, True, False)),
        ((0, 0, 0), (False, False, False)),
    ],
)
def test_a_question_stands_alone_where_none_with_another_answer_is_as_near(
    generation: Generation, near: tuple[float, ...], clear: tuple[bool, ...]
) -> None:
    questions = curated_questions(generation.reader, NO_VOCABULARY)

    assert (*questions.clear(np.array(near, np.float32), SETTINGS).tolist(),) == clear


def test_the_languages_of_a_question_are_no_rivals() -> None:
    english, spanish, other = (AnsweredQuestion("talk", start, 90_000) for start in (0, 0, 60_000))
    questions = CuratedQuestions((english, spanish, other))

    clear = questions.clear(np.array([0.42, 0.4, 0.1], np.float32), SETTINGS)
    assert clear.tolist() == [True, True, False]
