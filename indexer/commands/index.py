"""The commands of this room: `hope check`, `index`, `update`, `search`, `eval` and `model`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from catalog import Exit, load_catalogue, progress, say
from indexer.commands.batch import answer_batch
from indexer.commands.check import check_library
from indexer.commands.errors import kindly
from indexer.commands.evaluate import evaluate
from indexer.commands.model import app as model_app
from indexer.commands.search import answer_lines
from indexer.errors import IndexerError
from indexer.mishearing.review import heard_in
from indexer.search.answer_json import search_as_json
from indexer.shelf import Shelf
from indexer.update.job import update_library
from indexer.update.report_file import ReportFile
from indexer.writer.builder import build_index
from transcripts import Run, stoppable


def register(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command()(check)
    app.command()(index)
    app.command()(update)
    # So that a question may begin with a minus.
    app.command(context_settings={"ignore_unknown_options": True})(search)
    app.command("eval")(evaluate)
    app.add_typer(model_app, name="model")


def check(
    ctx: typer.Context,
    heard: Annotated[
        bool,
        typer.Option(
            "--heard", help="Only list what captions may have misheard, as corrections to review."
        ),
    ] = False,
) -> None:
    """Look through the catalogue and the library, and list every problem with its place."""
    if heard:
        with kindly():
            for line in heard_in(ctx.obj):
                print(line)
        return
    checked = check_library(ctx.obj)
    for sentence in checked.sentences:
        print(sentence)
    raise typer.Exit(checked.exit)


def index(
    ctx: typer.Context,
    full: Annotated[bool, typer.Option("--full", help="Read every track again.")] = False,
    translated: Annotated[
        bool,
        typer.Option("--translated", help="Also take machine translations; they are labelled."),
    ] = False,
) -> None:
    """Index what changed. What is being served stays until the new index has proved itself."""
    with kindly():
        if not ctx.obj.root.is_dir():
            raise IndexerError(f"{ctx.obj.root}: there is no library here; `hope update` makes one")
        try:
            with stoppable():
                report = build_index(
                    ctx.obj, load_catalogue(ctx.obj), progress, full=full, translated=translated
                )
        except KeyboardInterrupt:
            say("Stopped; the old index stays. Run it again to build the new one.")
            raise typer.Exit(Exit.PART) from None
    for sentence in report.sentences:
        print(sentence)
    raise typer.Exit(Exit.PART if report.problems else Exit.DONE)


def update(
    ctx: typer.Context,
    report: Annotated[
        Path | None, typer.Option(help="Also write a report to this file, as JSON.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Ask at once, even while a site told us to wait.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="If a site told us to wait, wait, then go on.")
    ] = False,
    allow_loopback: Annotated[
        bool, typer.Option("--allow-loopback", help="Also ask addresses on this machine.")
    ] = False,
) -> None:
    """Do the nightly job: find the videos, fetch their captions, index what changed.

    One run at a time. Ctrl-C or SIGTERM end it with everything kept; the next run goes on there.
    The report is whole at every moment, also when a part fails or the job is ended.
    """
    kept = ReportFile(report)
    run = Run(force=force, wait=wait)
    with kindly(), stoppable():
        updated = update_library(ctx.obj, run, allow_loopback=allow_loopback, keep=kept.keep)
    for sentence in updated.sentences:
        print(sentence)
    raise typer.Exit(max(updated.exit, Exit.PART) if kept.failed else updated.exit)


def search(
    ctx: typer.Context,
    query: Annotated[
        str | None, typer.Argument(help="What you want to know, in your own words.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the hits as JSON.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100, help="At most so many moments.")] = 10,
    exact: Annotated[
        bool, typer.Option("--exact", help="Search only for the words typed, not for other names.")
    ] = False,
    batch: Annotated[
        Path | None,
        typer.Option(
            help='A file of questions, {"qid", "query"} a line ("-" is standard input).',
            allow_dash=True,
        ),
    ] = None,
) -> None:
    """Find the moments in which a question is answered."""
    if (query is None) == (batch is None):
        say("Write a question in quotes, or name a file of questions with --batch; one of both.")
        raise typer.Exit(Exit.WRONG)
    with kindly():
        generation = Shelf(ctx.obj).current()
        if batch:
            raise typer.Exit(answer_batch(generation, batch, limit, exact=exact))
        # A terminal may hand over bytes that are no text.
        text = (query or "").encode(errors="replace").decode()
        answer = generation.search(text, limit=limit, exact=exact, counts=as_json)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(search_as_json(answer))).decode())
    else:
        searchable = any(track.passages and not track.dead for track in generation.tracks)
        print("\n".join(answer_lines(answer, generation.catalogue, searchable=searchable)))
