"""How the errors of this room reach the terminal: as sentences, with the exit code for them."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from catalog import CatalogError, ExitCode, say
from transcripts.errors import BlockedError, TranscriptError
from transcripts.jobs.lock import BusyError


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Turn a room's errors into sentences on stderr and the exit code for them."""
    try:
        yield
    except (BusyError, BlockedError) as err:
        say(str(err))
        raise typer.Exit(ExitCode.BLOCKED) from err
    except (CatalogError, TranscriptError) as err:
        say(str(err))
        raise typer.Exit(ExitCode.WRONG) from err
