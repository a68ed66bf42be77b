"""The command `hope eval`: how good the answers to judged questions are.

What it needs is imported when it runs: no search, and no site, waits for it.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from catalog import ExitCode, errors_as_sentences, progress, say
from indexer.commands.search import batch_line
from indexer.embedding.configured import NoModel
from indexer.errors import IndexerError
from indexer.jsonl import Qid
from indexer.ranking.reranker import Reranker
from indexer.search.answer import Answer
from indexer.shelf import Shelf

_Run = Annotated[
    Path | None,
    typer.Option(help="Measure this run, as --save or `hope search --batch` wrote it; no search."),
]


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("eval")(evaluate)


def evaluate(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    questions: Annotated[
        Path,
        typer.Argument(
            help='Judged questions: {"qid", "query", "answers": [{"video", "start", "end", '
            '"grade"}]} a line, in seconds; `answers` is [] where nothing answers.',
            allow_dash=True,
        ),
    ],
    *,
    run: _Run = None,
    against: Annotated[
        Path | None, typer.Option(help="Also compare with this run, question by question.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(help="Keep what was found in this file, to compare with later.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    rerank: Annotated[
        bool,
        typer.Option(
            "--rerank", help="Ask without the cross-encoder too, and compare with that run."
        ),
    ] = False,
    exact: Annotated[
        bool, typer.Option("--exact", help="Search only for the words asked, not for other names.")
    ] = False,
) -> None:
    """Measure how good answers to judged questions are. Two runs can be compared one by one."""
    from indexer.evaluation import comparison, measures, report, runs  # noqa: PLC0415

    if run and (save or rerank):
        say("--run measures a run that is kept already; leave --save out, and --rerank.")
        raise typer.Exit(ExitCode.WRONG)
    if against and rerank:
        say("--rerank compares with the run without it; leave --against out.")
        raise typer.Exit(ExitCode.WRONG)
    with errors_as_sentences():
        shelf = Shelf(ctx.obj)
        asked, passed_over = runs.read_judged(questions, None if run else shelf.current().videos)
        before, lost = runs.read_run(against, asked) if against else ({}, 0)
        if run:
            now, more = runs.read_run(run, asked)
        else:
            searcher = shelf.current().searcher
            search = partial(searcher.search, limit=measures.DEPTH, exact=exact)
            if rerank:
                _must_rerank(searcher.reranker)
                searcher.reranker.on = False
                with progress("Without the cross-encoder", len(asked), lines=False) as step:
                    before = runs.run_of(runs.search_all(asked, search, step))
                searcher.reranker.on = True
            with progress("Answering", len(asked), lines=False) as step:
                answers = runs.search_all(asked, search, step)
            now, more = runs.run_of(answers), _keep(answers, save)
    scores = runs.score_run(asked, now)
    compared = None
    if against or rerank:
        compared = comparison.compare(runs.score_run(asked, before), scores)
    if as_json:
        built = report.report_json(scores, compared)
        print(msgspec.json.format(msgspec.json.encode(built)).decode())
    else:
        report.print_report(scores, compared, str(against or "the run without it"))
    raise typer.Exit(ExitCode.PART if passed_over + lost + more else ExitCode.DONE)


def _must_rerank(reranker: Reranker) -> None:
    """Raise IndexerError when there is no cross-encoder to measure."""
    model = reranker.model()
    if isinstance(model, NoModel):
        raise IndexerError(f"there is no cross-encoder to measure: {model.why}")


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
