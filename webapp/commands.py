"""The site's commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from catalog import Library

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(serve)
    app.command()(demo)


def serve(
    ctx: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Serve the site. It shows each new index by itself; Ctrl-C stops it."""
    from webapp.serving import serve_site  # noqa: PLC0415 - other commands need no web server

    library: Library = ctx.obj
    serve_site(library, host, port)


def demo(
    ctx: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Set up the bundled sample library, fetch and index it, and serve it.

    It lives in ./sample-library unless --library on the command line names another folder. Its
    interviews are invented for this project; they are no medical advice.
    """
    from webapp.demo import serve_demo  # noqa: PLC0415 - other commands need no web server

    source = ctx.parent.get_parameter_source("library") if ctx.parent else None
    # HOPE_LIBRARY names the real library, which is no place for a demo.
    named = source is not None and source.name == "COMMANDLINE"
    serve_demo(ctx.obj if named else Library(Path("sample-library")), host, port)
