"""The golden questions: what patients ask, judged against the sample library.

They were written without a look at the interviews, and judged by reading them (golden/README.md).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
import soak
from libraries import build, opened, sample_library
from paths import GOLDEN as FILE
from paths import SHARED

from indexer import Generation
from indexer.evaluation.measures import figures
from indexer.evaluation.runs import read_questions, run_of, score_run

SECOND = "g201"  # the first qid of the second half
LINES = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
# What the first and the second half reach. Both are to reach, by words, hit@1 0.72, hit@5 0.94,
# false 0.15, refused 0.08, unsure 0.25; with a model hit@1 0.80 and false 0.10.
BY_WORDS = (
    {"hit@1": 0.73, "hit@5": 0.93, "false_answers": 0.12, "refused": 0.04, "unsure": 0.25},
    {"hit@1": 0.79, "hit@5": 0.92, "false_answers": 0.07, "refused": 0.05, "unsure": 0.20},
)
BY_MEANING = (
    {"hit@1": 0.80, "hit@5": 0.94, "false_answers": 0.08, "refused": 0.04, "unsure": 0.23},
    {"hit@1": 0.84, "hit@5": 0.95, "false_answers": 0.00, "refused": 0.04, "unsure": 0.23},
)
MODEL = SHARED / "models/e5-small-v2-int8"


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return opened(sample_library(tmp_path_factory.mktemp("golden")))


@pytest.mark.parametrize("second", [False, True])
def test_patients_questions_find_their_answers_by_words(
    generation: Generation, second: bool
) -> None:
    measured, told = asked_half(generation, second=second)

    assert missed_bars(measured, BY_WORDS[second]) == [], told


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
    generation = opened(library)

    for second in (False, True):
        measured, told = asked_half(generation, second=second)
        assert missed_bars(measured, BY_MEANING[second]) == [], told


def asked_half(generation: Generation, *, second: bool) -> tuple[dict[str, float], str]:
    """Ask one half; return the figures, and what to say when they are too low."""
    questions, _ = read_questions(FILE)
    asked = [one for one in questions if (str(one.qid) >= SECOND) == second]
    answers = {question.qid: generation.search(question.query) for question in asked}
    scores = score_run(asked, run_of(answers))
    measured = {name: figure.value for name, figure in figures(scores).items() if figure}
    missed = [one.question.query for one in scores if one.values.get("hit@5") == 0]
    return measured, f"{measured}; not among the first five: {missed}"


def missed_bars(measured: Mapping[str, float], bars: Mapping[str, float]) -> list[str]:
    """The measures that are not as good as they have been; only of hits is more better."""
    return [
        name
        for name, bar in bars.items()
        if (measured[name] < bar if name.startswith("hit") else measured[name] > bar)
    ]


def test_every_judged_answer_lies_in_its_video(generation: Generation) -> None:
    for line in LINES:
        for answer in line["answers"]:
            transcript = generation.transcript(answer["video"], answer["language"])
            assert transcript is not None, line["qid"]
            end = transcript.sentences[-1].end_ms / 1000
            assert 0 <= answer["start"] < answer["end"] <= end + 1, line["qid"]


def test_there_are_enough_questions_of_every_kind() -> None:
    strata = [line["stratum"] for line in LINES]

    assert len(strata) >= 250
    assert strata.count("unanswerable") >= 50
    assert len(set(strata)) >= 12
    assert len({line["query"] for line in LINES}) == len(LINES)
