"""The commands of this room: `hope check`, `index`, `update`, `search`, `eval` and `model`."""

import typer

from indexer.commands import check, evaluate, index, model, search, update


def register(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command()(check.check)
    app.command()(index.index)
    app.command()(update.update)
    # So that a question may begin with a minus.
    app.command(context_settings={"ignore_unknown_options": True})(search.search)
    app.command("eval")(evaluate.evaluate)
    app.add_typer(model.app, name="model")
