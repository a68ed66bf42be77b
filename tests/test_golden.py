"""The golden questions: what patients ask, judged against the sample library.

They were written without a look at the interviews, and judged by reading them (golden/README.md).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from libraries import opened, sample_library

from indexer import Generation
from indexer.evaluating import figures
from indexer.runs import read_questions, run_of, score_run

FILE = Path(__file__).parent / "golden/questions.jsonl"
LINES = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return opened(sample_library(tmp_path_factory.mktemp("golden")))


def test_patients_questions_find_their_answers(generation: Generation) -> None:
    asked, _ = read_questions(FILE)
    answers = {question.qid: generation.search(question.query) for question in asked}

    scores = score_run(asked, run_of(answers))

    measured = {name: figure.value for name, figure in figures(scores).items() if figure}
    missed = [one.question.query for one in scores if one.values.get("hit@5") == 0]
    told = f"{measured}; not among the first five: {missed}"
    assert measured["hit@5"] >= 0.83, told
    assert measured["hit@1"] >= 0.60, told


def test_every_judged_answer_lies_in_its_video(generation: Generation) -> None:
    for line in LINES:
        for answer in line["answers"]:
            transcript = generation.transcript(answer["video"], answer["language"])
            assert transcript is not None, line["qid"]
            end = transcript.sentences[-1].end_ms / 1000
            assert 0 <= answer["start"] < answer["end"] <= end + 1, line["qid"]


def test_there_are_enough_questions_of_every_kind() -> None:
    strata = [line["stratum"] for line in LINES]

    assert len(strata) >= 100
    assert strata.count("unanswerable") >= 15
    assert len(set(strata)) >= 12
    assert len({line["query"] for line in LINES}) == len(LINES)
