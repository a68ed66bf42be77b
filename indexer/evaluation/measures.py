"""Measures of answers: hit@k, MRR, nDCG, refusals, each with its bootstrap interval.

Judged places stay the seconds they were written in, so that another scorer of the same rule gets
the same figures on the same hits.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.jsonl import Qid
from indexer.ranking.confidence import Confidence

EARLY_S = 15
NEAR_S = 30
GOOD = 2
DEPTH = 10
RESAMPLES = 1_000
SEED = 20
BOUNDS = (0.025, 0.975)

Floats = NDArray[np.float64]
Place = tuple[str, float]  # a video and the millisecond to jump to


class Judgement(msgspec.Struct, frozen=True, rename={"start_s": "start", "end_s": "end"}):
    """Where a question is answered, in seconds: well (3), in an important part (2), hardly (1)."""

    video: str
    start_s: float
    end_s: float
    grade: float = 3

    def __post_init__(self) -> None:
        if self.end_s <= self.start_s:
            raise ValueError(
                f"its answer ends at {self.end_s:g} s but starts at {self.start_s:g} s"
            )

    def holds(self, place: Place) -> bool:
        """Whether a hit there lands on this answer: from 15 s before it to its end."""
        video, start_ms = place
        return video == self.video and self.start_s - EARLY_S <= start_ms / 1000 < self.end_s

    def error_s(self, place: Place) -> float:
        """How many seconds a hit starts before or after this answer; infinite in other videos."""
        return abs(place[1] / 1000 - self.start_s) if place[0] == self.video else math.inf


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question, and where it is answered as far as it was judged."""

    qid: Qid
    query: str
    judgements: tuple[Judgement, ...] = ()
    stratum: str | None = None
    judged: bool = True

    @property
    def answerable(self) -> bool:
        """Whether something answers it, at least in an important part."""
        return any(one.grade >= GOOD for one in self.judgements)


@dataclass(frozen=True, slots=True)
class RankedPlaces:
    """What a run found for a question, best first, and how sure it was that this answers."""

    places: tuple[Place, ...] = ()
    confidence: Confidence = "none"


@dataclass(frozen=True, slots=True)
class Score:
    """One question's rank of the first right hit among ten, and its value of each measure.

    A measure that says nothing about this question has no value.
    """

    question: JudgedQuestion
    rank: int | None
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value over so many questions, with its 95 % interval."""

    value: float
    low: float
    high: float
    questions: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure's name, the value of each question it is made from, and how."""

    name: str
    value: str
    statistic: Callable[[Floats], Floats]


def _mean(values: Floats) -> Floats:
    return np.asarray(np.mean(values, axis=-1))


def _quantile(share: float, values: Floats) -> Floats:
    return np.asarray(np.quantile(values, share, axis=-1))


MEASURES = (
    *(Measure(name, name, _mean) for name in ("hit@1", "hit@5", "mrr@10", "ndcg@10", "start30@5")),
    Measure("start_error_s_median", "start_error_s", partial(_quantile, 0.5)),
    Measure("start_error_s_p90", "start_error_s", partial(_quantile, 0.9)),
    Measure("refused", "refused", _mean),
    Measure("unsure", "unsure", _mean),
    Measure("false_answers", "false_answers", _mean),
)


def score(question: JudgedQuestion, found: RankedPlaces) -> Score:
    """Judge what was found for one question."""
    if not question.judged:
        return Score(question, None, {})
    if not question.answerable:
        return Score(question, None, {"false_answers": float(found.confidence == "answered")})
    places = found.places[:DEPTH]
    good = [one for one in question.judgements if one.grade >= GOOD]
    rank = next((n for n, p in enumerate(places, 1) if any(t.holds(p) for t in good)), None)
    values = {
        "hit@1": float(rank == 1),
        "hit@5": float(rank is not None and rank <= 5),
        "mrr@10": 1 / rank if rank else 0.0,
        "ndcg@10": _ndcg(question.judgements, places),
        "start30@5": float(
            any(one.error_s(place) <= NEAR_S for one in question.judgements for place in places[:5])
        ),
        "refused": float(found.confidence == "none"),
        "unsure": float(found.confidence == "perhaps"),
    }
    if rank:
        place = places[rank - 1]
        values["start_error_s"] = min(one.error_s(place) for one in good if one.holds(place))
    return Score(question, rank, values)


def figures(scores: Iterable[Score]) -> dict[str, Figure | None]:
    """Every measure over these questions; None where it says nothing about any of them."""
    scored = tuple(scores)
    return {measure.name: _figure(measure, scored) for measure in MEASURES}


def strata(scores: Iterable[Score]) -> dict[str, list[Score]]:
    """The scores of each kind of question, by name; questions of no kind are left out."""
    kinds: dict[str, list[Score]] = {}
    for one in scores:
        if one.question.stratum is not None and one.question.judged:
            kinds.setdefault(one.question.stratum, []).append(one)
    return dict(sorted(kinds.items()))


def resampled(measure: Measure, values: Sequence[float]) -> Floats:
    """The measure over 1,000 random draws of as many questions, with repeats.

    Draws of equally many questions are the same draws, so that two runs can be compared in pairs.
    """
    draws = np.random.default_rng(SEED).integers(len(values), size=(RESAMPLES, len(values)))
    return measure.statistic(np.asarray(values)[draws])


def _figure(measure: Measure, scores: Sequence[Score]) -> Figure | None:
    values = [one.values[measure.value] for one in scores if measure.value in one.values]
    if not values:
        return None
    low, high = np.quantile(resampled(measure, values), BOUNDS)
    return Figure(
        float(measure.statistic(np.asarray(values))), float(low), float(high), len(values)
    )


def _ndcg(judgements: Sequence[Judgement], places: Sequence[Place]) -> float:
    """How near the order comes to the best one; an answer counts once, where it is first hit."""
    left = list(judgements)
    gains = []
    for place in places:
        gains.append(max((_gain(one) for one in left if one.holds(place)), default=0.0))
        left = [one for one in left if not one.holds(place)]
    best = sorted(map(_gain, judgements), reverse=True)[:DEPTH]
    return _discounted(gains) / _discounted(best)


def _gain(judgement: Judgement) -> float:
    return float(2**judgement.grade) - 1


def _discounted(gains: Iterable[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
