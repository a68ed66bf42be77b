"""The one command, `hope`: every room registers its own commands under it.

What a command needs is loaded once that is asked for, so that `hope --help` waits for none.
"""

import errno
import gc
import os
import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from catalog import ExitCode, Library, say

# What the overview says of each command: how its own help begins.
ROOMS: Mapping[str, Mapping[str, str]] = {
    "indexer.commands.check": {
        "check": "Look through the catalogue and the library, and list every problem."
    },
    "indexer.commands.index": {"index": "Index what changed."},
    "indexer.commands.work": {
        "work": "Read and embed tracks into a store, together with every other machine that does."
    },
    "indexer.commands.update": {
        "update": "Do the nightly job: find the videos, fetch their captions, index what changed."
    },
    "indexer.commands.search": {"search": "Find the moments in which a question is answered."},
    "indexer.commands.evaluate": {"eval": "Measure how good answers to judged questions are."},
    "indexer.commands.model": {
        "model": "Fetch or show the sentence model, which finds answers in other words."
    },
    "transcripts.commands": {
        "sync": "Find the videos behind the pages of the catalogue; with URL, draft new entries.",
        "fetch": "Fetch the captions that are missing or may have changed.",
        "import": "Take in caption files from YouTube Studio, Rev, 3Play, Zoom or Whisper.",
        "transcribe": "Write captions where a video has none, by a speech model on this machine.",
        "transcript": "Print what is said in a video, as it was read from its captions.",
    },
    "webapp.commands": {
        "serve": "Serve the site.",
        "demo": "Set up the bundled sample library, fetch and index it, and serve it.",
        "export": "Write the library as files that need no server.",
        "mcp": "Serve the library to an assistant (MCP), which then cites experts.",
    },
}


class Rooms(TyperGroup):
    """The commands of all rooms; Typer's types of a context and a formatter are its own."""

    def list_commands(self, _ctx: Any) -> list[str]:
        """Name every command."""
        return [name for commands in ROOMS.values() for name in commands]

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Load the room of a command, and return the command; None where there is none."""
        room = next((room for room, commands in ROOMS.items() if cmd_name in commands), "")
        return commands_of(room)[cmd_name] if room else None

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """Write what each command does."""
        with formatter.section("Commands"):
            formatter.write_dl([row for commands in ROOMS.values() for row in commands.items()])


@cache
def commands_of(room: str) -> Mapping[str, Any]:
    """Load the commands of a room."""
    part = typer.Typer(rich_markup_mode=None)
    import_module(room).register(part)
    return get_group(part).commands


app = typer.Typer(
    cls=Rooms,
    help="Find the second at which an expert answers, in the Hope With Answers videos.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_versions(wanted: bool) -> None:
    if wanted:
        # Neither is needed to run a command.
        from importlib.metadata import version  # noqa: PLC0415

        from transcripts import versions_in_words  # noqa: PLC0415

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


def main() -> None:
    """Run `hope`. A closed pipe and Ctrl-C end it quietly; a bug keeps its traceback."""
    # Several threads for one product of two small arrays wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Of what is loaded nearly all stays: looking for what can go took a quarter of a search.
    gc.set_threshold(100_000, 50, 50)
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
    finally:
        gc.freeze()  # nor is anything looked for at the end


if __name__ == "__main__":
    main()
