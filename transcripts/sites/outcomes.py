"""What came of asking for captions; `transcripts/data/outcomes.toml` says it to a person."""

from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources

import msgspec

LONGEST_BLOCK = timedelta(days=1)


class _Explanation(msgspec.Struct, frozen=True):
    sentence: str
    again_hours: int
    well: bool = False
    withdrawn: bool = False


class Outcome(StrEnum):
    """What came of asking for the captions of one video, or for the video behind one page."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    NO_CAPTIONS = "no captions"
    WITHHELD = "captions withheld"
    EMPTY = "empty track"
    UNREADABLE = "unreadable track"
    PRIVATE = "private"
    REMOVED = "removed"
    DEAD_LINK = "dead link"
    MEMBERS_ONLY = "members only"
    AGE_LIMIT = "age limit"
    UPCOMING = "upcoming"
    GEO_BLOCKED = "geo-blocked"
    RATE_LIMITED = "rate limited"
    BOT_CHECK = "bot check"
    NETWORK_DOWN = "network down"
    SITE_TROUBLE = "site trouble"
    ADDRESS_REFUSED = "address refused"
    NOT_ALLOWED = "not allowed"
    TOO_LARGE = "too large"
    NO_SOURCE = "no source"
    RESOLVED = "resolved"
    SEVERAL_VIDEOS = "several videos"
    NO_VIDEO = "no video"
    FAILED = "failed"

    @property
    def sentence(self) -> str:
        """What it means and what to do next."""
        return self._explained.sentence

    @property
    def stops_asking(self) -> bool:
        """Whether asking on would make it worse: the other side blocks us."""
        return self in {Outcome.RATE_LIMITED, Outcome.BOT_CHECK}

    @property
    def well(self) -> bool:
        """Whether the run may call itself complete in spite of it."""
        return self._explained.well

    @property
    def withdrawn(self) -> bool:
        """Whether the video was there and its owner took it away, wholly or in part."""
        return self._explained.withdrawn

    @property
    def next_run(self) -> bool:
        """Whether simply every run asks again."""
        return self._explained.again_hours == 0

    def next_try(self, now: datetime, retry_after_s: float | None = None) -> datetime:
        """When to ask again."""
        if self.stops_asking and retry_after_s is not None:
            return now + min(timedelta(seconds=retry_after_s), LONGEST_BLOCK)
        return now + timedelta(hours=self._explained.again_hours)

    @property
    def _explained(self) -> _Explanation:
        return _explanations()[self.value]


@cache
def _explanations() -> dict[str, _Explanation]:
    content = (resources.files("transcripts") / "data/outcomes.toml").read_bytes()
    return msgspec.toml.decode(content, type=dict[str, _Explanation])
