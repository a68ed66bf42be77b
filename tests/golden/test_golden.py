"""The golden questions: what patients ask, judged against the sample library.

They were written without a look at the interviews, and judged by reading them (golden/README.md).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import soak
from libraries import build, opened, sample_library
from paths import GOLDEN as FILE
from paths import SHARED

from indexer import Generation
from indexer.evaluation.measures import figures
from indexer.evaluation.runs import read_questions, run_of, score_run

LINES = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
MODEL = SHARED / "models/all-MiniLM-L6-v2-int8"


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return opened(sample_library(tmp_path_factory.mktemp("golden")))


def test_patients_questions_find_their_answers_by_words(generation: Generation) -> None:
    measured, told = asked_all(generation)

    assert measured["hit@5"] >= 0.88, told
    assert measured["hit@1"] >= 0.62, told
    assert measured["false_answers"] <= 0.23, told


@pytest.mark.slow
def test_patients_questions_find_their_answers_by_meaning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (soak.LONG or os.environ.get("HOPE_TEST_MODEL")):
        pytest.skip("half a minute of work: `make soak` asks them, and HOPE_TEST_MODEL=folder")
    model = Path(os.environ.get("HOPE_TEST_MODEL", MODEL))
    if not model.is_dir():
        pytest.skip("no sentence model is beside this repository, nor named in HOPE_TEST_MODEL")
    monkeypatch.setenv("HOPE_MODEL", str(model))
    library = sample_library(tmp_path)
    build(library)

    measured, told = asked_all(opened(library))

    assert measured["hit@5"] >= 0.90, told
    assert measured["hit@1"] >= 0.70, told
    assert measured["false_answers"] <= 0.20, told


def asked_all(generation: Generation) -> tuple[dict[str, float], str]:
    """Ask every golden question; return the figures, and what to say when they are too low."""
    asked, _ = read_questions(FILE)
    answers = {question.qid: generation.search(question.query) for question in asked}
    scores = score_run(asked, run_of(answers))
    measured = {name: figure.value for name, figure in figures(scores).items() if figure}
    missed = [one.question.query for one in scores if one.values.get("hit@5") == 0]
    return measured, f"{measured}; not among the first five: {missed}"


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
