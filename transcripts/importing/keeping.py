"""Taking in what was planned: each track in one step, with where it came from beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catalog import ExitCode, Library, counted, write_atomically
from transcripts.fetching.provenance import IMPORTED, keep_own, provenance_file, sweep
from transcripts.importing.plan import Effect, ImportPlan, ImportStep
from transcripts.jobs.shutdown import finishing

REPLACED = "replaced"
Ask = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was taken in, what was there already, what a person did not want, what has no place.

    `set_aside` are the tracks whose place was taken, where they lie now; `beside` counts films and
    the like that lay beside captions.
    """

    taken: tuple[ImportStep, ...] = ()
    same: int = 0
    declined: tuple[ImportStep, ...] = ()
    skipped: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    dry: bool = False
    beside: int = 0

    @property
    def exit(self) -> ExitCode:
        """The exit code of the command."""
        return ExitCode.PART if self.declined or self.skipped else ExitCode.DONE

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, and the sums."""
        return (
            *(f"{step.sentence}{self._asks(step)}." for step in self.taken),
            *(f"Not taken: {step.sentence}." for step in self.declined),
            *(f"Not taken: {says}." for says in self.skipped),
            *(f"What was there before lies in {place} now." for place in self.set_aside),
            self._sums(),
        )

    def _asks(self, step: ImportStep) -> str:
        return "; you will be asked" if self.dry and step.asks else ""

    def _sums(self) -> str:
        would = "would be taken in" if self.dry else "taken in"
        parts = [f"{counted(len(self.taken), 'track')} {would}"]
        parts += [f"{self.same:,} there already"] if self.same else []
        parts += [f"{self.beside:,} beside them left alone"] if self.beside else []
        left = len(self.declined) + len(self.skipped)
        parts += [f"{left:,} not taken"] if left else []
        more = " `hope index` makes them found." if self.taken and not self.dry else ""
        return f"{', '.join(parts)}.{more}"


def take_in(
    plan: ImportPlan, library: Library, ask: Ask, now: datetime, *, dry: bool = False
) -> ImportReport:
    """Take in what is sure, and of the rest what `ask` agrees to. Raises OSError."""
    taken: list[ImportStep] = []
    declined: list[ImportStep] = []
    aside: list[str] = []
    for step in plan.steps:
        if step.effect is Effect.SAME:
            continue
        if step.asks and not ask(step.sentence):
            declined.append(step)
            continue
        if not dry:
            with finishing():
                aside += keep_step(step, library, now)
        taken.append(step)
    same = sum(step.effect is Effect.SAME for step in plan.steps)
    skipped = tuple(f"{one.place}: {one.says}" for one in plan.skipped if not one.beside)
    beside = len(plan.skipped) - len(skipped)
    return ImportReport(tuple(taken), same, tuple(declined), skipped, tuple(aside), dry, beside)


def keep_step(step: ImportStep, library: Library, now: datetime) -> list[str]:
    """Write one track and its provenance; set aside what was there. Raises OSError."""
    track, content = step.track, step.file.content
    sweep(track.path.parent)
    aside = [_set_aside(other, step.video, library) for other in step.others]
    keep_own(track, content, IMPORTED, _name(step), now)
    _remove(other for other in step.others if other != track.path)
    return aside


def _name(step: ImportStep) -> str:
    """What the file was called, without the folders of whoever gave it."""
    return f"{step.file.place.rpartition('/')[2]} (matched by {step.by})"


def _set_aside(track: Path, video: str, library: Library) -> str:
    """Copy a track to where nothing is read, beside earlier ones; returns the place."""
    content = track.read_bytes()
    number = 1
    while True:
        name = f"{video}.{track.name}" if number == 1 else f"{video}.{number}.{track.name}"
        file = library.drafts_dir / REPLACED / name
        if not file.exists():
            write_atomically(file, content)
        if file.read_bytes() == content:
            return str(file)
        number += 1


def _remove(tracks: Iterable[Path]) -> None:
    for track in tracks:
        track.unlink(missing_ok=True)
        provenance_file(track).unlink(missing_ok=True)
