"""Looks through a whole library: the catalogue, every track, and the index that is served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog import Catalogue, Exit, Library, progress, read_catalogue
from indexer import generations
from indexer.errors import IndexerError, NoIndex
from indexer.generation import Generation
from transcripts import Track, TranscriptError, read_track, tracks_of


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything found: problems as sentences, remarks that are none, and the exit code."""

    catalogue: tuple[str, ...]
    library: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def exit(self) -> Exit:
        """A catalogue that cannot be used weighs more than a track that cannot be read."""
        if self.catalogue:
            return Exit.WRONG
        return Exit.PART if self.library else Exit.DONE

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, and at the end what it comes to."""
        count = len(self.catalogue) + len(self.library)
        summary = f"{count} problem{'s' * (count != 1)} found." if count else "All is well."
        return (*self.catalogue, *self.library, *self.remarks, summary)


def check_library(library: Library) -> Checked:
    """Read everything and collect every problem; nothing is changed."""
    catalogue, problems = read_catalogue(library)
    found = [*_stray_folders(library, catalogue), *_tracks(library, catalogue), *_index(library)]
    return Checked(
        catalogue=tuple(f"catalogue: {problem}" for problem in problems),
        library=tuple(found),
        remarks=tuple(_remarks(library, catalogue)),
    )


def _stray_folders(library: Library, catalogue: Catalogue) -> Iterator[str]:
    folder = library.captions_dir
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    for name in names:
        if name not in catalogue.videos and (folder / name).is_dir():
            yield f"captions/{name}: the catalogue has no video of this name, so it is not indexed"


def _tracks(library: Library, catalogue: Catalogue) -> Iterator[str]:
    tracks = [track for video in catalogue.videos for track in tracks_of(library, video)]
    with progress("Checking", len(tracks), lines=False) as step:
        for track in tracks:
            yield from _read(track)
            step(f"{track.video} {track.name}")


def _read(track: Track) -> Iterator[str]:
    try:
        transcript = read_track(track)
    except TranscriptError as err:
        yield str(err)
    else:
        for note in transcript.notes:
            yield f"captions/{track.video}/{track.name}: {note}"


def _index(library: Library) -> Iterator[str]:
    try:
        Generation(generations.folder_of(library, generations.current_name(library)))
    except NoIndex:
        return
    except IndexerError as err:
        yield str(err)


def _remarks(library: Library, catalogue: Catalogue) -> Iterator[str]:
    """Say what is missing but no problem: it comes with the next fetch or index."""
    without = [name for name in catalogue.videos if not tracks_of(library, name)]
    if without:
        yield f"{len(without)} of {len(catalogue.videos)} videos have no captions yet: " + (
            ", ".join(without[:10]) + (" and others" if len(without) > 10 else "")
        )
    try:
        generations.current_name(library)
    except NoIndex as err:
        yield str(err)
