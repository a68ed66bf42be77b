"""A curated question leads to its answer in each language that it is written in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from memory import reader_of

from catalog import Question, Video
from indexer.query.synonyms import NO_VOCABULARY
from indexer.ranking.curated import CuratedQuestions, curated_questions
from indexer.ranking.questions import KnownQuestions, known_questions
from indexer.settings import SETTINGS

TALK = Video(
    "talk",
    "A talk",
    "talks",
    questions=(
        Question("Will I lose my hair?", 5000, 9000, {"es": "¿Se me caerá el cabello?"}),
        Question("Why?", None, None, {"es": "¿Por qué?"}),
    ),
)


def translated() -> CuratedQuestions:
    """The questions of an index of this talk."""
    reader = reader_of({"talk": "Hello."})
    (series,) = reader.catalogue.series
    catalogue = replace(reader.catalogue, series=(replace(series, videos=(TALK,)),))
    return curated_questions(replace(reader, catalogue=catalogue), NO_VOCABULARY)


def test_a_question_is_known_in_both_languages_with_one_answer() -> None:
    english, spanish = translated().questions

    assert (english.text, spanish.text) == ("Will I lose my hair?", "¿Se me caerá el cabello?")
    assert (english.start_ms, english.end_ms) == (spanish.start_ms, spanish.end_ms) == (5000, 9000)
    assert "cabell" in spanish.terms


def test_a_question_in_two_languages_lifts_its_answer_once() -> None:
    none = known_questions(reader_of({"talk": "Hello."}), NO_VOCABULARY).interviewers
    known = KnownQuestions(translated(), none)

    near = np.array([0.9, 0.95], np.float32)
    found = known.matching((), lambda _: 1.0, SETTINGS, meaning=lambda: near)

    assert [match.question.text for match in found] == ["¿Se me caerá el cabello?"]
