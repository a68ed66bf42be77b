"""The question in a long message, wherever it stands."""

from __future__ import annotations

import pytest

from catalog import Term
from indexer import Generation
from indexer.query.long_messages import SHORT, field_words, question_in

BEFORE = (
    "hi there my mom is 63 and she lives in ohio and she was diagnosed in march after she had a "
    "cough that would not go away and the nurses were kind and it all went very fast "
)
AFTER = (
    " anyway thanks for reading this i know it is long and i am typing on my phone in the waiting "
    "room and they just called the number before ours and the coffee here is terrible "
)
ASKED = "what are the side effects of lorlatinib"


@pytest.mark.parametrize(("before", "after"), [(0, 8), (4, 4), (8, 0), (1, 1)])
def test_a_dictated_question_is_found_wherever_it_stands(before: int, after: int) -> None:
    text = BEFORE * before + ASKED + AFTER * after

    assert len(text) > SHORT
    assert question_in(text, 1_000) == ASKED


@pytest.mark.parametrize(
    "question", ["Can I lose my job because of cancer treatment?", "¿Qué es una biopsia líquida?"]
)
def test_a_question_with_its_mark_is_found(question: str) -> None:
    text = (BEFORE.strip() + ". ") * 4 + question + " " + (AFTER.strip() + ". ") * 4

    assert question_in(text, 1_000) == question


def test_what_follows_because_of_belongs_to_the_question() -> None:
    text = BEFORE * 4 + "can i lose my job because of cancer" + AFTER * 4

    assert question_in(text, 1_000) == "can i lose my job because of cancer"


def test_a_short_text_stays_as_it_is() -> None:
    text = f"my mom is 63. {ASKED}? thanks"

    assert question_in(text, 1_000) == text


def test_a_long_text_that_asks_nothing_is_cut() -> None:
    text = "lung cancer " * 200

    assert question_in(text, 1_000) == text[:1_000]


def test_a_message_of_two_thousand_characters_is_answered(sample: Generation) -> None:
    text = BEFORE * 6 + ASKED + AFTER * 5

    hit = sample.search(text).hits[0]

    assert len(text) >= 1_900
    assert (hit.video, hit.start_ms // 1000) == ("alk-first-steps", 286)


FIELD = field_words([Term("lorlatinib", "drug"), Term("biopsy", "test", spanish=("biopsia",))])


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("so i am wondering if lorlatinib can cure me", "lorlatinib can cure me"),
        ("i have no idea how long a biopsy takes", "how long a biopsy takes"),
        ("no sé qué es una biopsia", "qué es una biopsia"),
    ],
)
def test_a_question_without_its_mark_is_told_by_who_does_not_know(asked: str, read: str) -> None:
    text = f"{BEFORE * 3}{asked}{AFTER * 2}"

    assert question_in(text, 1_000, FIELD).startswith(read)


def test_what_says_nothing_of_the_field_is_not_asked() -> None:
    text = f"{BEFORE * 3} do you know how late it was anyway should i stop lorlatinib{AFTER}"

    assert question_in(text, 1_000, FIELD) == "should i stop lorlatinib"
