"""Builds a new generation beside the one that is served, verifies it, and swaps it in.

Tracks whose caption file did not change are carried over from the generation before, so that the
cost follows what changed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from catalog import Catalogue, Library, counted
from indexer import generations, tables
from indexer.errors import IndexerError
from indexer.gathering import Gathered, Wanted, gather, is_as_before, wanted_tracks
from indexer.generation import CATALOGUE, POSTINGS, TABLES, TOPICS, Generation
from indexer.hearing import Hearer, hearer_of
from indexer.manifest import (
    SCHEMA,
    IndexedTrack,
    Manifest,
    checksum,
    checksums,
    read_manifest,
    verify,
    write_manifest,
)
from indexer.model import Answer
from indexer.postings import write_postings
from indexer.settings import SETTINGS
from indexer.topics import moments_of_topics

# Whatever changes the words, sentences, passages or terms made of the same captions changes this.
READER = "3"
# Whatever changes which moments a topic has changes this.
TOPICS_AS = "1"
# Rows that no longer count are left behind when they are many, and a good part of all.
_MOST_DEAD = 0.3
_FEWEST_DEAD = 1_000
_BUILT_BY = {
    "reader": READER,
    "topics": TOPICS_AS,
    "whoosh": version("whoosh-reloaded"),
    "stemmer": version("PyStemmer"),
    "webvtt": version("webvtt-py"),
}

Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index run did: tracks by name, counts, and problems as sentences."""

    generation: str
    built: bool
    videos: int
    passages: int
    read: tuple[str, ...] = ()
    carried: int = 0
    dropped: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, for a person."""
        gone = (f"{name}: no longer there, taken out of the index" for name in self.dropped)
        summary = (
            f"Index {self.generation}: {counted(self.videos, 'video')}, "
            f"{counted(self.passages, 'passage')} "
            f"({counted(len(self.read), 'track')} read, {self.carried} carried over)."
            if self.built
            else f"Nothing changed; index {self.generation} stays "
            f"({counted(self.passages, 'passage')})."
        )
        return (*self.remarks, *self.problems, *gone, summary)


@dataclass(frozen=True, slots=True)
class _Before:
    """The generation before, checked, to carry over from; without one, nothing is carried."""

    folder: Path | None = None
    entries: tuple[IndexedTrack, ...] = ()
    catalogue: bytes = b""


def build_index(
    library: Library,
    catalogue: Catalogue,
    progress: Progress,
    *,
    full: bool = False,
    translated: bool = False,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> IndexReport:
    """Build, verify and swap in a generation of what the library holds. Raises IndexerError.

    When nothing changed, nothing is built. `full` reads every track again; `translated` also
    takes what a machine translated, where a language has nothing else.
    """
    with generations.building(library) as (name, folder):
        before = _Before() if full else _before(library)
        _expect_captions(library, before)
        wanted, kept = wanted_tracks(library, catalogue, before.entries, translated)
        hearer = hearer_of(catalogue)
        gathered = _gather(wanted, before, hearer, progress)
        gathered.carried += kept.carried
        gathered.problems += kept.problems
        curated = msgspec.json.encode(catalogue)
        if before.folder and curated == before.catalogue and _is_as_before(before, gathered):
            return _report(generations.current_name(library), before.entries, gathered, before)
        base = before
        if _is_mostly_dead(_entries(before.entries, gathered)) and not kept.carried:
            base, gathered = _afresh(wanted, before, gathered, hearer, progress)
        entries = _entries(base.entries, gathered)
        (folder / CATALOGUE).write_bytes(curated)
        _write_rows(folder, base, gathered)
        manifest = _manifest(folder, name, entries, clock())
        write_manifest(folder, manifest)
        built = Generation(folder)
        built.prove()
        _write_topics(folder, manifest, built, progress)
        generations.serve_from_now_on(library, folder, name)
        generations.forget_old(library)
        return _report(name, entries, gathered, before, built=True)


def _is_as_before(before: _Before, gathered: Gathered) -> bool:
    return _entries(before.entries, gathered) == before.entries


def _afresh(
    wanted: Sequence[Wanted],
    before: _Before,
    gathered: Gathered,
    hearer: Hearer,
    progress: Progress,
) -> tuple[_Before, Gathered]:
    """Read every track again, and so leave the rows behind that no longer count.

    Only when nothing is lost by it: a track may have become unreadable since. Where nothing was
    carried over, all has just been read.
    """
    if not gathered.carried:
        return _Before(), gathered
    afresh = _gather([replace(one, before=None) for one in wanted], _Before(), hearer, progress)
    whole = len(afresh.made) == len(gathered.made) + len(gathered.carried)
    return (_Before(), afresh) if whole else (before, gathered)


def _manifest(
    folder: Path, name: str, entries: tuple[IndexedTrack, ...], now: datetime
) -> Manifest:
    """Account for what was built."""
    return Manifest(
        name=name,
        schema=SCHEMA,
        built_at=now.isoformat(timespec="seconds"),
        built_by=_BUILT_BY,
        tracks=entries,
        files=checksums(folder),
    )


def _write_topics(folder: Path, manifest: Manifest, built: Generation, progress: Progress) -> None:
    """Have what was built answer for each topic, keep that beside it, and account for it too."""

    def search(text: str) -> Answer:
        return built.search(text, limit=SETTINGS.topic_moments)

    with progress("Choosing moments", len(built.catalogue.topics)) as step:
        moments = moments_of_topics(built.catalogue, search, SETTINGS, step)
    (folder / TOPICS).write_bytes(msgspec.json.encode(moments))
    files = {**manifest.files, TOPICS: checksum(folder / TOPICS)}
    write_manifest(folder, msgspec.structs.replace(manifest, files=files))


def _expect_captions(library: Library, before: _Before) -> None:
    """Raise IndexerError when all captions are gone that were there before.

    A disk that is not mounted looks like an empty library, and must not empty the index.
    """
    if library.captions_dir.is_dir() or all(entry.dead for entry in before.entries):
        return
    raise IndexerError(
        f"{library.captions_dir}: the captions that were indexed before are not there; "
        "the old index stays. If they are meant to be gone, run `hope index --full`"
    )


def _before(library: Library) -> _Before:
    """Find the served generation, when it is whole and was built as we build."""
    try:
        folder = generations.folder_of(library, generations.current_name(library))
        manifest = read_manifest(folder)
        verify(folder, manifest)
        catalogue = (folder / CATALOGUE).read_bytes()
    except (IndexerError, OSError):
        return _Before()
    if manifest.built_by != _BUILT_BY:
        return _Before()
    return _Before(folder, manifest.tracks, catalogue)


def _gather(
    wanted: Sequence[Wanted], before: _Before, hearer: Hearer, progress: Progress
) -> Gathered:
    """Carry over what did not change and read the rest."""
    carried: list[int] = []
    changed: list[Wanted] = []
    for one in wanted:
        if one.before is not None and is_as_before(one, before.entries[one.before], hearer):
            carried.append(one.before)
        else:
            changed.append(one)
    with progress("Reading", len(changed)) as step:
        gathered = gather(changed, before.entries, hearer, step)
    gathered.carried += carried
    return gathered


def _entries(before: Sequence[IndexedTrack], gathered: Gathered) -> tuple[IndexedTrack, ...]:
    """List the tracks of the new generation, in the order of their rows."""
    carried = set(gathered.carried)
    kept = [
        entry if number in carried else msgspec.structs.replace(entry, dead=True)
        for number, entry in enumerate(before)
    ]
    return (*kept, *(made.entry for made in gathered.made))


def _is_mostly_dead(entries: Sequence[IndexedTrack]) -> bool:
    dead = sum(entry.passages for entry in entries if entry.dead)
    return dead >= _FEWEST_DEAD and dead > _MOST_DEAD * sum(entry.passages for entry in entries)


def _write_rows(folder: Path, before: _Before, gathered: Gathered) -> None:
    """Write the tables and the postings: those carried over, and behind them the new ones."""
    parts = [made.rows for made in gathered.made]
    old = [tables.load(before.folder / TABLES)] if before.folder else []
    (folder / TABLES).mkdir()
    tables.save(tables.concatenate([*old, *parts] or [tables.empty()]), folder / TABLES)
    (folder / POSTINGS).mkdir()
    if before.folder:
        _link_files(before.folder / POSTINGS, folder / POSTINGS)
    documents = (terms for made in gathered.made for terms in made.documents)
    write_postings(folder / POSTINGS, documents)


def _link_files(source: Path, target: Path) -> None:
    """Have the same files in a second folder; they are never written to again."""
    for file in source.iterdir():
        if file.name.endswith("LOCK"):
            continue
        try:
            os.link(file, target / file.name)
        except OSError:  # a disk without hard links
            shutil.copy2(file, target / file.name)


def _report(
    name: str,
    entries: Sequence[IndexedTrack],
    gathered: Gathered,
    before: _Before,
    built: bool = False,
) -> IndexReport:
    alive = [entry for entry in entries if not entry.dead]
    there = {(entry.video, entry.language) for entry in alive}
    gone = [e for e in before.entries if not e.dead and (e.video, e.language) not in there]
    return IndexReport(
        generation=name,
        built=built,
        videos=len({entry.video for entry in alive}),
        passages=sum(entry.passages for entry in alive),
        read=tuple(f"{made.entry.video} {made.entry.name}" for made in gathered.made),
        carried=len(gathered.carried),
        dropped=tuple(f"{entry.video} {entry.name}" for entry in gone),
        problems=tuple(gathered.problems),
        remarks=tuple(gathered.remarks),
    )
