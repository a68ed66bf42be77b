"""The command `hope update`: the nightly job; a file of its own, as every command has."""

from pathlib import Path
from typing import Annotated

import typer

from catalog import ExitCode, errors_as_sentences, tell
from indexer.update.job import ReportFile, update_library
from transcripts import RunOptions, stoppable


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(update)


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
    run = RunOptions(force=force, wait=wait)
    with errors_as_sentences(), stoppable():
        updated = update_library(ctx.obj, run, allow_loopback=allow_loopback, keep=kept.keep)
    raise typer.Exit(max(tell(updated), ExitCode.PART if kept.failed else ExitCode.DONE))
