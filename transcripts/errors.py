"""The one error of this room."""


class TranscriptError(Exception):
    """Captions that cannot be read or had; the message says where, what, and what to do next."""
