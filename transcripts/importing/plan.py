"""What taking caption files in would do, worked out before anything is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from catalog import Library, Video
from transcripts.errors import TranscriptError
from transcripts.fetching.tracks import change_in_words
from transcripts.formats.recognition import AGAIN
from transcripts.importing.matching import match_of
from transcripts.importing.names import read_name
from transcripts.importing.sources import CaptionFile, Skipped, form
from transcripts.model import CAPTION_FORMATS, Track, TrackKind, Transcript
from transcripts.reader import read_captions
from transcripts.sites.outcomes import Outcome

_NAMED = 5


class Effect(StrEnum):
    """What taking one file in does to the library."""

    NEW = "new"
    SAME = "there already"
    REPLACES = "changed"


@dataclass(frozen=True, slots=True)
class ImportStep:
    """One file that has a place in the library: what it becomes, by what, and with what effect.

    `others` are the tracks whose place it takes: of the same language and kind, in any form.
    """

    file: CaptionFile
    video: str
    track: Track
    by: str
    sure: bool
    effect: Effect
    says: str = ""
    others: tuple[Path, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether a person has to be asked."""
        return self.effect is not Effect.SAME and (not self.sure or bool(self.others))

    @property
    def sentence(self) -> str:
        """What it does, for a person."""
        place = f"captions/{self.video}/{self.track.name}"
        says = f" ({self.says})" if self.says else ""
        lost = ", ".join(other.name for other in self.others)
        differs = f"; it takes the place of {lost}, which differs" if lost else ""
        return f"{self.file.place} -> {place}: {self.effect}, by {self.by}{says}{differs}"


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that would be done, and what would not be and why."""

    steps: tuple[ImportStep, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def plan_import(
    files: Iterable[CaptionFile | Skipped],
    library: Library,
    videos: Mapping[str, Video],
    lengths: Mapping[str, int],
    language: str = "",
    kind: TrackKind | None = None,
) -> ImportPlan:
    """Match each file to a video, and see what is there. Nothing is written.

    `language` and `kind` are what the operator says of all of them.
    """
    steps: list[ImportStep] = []
    skipped: list[Skipped] = []
    for file in files:
        found = (
            file
            if isinstance(file, Skipped)
            else _step(file, library, videos, lengths, language, kind)
        )
        (skipped if isinstance(found, Skipped) else steps).append(found)  # type: ignore[arg-type]  # by its kind
    return _without_rivals(steps, skipped)


def _step(
    file: CaptionFile,
    library: Library,
    videos: Mapping[str, Video],
    lengths: Mapping[str, int],
    language: str,
    kind: TrackKind | None,
) -> ImportStep | Skipped:
    name = read_name(file.name)
    ext = form(file.name, file.content)
    track = Track("", name.language or "en", kind or "manual", ext, Path(file.name))
    read = _read(track, file)
    if isinstance(read, Skipped):
        return read
    match = match_of(file, read.words[-1].end_ms, videos, lengths)
    if not match.video:
        return Skipped(file.place, "no video of the catalogue has its id, slug, title or length")
    spoken = language or file.language or name.language or videos[match.video].language
    made: TrackKind = kind or file.kind or name.kind or _usual_kind(ext)  # type: ignore[assignment]  # one of them
    folder = library.captions_of(match.video)
    target = folder / f"{spoken}.{made}.{ext}"
    track = Track(match.video, spoken, made, ext, target)
    rivals = tuple(path for path in _slot(folder, track) if path.is_file())
    if target in rivals and target.read_bytes() == file.content:
        return ImportStep(file, match.video, track, match.by, match.sure, Effect.SAME)
    before = target.read_bytes() if target in rivals else b""
    says = change_in_words(target, before, file.content)
    effect = Effect.REPLACES if rivals else Effect.NEW
    return ImportStep(file, match.video, track, match.by, match.sure, effect, says, rivals)


def _read(track: Track, file: CaptionFile) -> Transcript | Skipped:
    try:
        read = read_captions(track, file.content)
    except TranscriptError as err:
        why = str(err).partition(": ")[2] or str(err)
        return Skipped(file.place, why.removesuffix(AGAIN).rstrip("; "))
    return read if read.words else Skipped(file.place, Outcome.EMPTY.sentence.rstrip("."))


def _usual_kind(ext: str) -> TrackKind:
    """Whisper's own form is a machine's; any other form anybody writes."""
    return "auto" if ext == "json" else "manual"


def _slot(folder: Path, track: Track) -> Iterable[Path]:
    """The files that a track of this language and kind may have, in any form."""
    return (folder / f"{track.language}.{track.kind}.{ext}" for ext in CAPTION_FORMATS)


def _without_rivals(steps: list[ImportStep], skipped: list[Skipped]) -> ImportPlan:
    """Of several files for one place take none, unless all but one say the same."""
    kept: dict[tuple[str, str, str], ImportStep] = {}
    places = {key: [s for s in steps if _key(s) == key] for key in dict.fromkeys(map(_key, steps))}
    for key, group in places.items():
        best = [step for step in group if step.sure] or group
        several = len({step.file.content for step in best}) > 1
        if not several:
            kept[key] = best[0]
        for step in group:
            if step is not kept.get(key):
                rivals = [one.file.place for one in best[: _NAMED + 2] if one is not step]
                skipped.append(Skipped(step.file.place, _for_one_place(rivals, best[0], several)))
    return ImportPlan(tuple(kept.values()), tuple(skipped))


def _for_one_place(rivals: list[str], best: ImportStep, several: bool) -> str:
    """Which files are for the same place as one, and what to do about it."""
    names = ", ".join(rivals[:_NAMED]) + (" and others" if len(rivals) > _NAMED else "")
    are = "is" if len(rivals) == 1 else "are"
    place = f"{best.track.name} of {best.video}"
    return f"{names} {are} for {place} too{'; give one of them' if several else ''}"


def _key(step: ImportStep) -> tuple[str, str, str]:
    return step.video, step.track.language, step.track.kind
