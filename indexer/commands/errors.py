"""How a command of this room ends when something is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from catalog import CatalogError, ExitCode, say
from indexer.errors import EngineAway, IndexBusyError, IndexerError
from transcripts import BusyError, TranscriptError


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Say what is wrong in sentences, and leave with the code for it."""
    try:
        yield
    except (BusyError, IndexBusyError, EngineAway) as err:
        say(str(err))
        raise typer.Exit(ExitCode.BLOCKED) from err
    except (CatalogError, TranscriptError, IndexerError) as err:
        say(str(err))
        raise typer.Exit(ExitCode.WRONG) from err
