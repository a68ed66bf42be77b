"""Two runs over the same questions, held against one another."""

from __future__ import annotations

from typing import Any

from indexer.evaluation.comparison import compare
from indexer.evaluation.measures import JudgedQuestion, Judgement, RankedPlaces, Score, score
from indexer.ranking.confidence import Confidence

WELL = Judgement("pills", 100.0, 130.0)


def found(
    *seconds: float, video: str = "pills", confidence: Confidence = "answered"
) -> RankedPlaces:
    return RankedPlaces(tuple((video, 1_000 * second) for second in seconds), confidence)


def scored(*seconds: float, judgements: tuple[Judgement, ...] = (WELL,), **found_in: Any) -> Score:
    return score(JudgedQuestion("q", "does it help", judgements), found(*seconds, **found_in))


def test_two_runs_are_compared_question_by_question_worst_first() -> None:
    before = [scored(100), scored(900, 100), scored(900), scored(110), scored(100, judgements=())]
    now = [scored(900), scored(100), scored(900), scored(900, 110), Score(
        before[4].question, None, {"false_answers": 0.0})]  # fmt: skip

    comparison = compare(before, now)

    assert (comparison.better, comparison.worse, comparison.same) == (1, 2, 1)
    ranks = [(change.before, change.now) for change in comparison.changed]
    assert ranks == [(1, None), (1, 2), (2, 1)]
    assert comparison.newly_answered == ()
    assert comparison.no_longer_answered == (before[4].question,)
    difference = comparison.differences["hit@1"]
    assert difference is not None
    assert (difference.before, difference.now, difference.difference) == (0.5, 0.25, -0.25)


def test_the_interval_of_a_difference_is_over_pairs() -> None:
    before = [scored(100 + error) for error in range(0, 20, 2)]
    now = [scored(105 + error) for error in range(0, 20, 2)]

    difference = compare(before, now).differences["start_error_s_median"]

    assert difference is not None
    assert (difference.difference, difference.low, difference.high) == (5, 5, 5)


def test_start_errors_are_compared_where_both_runs_found_something() -> None:
    before = [scored(100), scored(102), scored(900)]
    now = [scored(103), scored(900), scored(128)]

    difference = compare(before, now).differences["start_error_s_median"]

    assert difference is not None
    assert (difference.before, difference.now, difference.questions) == (0, 3, 1)
