"""What the nightly job did, for a person and, as JSON, for a program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from catalog import Exit, counted
from indexer.update.update_videos import each_video
from indexer.writer.report import IndexReport
from transcripts import FetchReport, SyncReport, Undecided


@dataclass(frozen=True, slots=True)
class Failure:
    """A part that could not be done: `sync`, `fetch` or `index`, and why in a sentence.

    `exit` is what it alone would have ended with; `bug` is that nobody expected it.
    """

    part: str
    says: str
    exit: Exit = Exit.PART
    bug: bool = False


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
    waiting: tuple[Undecided, ...] = ()

    @property
    def exit(self) -> Exit:
        """The gravest of all: a block weighs more than a part that is missing."""
        asked = [part.exit for part in (self.sync, self.fetch) if part]
        failed = [failure.exit for failure in self.failures]
        index = Exit.PART if self.index and self.index.problems else Exit.DONE
        cut = Exit.PART if self.stopped or self.ended is None else Exit.DONE
        return max(*asked, *failed, index, cut, Exit.DONE)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All three reports for a person, what waits for one, and at the end what it comes to."""
        parts = [part.sentences for part in (self.sync, self.fetch, self.index) if part]
        return (
            *(sentence for part in parts for sentence in part),
            *(one.says for one in self.waiting),
            *(f"{failure.part}: {failure.says}" for failure in self.failures),
            self._summary(),
        )

    @property
    def as_json(self) -> dict[str, Any]:
        """The report as it is written to a file."""
        parts = {"sync": self.sync, "fetch": self.fetch, "index": self.index}
        return {
            "began": _written(self.began),
            "ended": _written(self.ended),
            "stopped": self.stopped,
            "exit": int(self.exit),
            "summary": list(self.sentences),
            "failures": [{"part": one.part, "says": one.says} for one in self.failures],
            "waiting": msgspec.to_builtins(self.waiting),
            "videos": each_video(self.videos, self.sync, self.fetch, self.index),
            **{name: msgspec.to_builtins(part) for name, part in parts.items()},
        }

    def _summary(self) -> str:
        if self.ended is None:
            return "The update is still at work, or was killed; run it again to go on."
        changed = len(self.fetch.changed) if self.fetch else 0
        took = counted(round((self.ended - self.began).total_seconds()), "second")
        what = f"{counted(changed, 'video')} with new or changed captions, in {took}"
        if self.stopped:
            return f"The update was stopped: {what}. Run it again to go on where it stopped."
        if self.exit is Exit.BLOCKED:
            return f"The update could not ask everything: {what}. See above when it goes on."
        if self.exit is not Exit.DONE:
            return f"The update was done in part: {what}. See above what is missing."
        return f"The update is done: {what}."


def _written(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
