"""The one error of this room."""


class IndexerError(Exception):
    """The index cannot be built or read; the message says where, what, and what to do next."""


class NoIndex(IndexerError):  # noqa: N818 - it says what is missing
    """There is no generation that can be served."""
