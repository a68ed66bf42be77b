"""What a right hit is, the figures over many questions, their intervals, and two runs compared."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable
from math import log2
from pathlib import Path
from typing import Any

import pytest
from paths import SHARED

from indexer.evaluation.measures import (
    Figure,
    JudgedQuestion,
    Judgement,
    RankedPlaces,
    Score,
    figures,
    score,
    strata,
)
from indexer.evaluation.runs import read_questions, read_run, score_run
from indexer.ranking.confidence import Confidence

SCORER = SHARED / "eval/score.py"
WELL = Judgement("pills", 100.0, 130.0)
PARTLY = Judgement("pills", 300.0, 330.0, grade=2)
HARDLY = Judgement("pills", 500.0, 510.0, grade=1)


def found(
    *seconds: float, video: str = "pills", confidence: Confidence = "answered"
) -> RankedPlaces:
    return RankedPlaces(tuple((video, 1_000 * second) for second in seconds), confidence)


def scored(*seconds: float, judgements: tuple[Judgement, ...] = (WELL,), **found_in: Any) -> Score:
    return score(JudgedQuestion("q", "does it help", judgements), found(*seconds, **found_in))


def figure(scores: Iterable[Score], name: str) -> Figure:
    there = figures(scores)[name]
    assert there is not None
    return there


@pytest.mark.parametrize(
    ("second", "right"), [(84.999, False), (85, True), (100, True), (129.999, True), (130, False)]
)
def test_a_right_hit_starts_between_15_s_before_the_answer_and_its_end(
    second: float, right: bool
) -> None:
    assert scored(second).rank == (1 if right else None)


def test_a_hit_in_another_video_is_not_right() -> None:
    assert scored(100, video="scans").values["hit@1"] == 0


def test_only_a_good_answer_makes_a_hit_right() -> None:
    one = scored(500, 300, judgements=(WELL, PARTLY, HARDLY))

    assert one.rank == 2
    assert one.values["hit@1"] == 0
    assert one.values["mrr@10"] == 0.5


@pytest.mark.parametrize(
    ("rank", "first", "five", "reciprocal"),
    [(1, 1, 1, 1), (2, 0, 1, 0.5), (5, 0, 1, 0.2), (6, 0, 0, 1 / 6), (10, 0, 0, 0.1),
     (11, 0, 0, 0)],
)  # fmt: skip
def test_the_rank_of_the_first_right_hit_among_ten_counts(
    rank: int, first: float, five: float, reciprocal: float
) -> None:
    values = scored(*[900] * (rank - 1), 110, 120).values

    assert (values["hit@1"], values["hit@5"], values["mrr@10"]) == (first, five, reciprocal)


def test_the_order_of_all_answers_is_weighed_by_their_grades() -> None:
    in_reverse = scored(500, 300, 105, judgements=(WELL, PARTLY, HARDLY)).values["ndcg@10"]
    in_order = scored(105, 300, 500, judgements=(WELL, PARTLY, HARDLY)).values["ndcg@10"]

    best = 7 + 3 / log2(3) + 1 / 2
    assert in_reverse == pytest.approx((1 + 3 / log2(3) + 7 / 2) / best)
    assert in_order == pytest.approx(1)


def test_an_answer_found_twice_counts_once() -> None:
    twice = scored(105, 110, 300, judgements=(WELL, PARTLY)).values["ndcg@10"]

    assert twice == pytest.approx((7 + 3 / 2) / (7 + 3 / log2(3)))


@pytest.mark.parametrize(
    ("seconds", "near"),
    [((70,), 1), ((69.9,), 0), ((130,), 1), ((130.1,), 0), ((900, 900, 900, 900, 70), 1),
     ((900, 900, 900, 900, 900, 70), 0)],
)  # fmt: skip
def test_one_of_the_first_five_may_start_within_30_s(
    seconds: tuple[float, ...], near: float
) -> None:
    assert scored(*seconds).values["start30@5"] == near


def test_the_start_error_is_that_of_the_first_right_hit_to_the_nearer_answer() -> None:
    follows = Judgement("pills", 131.0, 160.0)

    assert scored(900, 128, 100, judgements=(WELL, follows)).values["start_error_s"] == 3
    assert scored(90).values["start_error_s"] == 10
    assert "start_error_s" not in scored(900).values


def test_no_hits_or_none_held_for_an_answer_is_refused() -> None:
    assert scored(100).values["refused"] == 0
    assert scored(100, confidence="none").values["refused"] == 1
    assert scored(100, confidence="none").values["hit@1"] == 1
    assert score(JudgedQuestion("q", "?", (WELL,)), RankedPlaces()).values["refused"] == 1


def test_what_only_comes_near_is_unsure_and_not_refused() -> None:
    values = scored(100, confidence="perhaps").values

    assert (values["unsure"], values["refused"]) == (1, 0)
    assert scored(100).values["unsure"] == 0
    assert scored(100, confidence="none").values["unsure"] == 0


def test_an_unanswerable_question_only_says_whether_it_was_answered() -> None:
    assert scored(100, judgements=()).values == {"false_answers": 1}
    assert scored(500, judgements=(HARDLY,)).values == {"false_answers": 1}
    assert scored(100, judgements=(), confidence="none").values == {"false_answers": 0}
    assert scored(100, judgements=(), confidence="perhaps").values == {"false_answers": 0}


def test_a_question_nobody_judged_is_left_out() -> None:
    asked = JudgedQuestion("q", "?", stratum="new", judged=False)

    one = score(asked, found(100))

    assert one.values == {}
    assert strata([one]) == {}


def test_a_figure_that_nothing_speaks_of_is_none() -> None:
    there = figures([scored(900)])

    assert there["false_answers"] is None
    assert there["start_error_s_median"] is None
    assert there["hit@1"] == Figure(0, 0, 0, questions=1)


def test_an_interval_is_as_wide_as_the_questions_are_few() -> None:
    few, many = ([scored(second) for second in (100, 900) * half] for half in (10, 200))

    narrow = figure(many, "hit@1")
    assert narrow.value == 0.5
    assert narrow.low == pytest.approx(0.45, abs=0.01)
    assert narrow.high == pytest.approx(0.55, abs=0.01)
    assert figure(few, "hit@1").low < 0.35
    assert figures(few) == figures(few)


def test_start_errors_are_summed_up_by_median_and_p90() -> None:
    scores = [scored(100 + error) for error in range(11)] + [scored(900)]

    assert figure(scores, "start_error_s_median").value == 5
    assert figure(scores, "start_error_s_p90").value == pytest.approx(9)
    assert figure(scores, "start_error_s_p90").questions == 11


def test_each_kind_of_question_is_for_itself() -> None:
    asked = [
        JudgedQuestion(n, "?", (WELL,), kind) for n, kind in enumerate(["test", "cost", "test"])
    ]
    asked.append(JudgedQuestion("none", "?", (WELL,)))

    kinds = strata(score(question, found(100)) for question in asked)

    assert {kind: len(scores) for kind, scores in kinds.items()} == {"cost": 1, "test": 2}


@pytest.mark.skipif(not SCORER.exists(), reason="the shared scorer is not beside this repository")
@pytest.mark.parametrize("seed", range(5))
def test_figures_are_those_of_the_shared_scorer(tmp_path: Path, seed: int) -> None:
    questions, hits = tmp_path / "questions.jsonl", tmp_path / "hits.jsonl"
    dice = random.Random(seed)
    asked = [{"qid": n, "query": "?", **_answers(dice)} for n in range(300)]
    questions.write_text("".join(f"{json.dumps(line)}\n" for line in asked))
    lines = [{"qid": n, "hits": _hits(dice)} for n in range(290)]
    hits.write_text("".join(f"{json.dumps(line)}\n" for line in lines))

    judged, _ = read_questions(questions)
    scores = score_run(judged, read_run(hits, judged)[0])

    command = [sys.executable, str(SCORER), str(questions), str(hits)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    theirs = json.loads(told.partition(" ")[2])
    for name in ("hit@1", "hit@5", "mrr@10", "ndcg@10", "start30@5"):
        assert figure(scores, name).value == pytest.approx(theirs[name], abs=0.000051)
        assert figure(scores, name).questions == theirs["n"]


def _answers(dice: random.Random) -> dict[str, Any]:
    def stretch() -> dict[str, Any]:
        start = dice.randrange(0, 1_000) / 10
        return {"video": dice.choice("ab"), "start": start, "end": start + dice.choice([5.5, 30])}

    if dice.random() < 0.3:
        return stretch()
    return {
        "answers": [stretch() | {"grade": dice.randint(1, 3)} for _ in range(dice.randint(0, 4))]
    }


def _hits(dice: random.Random) -> list[dict[str, Any]]:
    return [
        {"video": dice.choice("ab"), "start_ms": 100 * dice.randrange(0, 1_000)}
        for _ in range(dice.randint(0, 14))
    ]
