"""The errors of this room."""

from catalog import ExitCode, SaidError


class TranscriptError(SaidError):
    """Captions that cannot be read or had; the message says where, what, and what to do next."""


class BlockedError(TranscriptError):
    """The other side blocks us or cannot be reached; the message says how it goes on."""

    exit = ExitCode.BLOCKED
