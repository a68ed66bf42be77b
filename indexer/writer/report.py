"""What an index run did, for a person and for the nightly report."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog import ExitCode, counted
from indexer.storage.manifest import IndexedTrack
from indexer.writer.embeddings import Embeddings
from indexer.writer.sources import GatheredTracks


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index run did: tracks by name, counts, and problems as sentences.

    `read` are the tracks that were read for it, `tracks` all that are in it. `understood` is how
    many texts were read for their meaning, `meaning` what to say about that.
    """

    generation: str
    built: bool
    videos: int
    passages: int
    read: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    carried: int = 0
    dropped: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    understood: int = 0
    meaning: str = ""

    @property
    def exit(self) -> ExitCode:
        """Done in part when something could not be read, or a model is to be mended."""
        return ExitCode.PART if self.problems else ExitCode.DONE

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
        if self.understood:
            summary += f" {counted(self.understood, 'text')} read for what they mean."
        meaning = (self.meaning,) if self.meaning else ()
        return (*self.remarks, *self.problems, *gone, *meaning, summary)


def report_of(
    name: str,
    entries: Sequence[IndexedTrack],
    gathered: GatheredTracks,
    before: Sequence[IndexedTrack],
    embeddings: Embeddings,
    *,
    built: bool = False,
) -> IndexReport:
    """Report on an index with these tracks; a model that is to be mended is a problem."""
    alive = [entry for entry in entries if not entry.dead]
    there = {(entry.video, entry.language) for entry in alive}
    gone = [e for e in before if not e.dead and (e.video, e.language) not in there]
    broken = (embeddings.says,) if embeddings.broken else ()
    return IndexReport(
        generation=name,
        built=built,
        videos=len({entry.video for entry in alive}),
        passages=sum(entry.passages for entry in alive),
        read=tuple(f"{made.video} {made.name}" for made in gathered.made),
        tracks=tuple(f"{entry.video} {entry.name}" for entry in alive),
        carried=len(gathered.carried),
        dropped=tuple(f"{entry.video} {entry.name}" for entry in gone),
        problems=(*gathered.problems, *broken),
        remarks=tuple(gathered.remarks),
        understood=embeddings.read,
        meaning="" if broken else embeddings.says,
    )
