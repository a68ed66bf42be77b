"""The commands `hope model fetch` and `hope model show`."""

import os
from collections.abc import Iterator
from typing import Annotated

import typer

from catalog import ExitCode, progress, say
from indexer.embedding.configured import (
    VARIABLE,
    NoModel,
    find_model,
    folder_of_model,
    models_folder,
    open_model,
)
from indexer.embedding.files import ModelFiles
from indexer.embedding.model import NOT_INSTALLED, is_installed
from indexer.embedding.registry import CROSS_ENCODER, ENGLISH, KNOWN, KnownModel, known_model
from indexer.errors import IndexerError

app = typer.Typer(
    help="Fetch or show the sentence model, which finds answers in other words.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(above: typer.Typer) -> None:
    """Add these commands."""
    above.add_typer(app, name="model")


@app.command()
def fetch(
    name: Annotated[
        str, typer.Argument(help="A model that `hope model show` lists.")
    ] = ENGLISH.name,
    *,
    rerank: Annotated[
        bool,
        typer.Option(
            "--rerank", help="Fetch what puts the best answers in order anew instead (92 MB)."
        ),
    ] = False,
    if_possible: Annotated[
        bool,
        typer.Option(
            "--if-possible", help="Where it cannot be had, say so in a line, and end well."
        ),
    ] = False,
) -> None:
    """Fetch a sentence model, once, into your cache folder, and verify it.

    A run that was stopped goes on where it stopped. A model that is there is left alone.
    """
    model = CROSS_ENCODER if rerank else known_model(name)
    if model is None:
        names = " or ".join(one.name for one in KNOWN)
        say(f"{name}: we know no model of this name; write {names}, or set {VARIABLE} to a folder")
        raise typer.Exit(ExitCode.WRONG)
    chosen = os.environ.get(VARIABLE, "").strip()
    if if_possible and chosen:
        say(f"{VARIABLE}={chosen} says which sentence model is used; none is fetched.")
        return
    try:
        files = _fetched(model)
    except IndexerError as err:
        if if_possible:
            say(f"No sentence model, search goes by words alone: {err}")
            return
        say(str(err))
        raise typer.Exit(err.exit) from err
    print(f"{model.name} is in {files.folder}, as it was published: checksums agree.")
    if rerank:
        print("Search uses it from its next start on; `hope eval --rerank` says what it adds.")
        return
    if find_model() != files:
        print(f"To use it, set {VARIABLE}={model.name}.")
    if not if_possible:
        print("Run `hope index` next.")


def _fetched(model: KnownModel) -> ModelFiles:
    if not is_installed():
        raise IndexerError(NOT_INSTALLED)
    from indexer.embedding import download  # noqa: PLC0415 - with the hub's client, it takes a while

    models = models_folder()
    there = download.whole_model(folder_of_model(model, models))
    if there:
        return there
    hub = download.hub_of()
    say(f"{model.name} ({model.languages}), {model.megabytes} MB, from {hub}/{model.repository}")
    say(f"Licence: {model.licence}, see {model.licence_page}")
    with progress("Fetching", download.STEPS) as step:
        return download.fetch_model(model, models, hub, step)


@app.command()
def show() -> None:
    """Show which sentence model is used, whether it loads, and which can be fetched."""
    found = find_model()
    opened = found if isinstance(found, NoModel) else open_model()
    if isinstance(found, ModelFiles):
        print("\n".join(_lines(found)))
    if isinstance(opened, NoModel):
        print(f"Meaning is not used: {opened.why}.")
    else:
        print(f"It loads: {opened.dimensions} numbers a text.")
    print("\nModels that can be fetched:")
    for model in (*KNOWN, CROSS_ENCODER):
        print(f"  {model.name}: {model.languages}; {model.megabytes} MB, {model.licence}")
        print(f"    {model.cost}")
    raise typer.Exit(ExitCode.PART if isinstance(opened, NoModel) else ExitCode.DONE)


def _lines(files: ModelFiles) -> Iterator[str]:
    yield f"Model:    {files.name}"
    yield f"Folder:   {files.folder}"
    if files.record:
        record = files.record
        yield f"From:     {record.repository}, revision {record.revision}, {record.fetched_at}"
        yield f"Licence:  {record.licence}, see {record.licence_page}"
    else:
        yield "Licence:  not known; these files were not fetched by `hope model fetch`"
    yield f"Identity: {files.identity}"
