"""The commands of this room: `hope check`, `index`, `work`, `update`, `search`, `eval`, `model`."""

import typer

from indexer.commands import check, evaluate, index, model, search, update, work


def register(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command()(check.check)
    app.command()(index.index)
    app.command()(work.work)
    app.command()(update.update)
    # So that a question may begin with a minus.
    app.command(context_settings={"ignore_unknown_options": True})(search.search)
    app.command("eval")(evaluate.evaluate)
    app.add_typer(model.app, name="model")
