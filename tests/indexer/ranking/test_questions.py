"""A moment that begins with the interviewer's question says so, and where the answer begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from libraries import best, indexed

from catalog import Catalogue
from indexer import Answer, Generation
from indexer.commands.search import answer_lines

TALK = """
    Welcome to this talk about pills.

    What is lorlatinib for?
    Lorlatinib is a pill that reaches the brain.
    It is taken once a day.



    Alectinib was there before it.
"""


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    root: Path = tmp_path_factory.mktemp("library")
    return indexed(root, {"pills": TALK})


def test_a_jump_to_a_question_says_where_the_answer_begins(generation: Generation) -> None:
    hit = best(generation, "lorlatinib reaches the brain")

    assert hit.asked
    assert hit.text[: hit.answer_at] == "What is lorlatinib for? "
    assert hit.text[hit.answer_at :].startswith("Lorlatinib is a pill")


def test_a_jump_to_an_answer_is_not_called_a_question(generation: Generation) -> None:
    hit = best(generation, "alectinib")

    assert not hit.asked
    assert hit.answer_at == 0


def test_a_terminal_shows_question_and_answer_apart(generation: Generation) -> None:
    answer = Answer("brain", (best(generation, "lorlatinib reaches the brain"),))

    lines = [line.strip() for line in answer_lines(answer, Catalogue())]

    at = lines.index("Begins with the question:")
    assert lines[at + 1] == "What is *lorlatinib* for?"
    assert lines[at + 2].startswith("*Lorlatinib* is a pill that *reaches* the *brain*.")
