"""Finds what to index: which tracks are as they were, and which have to be read again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import msgspec

from catalog import Catalogue, Library, base_language, checksum, file_checksum, read_settled
from indexer.mishearing.detector import MishearingDetector, detector_of
from indexer.storage.columns import Columns, columns_of
from indexer.storage.manifest import IndexedTrack
from indexer.storage.tables import adding_to
from indexer.storage.vectors import Vectors
from indexer.writer.workers import each_in_turn
from transcripts import (
    Track,
    Transcript,
    TranscriptError,
    automatic_beside,
    came_at,
    choose_tracks,
    cut_passages,
    heard_instead,
    made_by,
    read_captions,
    tracks_of,
    uploaded_at,
    with_asides,
)

Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]


@dataclass(frozen=True, slots=True)
class TrackChoice:
    """A video in one language: its tracks, best first, and how it was indexed before, if it was."""

    tracks: tuple[Track, ...]
    before: int | None = None

    @property
    def name(self) -> str:
        """What people call it: `alk-positive-intro en`."""
        return f"{self.tracks[0].video} {self.tracks[0].language}"


@dataclass(frozen=True, slots=True)
class IndexedTranscript:
    """The arrays of a track that was read, and every term in it, once."""

    entry: IndexedTrack
    rows: Columns
    terms: tuple[str, ...]


@dataclass(slots=True)
class ReadChoice:
    """What came of reading a choice: its track, if it can be read, and what it means.

    `problems` are what could not be read, `remarks` what was read in spite of a flaw.
    """

    made: IndexedTranscript | None = None
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    vectors: Vectors | None = None


@dataclass(slots=True)
class GatheredTracks:
    """What a generation is made of: entries carried over (by their number), and tracks read.

    The rows of those are in the tables of the folder `rows`, their terms are all of `terms`.
    """

    carried: list[int] = field(default_factory=list)
    made: list[IndexedTrack] = field(default_factory=list)
    terms: dict[str, None] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    vectors: list[Vectors] = field(default_factory=list)
    rows: Path = Path()


def choose_sources(
    library: Library,
    catalogue: Catalogue,
    before: Sequence[IndexedTrack],
    translated: bool = False,
) -> tuple[list[TrackChoice], GatheredTracks]:
    """List every video and language there are captions for, in the catalogue's order.

    Returns with it what is kept as it was, because a video's folder cannot be read now.
    """
    known = {(e.video, base_language(e.language)): n for n, e in enumerate(before) if not e.dead}
    wanted: list[TrackChoice] = []
    kept = GatheredTracks()
    for video in catalogue.videos.values():
        try:
            tracks = tracks_of(library, video.slug)
        except TranscriptError as err:
            kept.problems.append(f"{err}; what was indexed of it before is kept")
            kept.carried += [n for (slug, _), n in known.items() if slug == video.slug]
            continue
        for best in choose_tracks(tracks, video, translated):
            language = base_language(best.language)
            others = [t for t in tracks if base_language(t.language) == language and t != best]
            native = [track for track in others if track.kind != "translated"]
            wanted.append(TrackChoice((best, *native), known.get((video.slug, language))))
    return wanted, kept


def gather(
    wanted: Iterable[TrackChoice],
    before: Sequence[IndexedTrack],
    catalogue: Catalogue,
    progress: Progress,
    rows: Path,
    workers: int = 1,
    together: Callable[[Sequence[TrackChoice]], Iterator[ReadChoice]] | None = None,
) -> GatheredTracks:
    """Carry over what did not change, and read the rest, by so many processes, or `together`.

    The catalogue knows what captions mishear. What cannot be read keeps what was read of it
    before, and is reported. What is read goes into new tables in the folder `rows`.
    """
    gathered = GatheredTracks(rows=rows)
    detector = detector_of(catalogue)
    changed: list[TrackChoice] = []
    for choice in wanted:
        if choice.before is not None and _is_as_before(choice, before[choice.before], detector):
            gathered.carried.append(choice.before)
        else:
            changed.append(choice)
    if together:
        read = together(changed)
    else:
        begin = partial(_reading, msgspec.json.encode(catalogue))
        read = each_in_turn(partial(read_choice, detector), changed, workers, begin)
    with progress("Reading", len(changed)) as step, adding_to(rows) as add:
        for choice, one in zip(changed, read, strict=True):
            made = one.made
            gathered.problems += one.problems
            gathered.remarks += one.remarks
            gathered.vectors += [one.vectors] if one.vectors else []
            if choice.before is not None and _stays(before[choice.before], choice, made):
                gathered.carried.append(choice.before)
                gathered.problems.append(f"{choice.name}: what was indexed of it before is kept")
            elif made:
                add(made.rows)
                gathered.made.append(made.entry)
                gathered.terms.update(dict.fromkeys(made.terms))
            step(choice.name)
    return gathered


def _is_as_before(choice: TrackChoice, entry: IndexedTrack, detector: MishearingDetector) -> bool:
    """Whether the best track is the very file that was indexed as `entry`, heard as now."""
    best, beside = choice.tracks[0], automatic_beside(choice.tracks)
    if beside and (best.kind, best.ext) != (entry.kind, entry.ext):
        best, beside = beside, best
    as_named = (best.kind, best.ext) == (entry.kind, entry.ext)
    if not as_named or detector.fingerprint(entry.video) != entry.hearing:
        return False
    try:
        held_against = file_checksum(beside.path) if beside else ""
        return file_checksum(best.path) == entry.source and held_against == entry.beside
    except OSError:
        return False


def _stays(before: IndexedTrack, wanted: TrackChoice, made: IndexedTranscript | None) -> bool:
    """Whether what was indexed before stays: an unreadable file takes nothing away."""
    best = wanted.tracks[0].name
    if made is None or (before.passages and not made.entry.passages):
        return True
    chosen = made.entry.beside != "" and made.entry.name != best
    return made.entry == before or (made.entry.name != best == before.name and not chosen)


def _reading(catalogue: bytes) -> Callable[[TrackChoice], ReadChoice]:
    """Make ready to read tracks, in a process that has only just begun."""
    return partial(read_choice, detector_of(msgspec.json.decode(catalogue, type=Catalogue)))


def read_choice(detector: MishearingDetector, wanted: TrackChoice) -> ReadChoice:
    """Read the best track that says anything; failing that, one in which nobody speaks."""
    choice = ReadChoice()
    for n, track in enumerate(wanted.tracks):
        read = _read(track, choice)
        if not read:
            continue
        heard = automatic_beside(wanted.tracks[n:])
        other = _read(heard, choice) if heard else None
        if other and (why := heard_instead(read.words, other.track, other.words)):
            choice.remarks.append(f"captions/{track.video}/{track.name}: {why}")
            choice.made = _indexed(other, detector, read)
            break
        made = _indexed(read, detector, other)
        choice.made = choice.made or made
        if read.words:
            choice.made = made
            break
    return choice


@dataclass(frozen=True, slots=True)
class _ReadTrack:
    """What a track says, and the SHA-256 of its file."""

    transcript: Transcript
    source: str

    @property
    def track(self) -> Track:
        return self.transcript.track

    @property
    def words(self) -> int:
        return len(self.transcript.words)


def _indexed(
    read: _ReadTrack, detector: MishearingDetector, beside: _ReadTrack | None
) -> IndexedTranscript:
    file = read.track.path
    made = index_transcript(read.transcript, detector, read.source)
    entry = msgspec.structs.replace(
        made.entry,
        beside=beside.source if beside else "",
        came_at=came_at(file),
        uploaded_at=uploaded_at(file),
        made_by=made_by(file),
    )
    return replace(made, entry=entry)


def _read(track: Track, choice: ReadChoice) -> _ReadTrack | None:
    """Read a track, and keep what is to be said of it."""
    place = f"captions/{track.video}/{track.name}"
    try:
        content = read_settled(track.path)
        transcript = read_captions(track, content)
    except OSError as err:
        choice.problems.append(f"{place}: {err.strerror}")
    except TranscriptError as err:
        choice.problems.append(str(err))
    else:
        choice.remarks += [f"{place}: {note}" for note in transcript.notes]
        return _ReadTrack(transcript, checksum(content))
    return None


def index_transcript(
    transcript: Transcript, detector: MishearingDetector, source: str
) -> IndexedTranscript:
    """Make the rows of one track. `source` is the SHA-256 of its file."""
    speakers = tuple(dict.fromkeys(s.speaker for s in transcript.sentences if s.speaker))
    passages = with_asides(cut_passages(transcript.sentences), transcript.sentences)
    rows, terms = columns_of(transcript, passages, speakers, detector.found_in(transcript))
    track = transcript.track
    entry = IndexedTrack(
        video=track.video,
        language=track.language,
        kind=track.kind,
        ext=track.ext,
        source=source,
        passages=len(passages),
        sentences=len(transcript.sentences),
        tokens=len(rows.token_term),
        bytes=len(rows.text),
        speakers=speakers,
        notes=transcript.notes,
        hearing=detector.fingerprint(track.video),
        asides=tuple((n, passage.aside) for n, passage in enumerate(passages) if passage.aside),
        words=len(transcript.words),
    )
    return IndexedTranscript(entry, rows, terms)
