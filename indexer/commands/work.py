"""The command `hope work`; a file of its own, as every command has."""

from typing import Annotated

import typer

from catalog import ExitCode, errors_as_sentences, load_catalogue, progress, say, tell
from indexer.commands.index import STORE
from indexer.embedding.encoder import QueryEncoder
from indexer.processors import processors
from indexer.writer.builder import BUILT_BY
from indexer.writer.sources import choose_sources
from indexer.writer.stored import track_store
from indexer.writer.together import work as work_on
from transcripts import stoppable


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(work)


def work(
    ctx: typer.Context,
    store: Annotated[str, typer.Option("--store", help=STORE)],
    translated: Annotated[
        bool, typer.Option("--translated", help="Also read machine translations.")
    ] = False,
    workers: Annotated[
        int,
        typer.Option("--workers", min=0, help="So many processes read; 0: one for each core."),
    ] = 0,
) -> None:
    """Read and embed tracks into a store, together with every other machine that does."""
    with errors_as_sentences():
        catalogue = load_catalogue(ctx.obj)
        try:
            with stoppable():
                tracks = track_store(store, BUILT_BY, ctx.obj, catalogue, QueryEncoder())
                choices, _ = choose_sources(ctx.obj, catalogue, (), translated)
                report = work_on(tracks, choices, progress, workers or processors())
        except KeyboardInterrupt:
            say("Stopped; what was read is kept. Run it again to go on.")
            raise typer.Exit(ExitCode.PART) from None
    raise typer.Exit(tell(report))
