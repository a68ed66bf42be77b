"""Figures and comparisons as tables for a person at a terminal 80 wide, and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table

from catalog import counted
from indexer.evaluation.comparison import Comparison, Difference
from indexer.evaluation.measures import Figure, JudgedQuestion, Score, figures, strata

_RIGHT = (
    "A hit is right when it starts in the answer's video, between 15 seconds before the answer and "
    "its end, and the answer is a good one (grade 2 or 3). Only the first ten hits count. The 95 % "
    "interval is what the same search may show over other questions of this kind."
)
_KINDS = "By kind of question, with the bounds of each interval:"
_CHANGED = "What changed, worst first: rank of the first right hit before → now (- is none in ten)"
_INTERVAL = "95 % interval"
_SHOWN = {  # a short name, what it says, and whether it is seconds
    "hit@1": ("hit@1", "the first hit is right", False),
    "hit@5": ("hit@5", "one of the first five is right", False),
    "mrr@10": ("MRR@10", "1 / rank of the first right hit", False),
    "ndcg@10": ("nDCG@10", "all answers found, the best ones first", False),
    "start30@5": ("30s@5", "one of five starts within 30 s of it", False),
    "start_error_s_median": ("error", "seconds off, first right hit: median", True),
    "start_error_s_p90": ("p90", "seconds off: nine in ten are nearer", True),
    "refused": ("refused", "answerable, but no answer found", False),
    "unsure": ("unsure", "answerable, but only perhaps answered", False),
    "false_answers": ("false", "unanswerable, but answered", False),
}


def print_report(scores: Sequence[Score], comparison: Comparison | None, other: str) -> None:
    """Print the figures over all questions and each kind, and what differs from the run `other`."""
    console = Console(width=80, highlight=False, markup=False, emoji=False)
    for number, part in enumerate((*_figures(scores), *_differences(comparison, other))):
        if number:
            console.print()
        console.print(part)


def report_json(scores: Sequence[Score], comparison: Comparison | None) -> dict[str, object]:
    """The same for programs, rounded to four digits; null where there is nothing to say."""
    return {
        **_numbers(scores),
        "overall": _rounded(figures(scores)),
        "strata": {kind: _rounded(figures(some)) for kind, some in strata(scores).items()},
        "against": _comparison_json(comparison) if comparison else None,
    }


def _figures(scores: Sequence[Score]) -> Iterator[RenderableType]:
    yield _counts(scores)
    yield _RIGHT
    table = _table("", "", right=("", _INTERVAL))
    for name, figure in figures(scores).items():
        short, words, seconds = _SHOWN[name]
        value, *bounds = _cells(figure, 1 if seconds else 3)
        table.add_row(short, words, value, " to ".join(bounds) if figure else "")
    yield table
    kinds = strata(scores)
    if kinds:
        yield _KINDS
        yield _by_kind(kinds)


def _by_kind(kinds: Mapping[str, Sequence[Score]]) -> Table:
    """Three rows a kind: each value, and the two bounds of its interval."""
    label = Column(no_wrap=True, max_width=16)
    table = _table(label, right=("", *(short for short, _, _ in _SHOWN.values())), gap=1)
    for kind, scores in kinds.items():
        cells = [_cells(one, 1 if _SHOWN[name][2] else 2) for name, one in figures(scores).items()]
        value, low, high = zip(*cells, strict=True)
        table.add_row(kind, "", *value)
        table.add_row(f"  {len(scores):,} asked", "from", *low)
        table.add_row("", "to", *high)
    return table


def _differences(comparison: Comparison | None, other: str) -> Iterator[RenderableType]:
    if comparison is None:
        return
    yield (
        f"Against {other}, by the rank of the first right hit: {comparison.better:,} better, "
        f"{comparison.worse:,} worse, {comparison.same:,} the same."
    )
    table = _table("", right=("before", "now", "difference", _INTERVAL))
    for name, one in comparison.differences.items():
        short, _, seconds = _SHOWN[name]
        table.add_row(short, *_difference_cells(one, 1 if seconds else 3))
    yield table
    if comparison.changed:
        changed = Table.grid(Column(justify="right"), "", "", "", padding=(0, 1))
        for change in comparison.changed:
            before, now = (str(rank or "-") for rank in (change.before, change.now))
            changed.add_row(before, "→", now, _named(change.question))
        yield Group(_CHANGED, changed)
    for heading, questions in (
        ("Answered now, though nothing answers it:", comparison.newly_answered),
        ("Rightly no longer answered:", comparison.no_longer_answered),
    ):
        if questions:
            yield Group(heading, *(Padding(_named(one), (0, 0, 0, 2)) for one in questions))


def _table(*left: str | Column, right: Sequence[str], gap: int = 2) -> Table:
    columns = (*left, *(Column(name, justify="right", no_wrap=True) for name in right))
    return Table(*columns, box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="")


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


def _cells(figure: Figure | None, digits: int) -> tuple[str, ...]:
    """A value and the bounds of its interval."""
    if figure is None:
        return "–", "–", "–"
    return tuple(f"{number:.{digits}f}" for number in (figure.value, figure.low, figure.high))


def _difference_cells(one: Difference | None, digits: int) -> tuple[str, ...]:
    if one is None:
        return "–", "–", "–", ""
    signed = [f"{number:+.{digits}f}" for number in (one.difference, one.low, one.high)]
    values = (f"{number:.{digits}f}" for number in (one.before, one.now))
    return *values, signed[0], " to ".join(signed[1:])


def _named(question: JudgedQuestion) -> str:
    kind = f", {question.stratum}" if question.stratum else ""
    return f"{question.query}  ({question.qid}{kind})"


def _rounded(values: Mapping[str, Figure | Difference | None]) -> dict[str, object]:
    return {
        name: {key: round(n, 4) for key, n in asdict(value).items()} if value else None
        for name, value in values.items()
    }


def _comparison_json(comparison: Comparison) -> dict[str, object]:
    def who(question: JudgedQuestion) -> dict[str, object]:
        return {"qid": question.qid, "query": question.query, "stratum": question.stratum}

    return {
        "differences": _rounded(comparison.differences),
        "better": comparison.better,
        "worse": comparison.worse,
        "same": comparison.same,
        "changed": [
            {**who(one.question), "before": one.before, "now": one.now}
            for one in comparison.changed
        ],
        "newly_answered": [who(question) for question in comparison.newly_answered],
        "no_longer_answered": [who(question) for question in comparison.no_longer_answered],
    }
