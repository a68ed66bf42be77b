"""The files and folders of a generation, by name, and how those that are read whole are opened."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from catalog import Catalogue
from indexer.browse.related import Related
from indexer.browse.topics import Moments
from indexer.errors import IndexerError

CATALOGUE = "catalogue.json"
POSTINGS = "postings"
RELATED = "related.json"
TABLES = "tables"
TOPICS = "topics.json"
VECTORS = "vectors"

Part = TypeVar("Part")


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue as it was when a generation was built. Raises IndexerError."""
    return _read(folder / CATALOGUE, Catalogue)


def read_topics(folder: Path) -> Moments:
    """The moments of each topic. Raises IndexerError."""
    topics: Moments = _read(folder / TOPICS, Moments)
    return topics


def read_related(folder: Path) -> Related:
    """What belongs to each video and question. Raises IndexerError."""
    return _read(folder / RELATED, Related)


def files_in(folder: str, files: Iterable[str]) -> tuple[str, ...]:
    """The names of the files that an account has of one folder."""
    return tuple(name.removeprefix(f"{folder}/") for name in files if name.startswith(f"{folder}/"))


def _read(file: Path, kind: type[Part]) -> Part:
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError) as err:
        raise IndexerError(f"{file}: cannot be read: {err}") from err
