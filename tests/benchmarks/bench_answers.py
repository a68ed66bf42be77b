"""How good answers are over every set of questions at hand, and what each setting gives.

HOPE_MODEL=off python tests/benchmarks/bench_answers.py [--set NAME] [--setting NAME=VALUE[,...]]

The first line of each set is search as it is; each --setting is one more, with these constants of
indexer/settings.py set otherwise. With a sentence model in HOPE_MODEL it is search by meaning.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, get_type_hints

import msgspec
from bench_measures import percentile
from bench_sets import QuestionSet, question_sets

from indexer import Generation, Shelf
from indexer.evaluation.measures import DEPTH, MEASURES, JudgedQuestion, figures
from indexer.evaluation.runs import Run, run_of, score_run
from indexer.settings import SETTINGS, Settings

Figures = Mapping[str, float | None]
_LEFT_OUT = ("ndcg@10", "start_error_s_p90")
_TIMES_THE_FLOOR = ("hit@1", "hit@5", "mrr@10", "start30@5", "start_error_s_median")
_SHOWN = [measure.name for measure in MEASURES if measure.name not in _LEFT_OUT]


def main(names: Sequence[str], settings: Mapping[str, Settings]) -> None:
    """Print one table; a set is asked when its name begins with one of `names`."""
    wide = max(map(len, settings))
    print(_row(["", *_SHOWN, "p50 ms"], wide), "|---" * (len(_SHOWN) + 2) + "|", sep="\n")
    for one in question_sets():
        if not names or one.name.startswith(tuple(names)):
            for label, values, ms in _measured(one, settings):
                shown = (_shown(values.get(name)) for name in _SHOWN)
                print(_row([label, *shown, ms], wide), flush=True)


def _measured(
    one: QuestionSet, settings: Mapping[str, Settings]
) -> Iterator[tuple[str, Figures, str]]:
    library, asked = one.opened()
    generation = Shelf(library).current()
    run = one.floor(library, asked)
    floor = _figures(asked, run) if run else None
    if floor:
        yield f"{one.name}: FTS5", {name: floor[name] for name in _TIMES_THE_FLOOR}, ""
    for label, chosen in settings.items():
        found, ms = _asked_all(generation, asked, chosen)
        measured = _figures(asked, found)
        yield f"{one.name}, {len(asked)}: {label}", measured, f"{ms:.0f}"
        if floor:
            yield f"{one.name}, times FTS5: {label}", _times(measured, floor), ""


def _asked_all(
    generation: Generation, asked: Sequence[JudgedQuestion], settings: Settings
) -> tuple[Run, float]:
    answers, taken = {}, []
    for question in asked:
        began = time.perf_counter()
        answer = generation.search(question.query, limit=DEPTH, settings=settings)
        taken.append(1_000 * (time.perf_counter() - began))
        answers[question.qid] = answer
    return run_of(answers), percentile(taken, 0.50)


def _figures(asked: Sequence[JudgedQuestion], run: Run) -> Figures:
    measured = figures(score_run(asked, run))
    return {name: figure.value if figure else None for name, figure in measured.items()}


def _times(ours: Figures, floor: Figures) -> Figures:
    return {
        name: value / least
        for name in _TIMES_THE_FLOOR
        if (value := ours[name]) is not None and (least := floor[name])
    }


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _row(cells: Sequence[str], wide: int) -> str:
    return f"| {cells[0]:{wide + 24}} | {' | '.join(f'{cell:>6}' for cell in cells[1:])} |"


def _settings(told: str) -> Settings:
    """SETTINGS with `NAME=VALUE,...` set otherwise."""
    kinds = get_type_hints(Settings)
    changed: dict[str, Any] = {}
    for part in told.split(","):
        name, _, value = part.partition("=")
        if name not in kinds:
            raise argparse.ArgumentTypeError(f"there is no setting {name!r}")
        changed[name] = msgspec.convert(value, kinds[name], strict=False)
    return replace(SETTINGS, **changed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", action="append", default=[], help="sets that begin with this name")
    parser.add_argument("--setting", action="append", default=[], metavar="NAME=VALUE[,...]")
    arguments = parser.parse_args()
    tried = {told: _settings(told) for told in arguments.setting}
    main(arguments.set, {"as it is": SETTINGS, **tried})
