"""Figures and comparisons as lines for a person at a terminal 80 wide, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from textwrap import fill

from catalog import counted
from indexer.evaluation.comparison import Change, Comparison, Difference
from indexer.evaluation.measures import Figure, Question, Score, figures, strata

_WIDTH = 80
_LABEL = 20
_RIGHT = (
    "A hit is right when it starts in the answer's video, between 15 seconds before the answer and "
    "its end, and the answer is a good one (grade 2 or 3). Only the first ten hits count. The 95 % "
    "interval is what the same search may show over other questions of this kind."
)
_KINDS = "By kind of question, with the bounds of each interval:"
_CHANGED = "What changed, worst first: rank of the first right hit before → now (- is none in ten)"
_SHOWN = {  # a short name, what it says, and whether it is seconds
    "hit@1": ("hit@1", "the first hit is right", False),
    "hit@5": ("hit@5", "one of the first five is right", False),
    "mrr@10": ("MRR@10", "1 / rank of the first right hit", False),
    "ndcg@10": ("nDCG@10", "all answers found, the best ones first", False),
    "start30@5": ("30s@5", "one of five starts within 30 s of it", False),
    "start_error_s_median": ("error", "seconds off, first right hit: median", True),
    "start_error_s_p90": ("p90", "seconds off: nine in ten are nearer", True),
    "refused": ("refused", "answerable, but not answered", False),
    "false_answers": ("false", "unanswerable, but answered", False),
}


def report_lines(scores: Sequence[Score]) -> Iterator[str]:
    """The figures over all questions, and then over each kind."""
    yield _counts(scores)
    yield ""
    yield fill(_RIGHT, _WIDTH)
    yield ""
    yield f"{'':<50}{'95 % interval':>25}"
    for name, figure in figures(scores).items():
        short, words, seconds = _SHOWN[name]
        value, low, high = _bounded(figure, seconds, digits=3)
        bounds = f"{low:>6} to {high:>5}" if figure else ""
        yield f"{short:<9}{words:<41}{value:>7}   {bounds}".rstrip()
    kinds = strata(scores)
    if kinds:
        yield ""
        yield _KINDS
        yield ""
        yield _row("", [short for short, _, _ in _SHOWN.values()])
        for kind, of_kind in kinds.items():
            yield from _kind_rows(kind, of_kind)


def comparison_lines(comparison: Comparison, other: str) -> Iterator[str]:
    """What is better and what is worse than in the other run, worst first."""
    yield ""
    yield fill(
        f"Against {other}, by the rank of the first right hit: {comparison.better:,} better, "
        f"{comparison.worse:,} worse, {comparison.same:,} the same.",
        _WIDTH,
    )
    yield ""
    yield f"{'':<12}{'before':>9}{'now':>9}{'difference':>13}     95 % interval"
    for name, difference in comparison.differences.items():
        short, _, seconds = _SHOWN[name]
        yield f"{short:<12}{_difference_cells(difference, 1 if seconds else 3)}".rstrip()
    if comparison.changed:
        yield ""
        yield fill(_CHANGED, _WIDTH)
        yield from map(_change_line, comparison.changed)
    yield from _named("Answered now, though nothing answers it:", comparison.newly_answered)
    yield from _named("Rightly no longer answered:", comparison.no_longer_answered)


def report_json(scores: Sequence[Score], comparison: Comparison | None) -> dict[str, object]:
    """The same for programs, rounded to four digits; null where there is nothing to say."""
    return {
        **_numbers(scores),
        "overall": _rounded(figures(scores)),
        "strata": {kind: _rounded(figures(some)) for kind, some in strata(scores).items()},
        "against": _comparison_json(comparison) if comparison else None,
    }


def _numbers(scores: Sequence[Score]) -> dict[str, int]:
    asked = [one.question for one in scores]
    answerable = sum(question.answerable for question in asked)
    judged = sum(question.judged for question in asked)
    return {
        "questions": len(asked),
        "answerable": answerable,
        "unanswerable": judged - answerable,
        "not_judged": len(asked) - judged,
    }


def _counts(scores: Sequence[Score]) -> str:
    numbers = _numbers(scores)
    told = f"{counted(numbers['questions'], 'question')}: {numbers['answerable']:,} that something "
    told += f"answers, {numbers['unanswerable']:,} that nothing answers"
    if numbers["not_judged"]:
        told += f", {numbers['not_judged']:,} that nobody judged, left out"
    return f"{told}."


def _bounded(figure: Figure | None, seconds: bool, digits: int) -> tuple[str, str, str]:
    if figure is None:
        return "–", "–", "–"
    places = 1 if seconds else digits
    value, low, high = (f"{n:.{places}f}" for n in (figure.value, figure.low, figure.high))
    return value, low, high


def _kind_rows(kind: str, scores: Sequence[Score]) -> Iterator[str]:
    cells = [
        _bounded(figure, _SHOWN[name][2], digits=2) for name, figure in figures(scores).items()
    ]
    labels = (
        kind if len(kind) <= _LABEL else f"{kind[: _LABEL - 1]}…",
        f"{f'  {len(scores):,} asked':<{_LABEL - 4}}from",
        f"{'to':>{_LABEL}}",
    )
    for which, label in enumerate(labels):
        yield _row(label, [cell[which] for cell in cells])


def _row(label: str, cells: Sequence[str]) -> str:
    widths = [max(5, len(short)) + 1 for short, _, _ in _SHOWN.values()]
    return f"{label:<{_LABEL}}" + "".join(
        f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)
    )


def _difference_cells(difference: Difference | None, digits: int) -> str:
    if difference is None:
        return f"{'–':>9}{'–':>9}{'–':>13}"
    d = difference
    shown = f"{d.before:>9.{digits}f}{d.now:>9.{digits}f}{d.difference:>+13.{digits}f}"
    return f"{shown}     {d.low:+.{digits}f} to {d.high:+.{digits}f}"


def _change_line(change: Change) -> str:
    ranks = f"{change.before or '-':>4} → {change.now or '-':<4}"
    return fill(_named_question(change.question), _WIDTH, initial_indent=ranks + " ",
                subsequent_indent=" " * 12)  # fmt: skip


def _named(heading: str, questions: Sequence[Question]) -> Iterator[str]:
    if questions:
        yield ""
        yield heading
    for question in questions:
        yield fill(_named_question(question), _WIDTH, initial_indent="  ", subsequent_indent="    ")


def _named_question(question: Question) -> str:
    kind = f", {question.stratum}" if question.stratum else ""
    return f"{question.query}  ({question.qid}{kind})"


def _rounded(values: Mapping[str, Figure | Difference | None]) -> dict[str, object]:
    return {
        name: {key: round(n, 4) for key, n in asdict(value).items()} if value else None
        for name, value in values.items()
    }


def _comparison_json(comparison: Comparison) -> dict[str, object]:
    def who(question: Question) -> dict[str, object]:
        return {"qid": question.qid, "query": question.query, "stratum": question.stratum}

    return {
        "differences": _rounded(comparison.differences),
        "better": comparison.better,
        "worse": comparison.worse,
        "same": comparison.same,
        "changed": [
            {**who(c.question), "before": c.before, "now": c.now} for c in comparison.changed
        ],
        "newly_answered": [who(question) for question in comparison.newly_answered],
        "no_longer_answered": [who(question) for question in comparison.no_longer_answered],
    }
