"""What the nightly job did, for a person and, as JSON, for a program."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from catalog import ExitCode, Report, counted
from indexer.writer.report import IndexReport
from transcripts import (
    FetchReport,
    ReviewItem,
    SyncReport,
    VideoReport,
    changed_tracks,
    outcome_sentences,
    waiting_sentences,
)

_NOT_REACHED = {
    "outcome": "not reached",
    "asked": False,
    "says": "The run did not come to it; the next one does.",
    "changed": "",
    "tracks": [],
    "length_ms": None,
    "was_ms": None,
    "next_try": None,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A part that could not be done: `sync`, `fetch` or `index`, and why in a sentence.

    `exit` is what it alone would have ended with.
    """

    part: str
    says: str
    exit: ExitCode = ExitCode.PART


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What each of the three parts did; None of one that was not done, or not yet.

    `ended` is None while the job is at work, or where it was killed. `stopped` says that somebody
    ended it. `videos` are all that the catalogue names, `waiting` what a person should decide.
    """

    began: datetime
    ended: datetime | None = None
    sync: SyncReport | None = None
    fetch: FetchReport | None = None
    index: IndexReport | None = None
    failures: tuple[Failure, ...] = ()
    stopped: bool = False
    videos: tuple[str, ...] = ()
    waiting: tuple[ReviewItem, ...] = ()

    @property
    def exit(self) -> ExitCode:
        """The gravest of all: a block weighs more than a part that is missing."""
        cut = ExitCode.PART if self.stopped or self.ended is None else ExitCode.DONE
        failed = [failure.exit for failure in self.failures]
        return max((cut, *failed, *(part.exit for part in self._parts)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """All three reports for a person, what waits for one, and at the end what it comes to."""
        return (
            *(sentence for part in self._parts for sentence in part.sentences),
            *waiting_sentences(self.waiting),
            *(f"{failure.part}: {failure.says}" for failure in self.failures),
            self._summary(),
        )

    @property
    def as_json(self) -> dict[str, Any]:
        """The report as it is written to a file."""
        return {
            "began": _written(self.began),
            "ended": _written(self.ended),
            "stopped": self.stopped,
            "exit": int(self.exit),
            "summary": list(self.sentences),
            "failures": [{"part": one.part, "says": one.says} for one in self.failures],
            "waiting": [
                {"video": one.video, "why": one.why, "says": one.says} for one in self.waiting
            ],
            "videos": each_video(self.videos, self.sync, self.fetch, self.index),
            "sync": msgspec.to_builtins(self.sync),
            "fetch": msgspec.to_builtins(self.fetch),
            "index": msgspec.to_builtins(self.index),
        }

    @property
    def _parts(self) -> tuple[Report, ...]:
        """The reports of what was done."""
        return tuple(part for part in (self.sync, self.fetch, self.index) if part)

    def _summary(self) -> str:
        if self.ended is None:
            return "The update is still at work, or was killed; run it again to go on."
        changed = len(self.fetch.changed) if self.fetch else 0
        took = counted(round((self.ended - self.began).total_seconds()), "second")
        what = f"{counted(changed, 'video')} with new or changed captions, in {took}"
        if self.stopped:
            return f"The update was stopped: {what}. Run it again to go on where it stopped."
        if self.exit is ExitCode.BLOCKED:
            return f"The update could not ask everything: {what}. See above when it goes on."
        if self.exit is not ExitCode.DONE:
            return f"The update was done in part: {what}. See above what is missing."
        return f"The update is done: {what}."


def _written(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def each_video(
    videos: Iterable[str],
    sync: SyncReport | None,
    fetch: FetchReport | None,
    index: IndexReport | None,
) -> list[dict[str, Any]]:
    """What came of each video, in the catalogue's order.

    `page` is what came of its page, where that was asked; `index` is one of "read", "as before",
    "kept from before" (its file changed and could not be read), "nothing", and "not done".
    """
    fetched = {one.video: one for one in fetch.videos} if fetch else {}
    pages = {one.video: one for one in sync.pages} if sync else {}
    read = _by_video(index.read) if index else {}
    there = _by_video(index.tracks) if index else {}
    return [
        {
            "video": video,
            "page": str(pages[video].outcome) if video in pages else None,
            **(_asked(fetched[video]) if video in fetched else _NOT_REACHED),
            "index": _indexed(fetched.get(video), read.get(video), there.get(video))
            if index
            else "not done",
        }
        for video in videos
    ]


def _asked(report: VideoReport) -> dict[str, Any]:
    return {
        "outcome": str(report.outcome),
        "asked": report.asked,
        "says": _says(report),
        "changed": changed_tracks(report) if report.changed else "",
        "tracks": [
            {
                "file": track.file,
                "outcome": str(track.outcome),
                "change": str(track.change) if track.change else None,
                "says": track.says or track.detail,
            }
            for track in report.tracks
        ],
        "length_ms": report.length_ms,
        "was_ms": report.was_ms,
        "next_try": report.next_try.isoformat() if report.next_try else None,
    }


def _says(report: VideoReport) -> str:
    if not report.asked and report.outcome.well and report.next_try:
        return f"Not due yet; the last time: {report.outcome}."
    return outcome_sentences(report.outcome, report.detail)


def _indexed(report: VideoReport | None, read: set[str] | None, there: set[str] | None) -> str:
    if read:
        return "read"
    if not there:
        return "nothing"
    fresh = {track.file for track in report.tracks if track.fresh} if report else set()
    return "kept from before" if fresh & there else "as before"


def _by_video(tracks: Iterable[str]) -> dict[str, set[str]]:
    """The files of each video's tracks among `video file` names."""
    found: dict[str, set[str]] = {}
    for video, _, file in (track.partition(" ") for track in tracks):
        found.setdefault(video, set()).add(file)
    return found
