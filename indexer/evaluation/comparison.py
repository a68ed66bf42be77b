"""Compares two runs over the same questions, question by question (a paired bootstrap)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.evaluation.measures import BOUNDS, MEASURES, JudgedQuestion, Measure, Score, resampled


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in both runs, now less before, and the 95 % interval of that difference.

    Over those questions about which it says something in both runs.
    """

    before: float
    now: float
    difference: float
    low: float
    high: float
    questions: int


@dataclass(frozen=True, slots=True)
class RankChange:
    """A question whose first right hit has another rank; None is none among ten."""

    question: JudgedQuestion
    before: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs; `better`, `worse` and `same` count answerable questions by their rank.

    `changed` is worst first. The last two are questions that nothing answers.
    """

    differences: dict[str, Difference | None]
    better: int
    worse: int
    same: int
    changed: tuple[RankChange, ...]
    newly_answered: tuple[JudgedQuestion, ...]
    no_longer_answered: tuple[JudgedQuestion, ...]


def compare(before: Sequence[Score], now: Sequence[Score]) -> Comparison:
    """Compare two runs; both score the same questions in the same order."""
    pairs = tuple(zip(before, now, strict=True))
    gains = [new - old for old, new in _paired("mrr@10", pairs)]
    changed = (RankChange(old.question, old.rank, new.rank) for old, new in pairs)
    return Comparison(
        differences={measure.name: _difference(measure, pairs) for measure in MEASURES},
        better=sum(gain > 0 for gain in gains),
        worse=sum(gain < 0 for gain in gains),
        same=sum(gain == 0 for gain in gains),
        changed=tuple(sorted((c for c in changed if c.before != c.now), key=_gain)),
        newly_answered=_falsely(pairs, answered=True),
        no_longer_answered=_falsely(pairs, answered=False),
    )


_Pairs = Sequence[tuple[Score, Score]]


def _difference(measure: Measure, pairs: _Pairs) -> Difference | None:
    both = _paired(measure.value, pairs)
    if not both:
        return None
    before, now = ([pair[which] for pair in both] for which in (0, 1))
    low, high = np.quantile(resampled(measure, now) - resampled(measure, before), BOUNDS)
    old, new = (float(measure.statistic(np.asarray(values))) for values in (before, now))
    return Difference(old, new, new - old, float(low), float(high), len(both))


def _paired(value: str, pairs: _Pairs) -> list[tuple[float, float]]:
    return [
        (old.values[value], new.values[value])
        for old, new in pairs
        if value in old.values and value in new.values
    ]


def _gain(change: RankChange) -> float:
    return _reciprocal(change.now) - _reciprocal(change.before)


def _reciprocal(rank: int | None) -> float:
    return 1 / rank if rank else 0.0


def _falsely(pairs: _Pairs, *, answered: bool) -> tuple[JudgedQuestion, ...]:
    """The unanswerable questions that were not `answered` like this before, and are now."""
    return tuple(
        new.question
        for old, new in pairs
        if "false_answers" in new.values
        and (old.values["false_answers"], new.values["false_answers"]) == (not answered, answered)
    )
