"""The errors of this room: each is an IndexerError, and says what to do next."""

from typing import Any

from catalog import ExitCode, SaidError


class IndexerError(SaidError):
    """The index cannot be built or read; the message says where, what, and what to do next."""


class IndexBusyError(IndexerError):
    """Somebody else is building an index here at this moment."""

    exit = ExitCode.BLOCKED


class NoIndex(IndexerError):  # noqa: N818 - it says what is missing
    """There is no generation that can be served."""


class ModelNotFetchedError(IndexerError):
    """A hub of models cannot be reached or sends something else; what was fetched is kept."""

    exit = ExitCode.BLOCKED


class EngineAway(NoIndex):
    """The engine that holds the passages does not answer, or not as it should."""

    exit = ExitCode.BLOCKED


class PartMissing(EngineAway):
    """Some of the passages that an engine holds cannot be reached; `found` is what it did find."""

    def __init__(self, says: str, found: Any = ()) -> None:
        super().__init__(says)
        self.found = found
