"""The command `hope eval`: how good the answers to judged questions are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from catalog import Exit, counted, progress, say
from indexer.commands.errors import kindly
from indexer.commands.search import batch_line
from indexer.errors import IndexerError
from indexer.evaluation.comparison import compare
from indexer.evaluation.measures import DEPTH, Question
from indexer.evaluation.report import comparison_lines, report_json, report_lines
from indexer.evaluation.runs import Run, read_questions, read_run, run_of, score_run, search_all
from indexer.jsonl import Qid
from indexer.model import Answer
from indexer.shelf import Shelf

_Run = Annotated[
    Path | None,
    typer.Option(help="Measure this run, as --save or `hope search --batch` wrote it; no search."),
]


def evaluate(
    ctx: typer.Context,
    questions: Annotated[
        Path,
        typer.Argument(
            help='Judged questions: {"qid", "query", "answers": [{"video", "start", "end", '
            '"grade"}]} a line, in seconds; `answers` is [] where nothing answers.',
            allow_dash=True,
        ),
    ],
    run: _Run = None,
    against: Annotated[
        Path | None, typer.Option(help="Also compare with this run, question by question.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(help="Keep what was found in this file, to compare with later.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    exact: Annotated[
        bool, typer.Option("--exact", help="Search only for the words asked, not for other names.")
    ] = False,
) -> None:
    """Measure how good answers to judged questions are. Two runs can be compared one by one."""
    if run and save:
        say("--run measures a run that is kept already; leave --save out.")
        raise typer.Exit(Exit.WRONG)
    with kindly():
        shelf = Shelf(ctx.obj)
        asked, passed_over = _judged(questions, None if run else shelf.current().videos)
        before, lost = _read(against, asked) if against else ({}, 0)
        if run:
            now, more = _read(run, asked)
        else:
            answers = _ask(shelf, asked, exact)
            now, more = run_of(answers), _keep(answers, save)
    scores = score_run(asked, now)
    comparison = compare(score_run(asked, before), scores) if against else None
    if as_json:
        built = report_json(scores, comparison)
        print(msgspec.json.format(msgspec.json.encode(built)).decode())
    else:
        print("\n".join(report_lines(scores)))
        if comparison:
            print("\n".join(comparison_lines(comparison, str(against))))
    raise typer.Exit(Exit.PART if passed_over + lost + more else Exit.DONE)


def _judged(file: Path, videos: Collection[str] | None) -> tuple[tuple[Question, ...], int]:
    questions, passed_over = read_questions(file, videos)
    if not any(question.judged for question in questions):
        raise IndexerError(
            f"{file}: no line says where its question is answered; write `answers` into them, "
            "and [] where nothing answers"
        )
    return questions, passed_over


def _read(file: Path, asked: Sequence[Question]) -> tuple[Run, int]:
    """Read a run, say what it lacks, and count the lines passed over."""
    run, passed_over = read_run(file)
    missing = sum(question.qid not in run for question in asked)
    if missing == len(asked):
        raise IndexerError(f"{file}: it answers none of these questions; name a run over them")
    if missing:
        say(f"{file}: no line for {counted(missing, 'question')}; counted as nothing found")
    return run, passed_over


def _ask(shelf: Shelf, asked: Sequence[Question], exact: bool) -> dict[Qid, Answer]:
    search = partial(shelf.current().search, limit=DEPTH, exact=exact)
    with progress("Answering", len(asked), lines=False) as step:
        return search_all(asked, search, step)


def _keep(answers: Mapping[Qid, Answer], file: Path | None) -> int:
    """Write the run where one is asked for; 1 when that cannot be done, which is said."""
    if file is None:
        return 0
    lines = (f"{batch_line(qid, answer)}\n" for qid, answer in answers.items())
    try:
        file.write_text("".join(lines), encoding="utf-8", newline="\n")
    except OSError as err:
        say(f"{file}: the run cannot be written: {err.strerror}")
        return 1
    return 0
