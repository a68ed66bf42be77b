"""Puts a generation together: which tracks it has, in which order, and their rows on the disk."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from catalog import Library
from indexer.errors import IndexerError
from indexer.storage import generations, tables, vectors
from indexer.storage.columns import identity
from indexer.storage.inversion import Documents
from indexer.storage.manifest import (
    COLUMNS,
    POSTINGS,
    VECTORS,
    IndexedTrack,
    Manifest,
    read_manifest,
    verify,
)
from indexer.storage.postings import is_scattered, open_postings, write_postings
from indexer.storage.rows import Rows
from indexer.storage.vectors import Vectors
from indexer.writer.sources import GatheredTracks

# Rows that no longer count are left behind when they are many, and a good part of all.
_MOST_DEAD = 0.3
_FEWEST_DEAD = 1_000


@dataclass(frozen=True, slots=True)
class BaseGeneration:
    """The generation before, checked, to carry over from; without one, nothing is carried."""

    folder: Path | None = None
    entries: tuple[IndexedTrack, ...] = ()
    catalogue: bytes = b""


def entries_of(
    before: Sequence[IndexedTrack], gathered: GatheredTracks
) -> tuple[IndexedTrack, ...]:
    """List the tracks of the new generation, in the order of their rows."""
    carried = set(gathered.carried)
    kept = [
        entry if number in carried else msgspec.structs.replace(entry, dead=True)
        for number, entry in enumerate(before)
    ]
    return (*kept, *gathered.made)


def is_mostly_dead(entries: Sequence[IndexedTrack]) -> bool:
    """Whether so many rows no longer count that all tracks are better read again."""
    dead = sum(entry.passages for entry in entries if entry.dead)
    return dead >= _FEWEST_DEAD and dead > _MOST_DEAD * sum(entry.passages for entry in entries)


def vectors_before(library: Library) -> Vectors | None:
    """The newest vectors that are whole, whatever built the rest of their generation."""
    for folder, manifest in _accounts(library):
        files = {n: sha for n, sha in manifest.files.items() if n.startswith(f"{VECTORS}/")}
        if not files:
            return None
        with suppress(IndexerError):
            verify(folder, msgspec.structs.replace(manifest, files=files))
            return vectors.load(folder / VECTORS)
    return None


def with_stored(before: Vectors | None, stored: Sequence[Vectors]) -> Vectors | None:
    """The vectors from before and those that came with tracks; of two models only the latter."""
    if not stored:
        return before
    same = [before] if before and before.identity == stored[0].identity else []
    return vectors.joined([*same, *stored])


def whole_generations(library: Library) -> Iterator[tuple[Path, Manifest]]:
    """Yield the generations that are whole, the served one first."""
    for folder, manifest in _accounts(library):
        with suppress(IndexerError):
            verify(folder, manifest)
            yield folder, manifest


def _accounts(library: Library) -> Iterator[tuple[Path, Manifest]]:
    for name in generations.names_by_trust(library):
        folder = generations.folder_of(library, name)
        with suppress(IndexerError):
            yield folder, read_manifest(folder)


def write_rows(folder: Path, before: BaseGeneration, gathered: GatheredTracks) -> None:
    """Write the tables and the postings: those carried over, and behind them the new ones."""
    entries: Sequence[IndexedTrack] = gathered.made
    names = _named(gathered.terms)
    new = tables.load(gathered.rows, mapped=True)
    if before.folder is None:
        gathered.rows.rename(folder / COLUMNS)
    else:
        _copy_files(before.folder / COLUMNS, folder / COLUMNS)
        with tables.adding_to(folder / COLUMNS) as add:
            add(new)
        if is_scattered(before.folder / POSTINGS):
            entries = entries_of(before.entries, gathered)
            new = tables.load(folder / COLUMNS, mapped=True)
            names |= _named(open_postings(before.folder / POSTINGS).held)
        else:
            _copy_files(before.folder / POSTINGS, folder / POSTINGS)
    (folder / POSTINGS).mkdir(exist_ok=True)
    begins, ends = Rows(entries, new, {}).tokens
    write_postings(folder / POSTINGS, Documents(new.token_term, begins, ends, names))


def _named(terms: Iterable[str]) -> dict[int, str]:
    return {identity(term): term for term in terms}


def _copy_files(source: Path, target: Path) -> None:
    """Have the same files a second time; one damaged place must not damage two generations."""
    target.mkdir(exist_ok=True)
    for file in source.iterdir():
        if not file.name.endswith("LOCK"):
            shutil.copyfile(file, target / file.name)
