"""What came of asking a site; `transcripts/data/outcomes.toml` is the one table of it."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources

import msgspec

LONGEST_BLOCK = timedelta(days=1)


class _Explanation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sentence: str
    again_hours: int
    says: str = ""
    status: tuple[str, ...] = ()
    well: bool = False
    withdrawn: bool = False
    block: bool = False
    lost: bool = False
    alike: bool = False
    newer: bool = False


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
    PREMIUM_ONLY = "premium only"
    AGE_LIMIT = "age limit"
    BEHIND_NOTICE = "behind a notice"
    SIGN_IN = "sign-in needed"
    UPCOMING = "upcoming"
    NOT_READY = "not ready"
    OFFLINE = "offline"
    GEO_BLOCKED = "geo-blocked"
    RATE_LIMITED = "rate limited"
    BOT_CHECK = "bot check"
    NETWORK_DOWN = "network down"
    PROXY_TROUBLE = "proxy trouble"
    BAD_CERTIFICATE = "bad certificate"
    SITE_TROUBLE = "site trouble"
    ADDRESS_REFUSED = "address refused"
    NOT_ALLOWED = "not allowed"
    TOO_LARGE = "too large"
    NO_SOURCE = "no source"
    RESOLVED = "resolved"
    SEVERAL_VIDEOS = "several videos"
    NO_VIDEO = "no video"
    EMPTY_LIST = "empty list"
    PRIVATE_LIST = "private list"
    NO_LIST = "no such list"
    OUTDATED = "outdated"
    FAILED = "failed"

    @property
    def sentence(self) -> str:
        """What it means and what to do next."""
        return self._explained.sentence

    @property
    def stops_asking(self) -> bool:
        """Whether asking on would make it worse: the other side blocks us."""
        return self._explained.block

    @property
    def lost(self) -> bool:
        """Whether nobody was reached: three in a row end the asking."""
        return self._explained.lost

    @property
    def alike(self) -> bool:
        """Whether five in a row that say the same are one failure of the site: asking ends."""
        return self._explained.alike

    @property
    def newer(self) -> bool:
        """Whether a newer yt-dlp may mend it."""
        return self._explained.newer

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


def told_by(words: str, *, blocks: bool) -> Outcome | None:
    """The outcome that a site's words, in lower case, tell of: a block, or what is none."""
    for name, one in _explanations().items():
        if one.says and one.block is blocks and re.search(one.says, words, re.MULTILINE):
            return Outcome(name)
    return None


def told_by_status(status: str) -> Outcome | None:
    """The outcome that YouTube's status of a video tells of, where it is that of one alone."""
    found = (name for name, one in _explanations().items() if status in one.status)
    return next(map(Outcome, found), None)


@cache
def _explanations() -> dict[str, _Explanation]:
    content = (resources.files("transcripts") / "data/outcomes.toml").read_bytes()
    return msgspec.toml.decode(content, type=dict[str, _Explanation])
