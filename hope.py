"""The one command, `hope`: every room registers its own commands under it."""

import errno
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

import indexer.commands
import transcripts.commands
import webapp.commands
from catalog import ExitCode, Library, say
from transcripts import versions_in_words

app = typer.Typer(
    help="Find the second at which an expert answers, in the Hope With Answers videos.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_versions(wanted: bool) -> None:
    if wanted:
        print(f"hope-with-answers {version('hope-with-answers')}\n{versions_in_words()}")
        raise typer.Exit


@app.callback()
def choose_library(
    ctx: typer.Context,
    library: Annotated[
        Path,
        typer.Option(
            envvar="HOPE_LIBRARY",
            help="The folder that holds the catalogue, the captions and the index.",
            show_default=True,
        ),
    ] = Path("library"),
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=_print_versions,
            help="Print the version, and that of yt-dlp with its age.",
        ),
    ] = False,
) -> None:
    """Find the second at which an expert answers, in the Hope With Answers videos."""
    ctx.obj = Library(library)


for room in (indexer.commands, transcripts.commands, webapp.commands):
    room.register(app)


def main() -> None:
    """Run `hope`. A closed pipe and Ctrl-C end it quietly; a bug keeps its traceback."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.DONE)
    except OSError as err:
        if err.errno != errno.ENOSPC:
            raise
        say("The output cannot be written: the disk is full.")
        sys.exit(ExitCode.PART)
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(130)


if __name__ == "__main__":
    main()
