from __future__ import annotations

import pytest
from memory import in_memory

from catalog import Catalogue, Series, Topic, WrittenAnswer
from indexer.search.written import asked_in_writing, tells_of, written_questions

TESTING = WrittenAnswer(
    "Where can I go for comprehensive biomarker testing?",
    "https://example.org/testing",
    {"es": "¿Adónde puedo ir para una prueba completa de biomarcadores?"},
)
KNOW = WrittenAnswer("What do I need to know about clinical trials?", "https://example.org/know")
TALKS = in_memory({"talk": "Biomarker testing looks for genes.\nA clinical trial is a study."})


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("where do I get biomarker testing", TESTING),
        ("Where can I go for comprehensive biomarker testing?", TESTING),
        ("¿dónde hacen pruebas de biomarcadores?", TESTING),
        ("clinical trials", KNOW),
        ("side effects of biomarker testing", None),
        ("what does a study cost", None),
        ("biomarker", None),
        ("", None),
    ],
)
def test_a_question_that_a_page_answers_is_found_in_other_words(
    typed: str, answer: WrittenAnswer | None
) -> None:
    topics = (Topic("one", "One", written=(TESTING, KNOW)), Topic("two", "Two", written=(KNOW,)))
    catalogue = Catalogue((Series("talks", "Talks"),), topics={one.slug: one for one in topics})
    questions = written_questions(catalogue, TALKS.searcher.parsed)

    assert asked_in_writing(TALKS.searcher.parsed(typed), questions) == answer


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("what is biomarker testing", True),
        ("pruebas de biomarcadores", True),
        ("molecular testing", True),
        ("I am coughing up blood", False),
        ("", False),
    ],
)
def test_a_text_tells_of_what_is_asked_by_any_name(typed: str, told: bool) -> None:
    assert tells_of(TALKS.searcher.parsed(typed), "Who needs biomarker tests?", "en") == told
