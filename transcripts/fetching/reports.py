"""What a run of fetching did, as values and in sentences for a person."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from catalog import ExitCode, clock, counted
from transcripts.fetching.posters import KEPT
from transcripts.fetching.provenance import TrackChange
from transcripts.fetching.scheduler import RunEnding, SiteAnswer
from transcripts.sites.outcomes import Outcome
from transcripts.sites.versions import newer_may_help


@dataclass(frozen=True, slots=True)
class TrackReport:
    """One track: its file, what came of it, what that changed, and the site's own words.

    `says` is what changed, in words.
    """

    file: str
    outcome: Outcome
    change: TrackChange | None = None
    detail: str = ""
    says: str = ""

    @property
    def fresh(self) -> bool:
        """Whether the track is new or changed."""
        return self.change in {TrackChange.NEW, TrackChange.CHANGED}


@dataclass(frozen=True, slots=True)
class VideoReport:
    """One video: what came of it. `asked` is False when it was not due yet or has no source.

    `length_ms` is how long the video is, and `was_ms` how long it was, if that is not the same;
    `dead` are its addresses at which there is nothing. `picture` is what came of asking for a
    still picture: "kept", or why there is none; empty when none was asked for. `site` is the one
    that answered last.
    """

    video: str
    outcome: Outcome
    asked: bool = True
    address: str = ""
    next_try: datetime | None = None
    detail: str = ""
    tracks: tuple[TrackReport, ...] = ()
    length_ms: int | None = None
    was_ms: int | None = None
    dead: tuple[str, ...] = ()
    picture: str = ""
    site: str = ""

    @property
    def well(self) -> bool:
        """Whether the run may call itself complete in spite of this video."""
        return not self.asked or (
            self.outcome.well and all(one.outcome.well for one in self.tracks)
        )

    @property
    def changed(self) -> bool:
        """Whether a track is new or changed."""
        return any(track.fresh for track in self.tracks)


@dataclass(frozen=True, slots=True)
class FetchReport:
    """A whole run. `left` are the videos it did not come to.

    `locked` says what in the library could not be read; the run went on without it.
    """

    videos: tuple[VideoReport, ...] = ()
    left: tuple[str, ...] = ()
    ending: RunEnding = field(default_factory=RunEnding)
    locked: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The videos with a new or changed track."""
        return tuple(report.video for report in self.videos if report.changed)

    @property
    def exit(self) -> ExitCode:
        """The exit code of a command that did this and nothing else."""
        return self.ending.exit(not self.locked and all(report.well for report in self.videos))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changed, what needs an eye, the sums, and how the run ended."""
        asked = [one for one in self.videos if one.asked]
        counted_in = (one for one in self.videos if one.asked or one.outcome is Outcome.NO_SOURCE)
        outcomes = [one.outcome for one in counted_in]
        waiting = len(self.videos) - len(outcomes)
        return (
            *(f"{one.video}: {changed_tracks(one)}." for one in asked if one.changed),
            *_worries(asked),
            *_without_source(self.videos),
            *_without_picture(asked),
            *self.locked,
            run_summary("video", outcomes, waiting, len(self.left)),
            *self.ending.sentences,
        )


def changed_tracks(report: VideoReport) -> str:
    """The tracks of a video and what changed in them: `en.auto.json3 (new: 1,480 words)`."""
    return ", ".join(
        f"{one.file} ({one.change}{f': {one.says}' if one.says else ''})"
        for one in report.tracks
        if one.change
    )


def _worries(asked: list[VideoReport]) -> Iterator[str]:
    yield from troubles(report for report in asked if not report.outcome.well)
    yield from _moved(asked)
    for report in asked:
        for track in report.tracks:
            yield from _track_worry(report, track)


def _moved(asked: list[VideoReport]) -> Iterator[str]:
    """Which videos are longer or shorter than before, and which addresses lead nowhere."""
    for report in asked:
        if report.was_ms is not None and report.length_ms is not None:
            yield f"{report.video}: {new_length(report.was_ms, report.length_ms)}"
        if report.outcome is not Outcome.DEAD_LINK:
            yield from (f"{report.video}: {dead_link(address)}" for address in report.dead)


def new_length(was_ms: int, is_ms: int) -> str:
    """That a video is longer or shorter than it was."""
    return (
        f"The video is {clock(is_ms)} long now and was {clock(was_ms)} before; its transcript "
        "stays. See whether its times still fit; `hope check` says what to do."
    )


def dead_link(address: str) -> str:
    """That there is nothing at an address."""
    return f"There is nothing at {address} any more (404 or 410); correct it in the catalogue."


class SiteVideoAnswer(SiteAnswer, Protocol):
    """An answer about one video."""

    @property
    def video(self) -> str:
        """The slug of the video."""


def troubles(answers: Iterable[SiteVideoAnswer]) -> Iterator[str]:
    """What went wrong, the videos with the same trouble in one sentence."""
    groups: dict[tuple[Outcome, str], list[SiteVideoAnswer]] = {}
    for answer in answers:
        groups.setdefault((answer.outcome, answer.detail), []).append(answer)
    for (outcome, detail), group in groups.items():
        names = ", ".join(answer.video for answer in group)
        yield f"{names}: {outcome_sentences(outcome, detail, group[0].next_try)}"


def _track_worry(report: VideoReport, track: TrackReport) -> Iterator[str]:
    if track.change is TrackChange.BY_HAND:
        yield f"{report.video}: {track.file} {_BY_HAND}"
    elif not track.outcome.well and track.outcome is not report.outcome:
        yield f"{report.video}: {track.file}: {outcome_sentences(track.outcome, track.detail)}"


def outcome_sentences(outcome: Outcome, detail: str = "", next_try: datetime | None = None) -> str:
    """An outcome in sentences, with the site's own words and when it is asked again."""
    words = f" It said: {detail.rstrip('.')}." if detail else ""
    when = f" Next try: {next_try:%Y-%m-%d %H:%M} UTC." if next_try else ""
    newer = f" {newer_may_help()}" if outcome.newer else ""
    when = "" if outcome.stops_asking or outcome.next_run else when
    return f"{outcome.sentence}{words}{newer}{when}"


def _without_source(videos: tuple[VideoReport, ...]) -> Iterator[str]:
    names = [one.video for one in videos if one.outcome is Outcome.NO_SOURCE]
    if names:
        yield f"{', '.join(names)}: {Outcome.NO_SOURCE.sentence}"


def _without_picture(asked: list[VideoReport]) -> Iterator[str]:
    names = [f"{one.video} ({one.picture})" for one in asked if one.picture not in {"", KEPT}]
    if names:
        yield f"No still picture for {', '.join(names)}; asked for again with the captions."


def run_summary(thing: str, outcomes: Iterable[Outcome], waiting: int, left: int) -> str:
    """The sums of a run in one sentence: `12 videos: 3 fetched, 9 not due yet.`"""
    counts = Counter(map(str, outcomes))
    parts = [f"{number} {outcome}" for outcome, number in counts.most_common()]
    parts += [f"{waiting} not due yet"] if waiting else []
    parts += [f"{left} left for the next run"] if left else []
    total = counts.total() + waiting + left
    return f"{counted(total, thing)}: {', '.join(parts) or 'nothing to do'}."


_BY_HAND = (
    "was put there or corrected by hand, so it was left alone, though the site has another."
    " To take the site's, move the file away and fetch again."
)
