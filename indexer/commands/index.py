"""The command `hope index`; a file of its own, as every command has."""

from enum import StrEnum
from typing import Annotated

import typer

from catalog import ExitCode, errors_as_sentences, load_catalogue, load_engine, progress, say, tell
from indexer.errors import IndexerError
from indexer.processors import processors
from indexer.writer.builder import build_index
from indexer.writer.publishing import published
from indexer.writer.workers import seldom_collected
from transcripts import stoppable

STORE = "A folder, or an address such as s3://bucket/hope, where `hope work` keeps what it read."


class EngineName(StrEnum):
    """Where passages are searched."""

    LOCAL = "local"
    OPENSEARCH = "opensearch"


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(index)


def index(
    ctx: typer.Context,
    full: Annotated[bool, typer.Option("--full", help="Read every track again.")] = False,
    translated: Annotated[
        bool,
        typer.Option("--translated", help="Also take machine translations; they are labelled."),
    ] = False,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            min=0,
            help="So many processes read tracks; 0: one for each core.",
        ),
    ] = 0,
    store: Annotated[str, typer.Option("--store", help=STORE)] = "",
    engine: Annotated[
        EngineName | None,
        typer.Option(
            help="Where it is searched: here, or in the cluster that [engine] in site.toml names. "
            "Without it, in that cluster where one is named.",
        ),
    ] = None,
) -> None:
    """Index what changed. What is being served stays until the new index has proved itself."""
    with errors_as_sentences():
        if not ctx.obj.root.is_dir():
            raise IndexerError(f"{ctx.obj.root}: there is no library here; `hope update` makes one")
        try:
            with stoppable(), seldom_collected():
                # Settings that are wrong are told before the work.
                if load_engine(ctx.obj) is None and engine == EngineName.OPENSEARCH:
                    raise IndexerError(f"{ctx.obj.site_file}: name the `hosts` under [engine]")
                report = build_index(
                    ctx.obj,
                    load_catalogue(ctx.obj),
                    progress,
                    full=full,
                    translated=translated,
                    workers=workers or processors(),
                    store=store,
                )
                if engine != EngineName.LOCAL:
                    report = published(ctx.obj, report)
        except KeyboardInterrupt:
            say("Stopped; the old index stays. Run it again to build the new one.")
            raise typer.Exit(ExitCode.PART) from None
    raise typer.Exit(tell(report))
