"""What came of asking for captions: every outcome told apart, in a sentence for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_BLOCK = timedelta(days=1)


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
        return _EXPLANATIONS[self].sentence

    @property
    def stops_asking(self) -> bool:
        """Whether asking on would make it worse: the other side blocks us."""
        return self in {Outcome.RATE_LIMITED, Outcome.BOT_CHECK}

    @property
    def well(self) -> bool:
        """Whether the run may call itself complete in spite of it."""
        return self in _WELL

    @property
    def withdrawn(self) -> bool:
        """Whether the video was there and its owner took it away, wholly or in part."""
        return self in _WITHDRAWN

    @property
    def next_run(self) -> bool:
        """Whether simply every run asks again."""
        return _EXPLANATIONS[self].again == timedelta(0)

    def next_try(self, now: datetime, retry_after_s: float | None = None) -> datetime | None:
        """When to ask again; None means when a person has changed something, or asks."""
        if self.stops_asking and retry_after_s is not None:
            return now + min(timedelta(seconds=retry_after_s), LONGEST_BLOCK)
        again = _EXPLANATIONS[self].again
        return None if again is None else now + again


_WELL = {
    Outcome.FETCHED,
    Outcome.UNCHANGED,
    Outcome.UPCOMING,
    Outcome.NO_SOURCE,
    Outcome.RESOLVED,
}
_WITHDRAWN = {Outcome.PRIVATE, Outcome.REMOVED, Outcome.DEAD_LINK, Outcome.MEMBERS_ONLY}


@dataclass(frozen=True, slots=True)
class _Explanation:
    sentence: str
    again: timedelta | None


_HOUR, _DAY, _WEEK, _MONTH = (
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=7),
    timedelta(days=30),
)
_EXPLANATIONS = {
    Outcome.FETCHED: _Explanation("Captions were fetched.", _WEEK),
    Outcome.UNCHANGED: _Explanation("The captions have not changed.", _WEEK),
    Outcome.NO_CAPTIONS: _Explanation(
        "The video plays but has no captions yet; wait for them, or put a caption file of your"
        " own into its folder.",
        _WEEK,
    ),
    Outcome.WITHHELD: _Explanation(
        "There are captions, but YouTube does not hand them out to programs just now; they are"
        " asked for again tomorrow.",
        _DAY,
    ),
    Outcome.EMPTY: _Explanation(
        "The track holds no words, so it was not kept; ask the owner of the video to mend it.",
        _WEEK,
    ),
    Outcome.UNREADABLE: _Explanation(
        "What came is no captions (a web page, or damaged), so it was not kept; look at the"
        " address of the track in a browser.",
        _DAY,
    ),
    Outcome.PRIVATE: _Explanation(
        "The owner made the video private; what was fetched before stays. Ask the owner, or take"
        " the video out of the catalogue.",
        _WEEK,
    ),
    Outcome.REMOVED: _Explanation(
        "The video is gone; what was fetched before stays. Look for its new address, or take it"
        " out of the catalogue.",
        _WEEK,
    ),
    Outcome.DEAD_LINK: _Explanation(
        "There is nothing at this address any more (404 or 410); what was fetched before stays."
        " Correct `page` or `media` in the catalogue, or take the video out of it.",
        _WEEK,
    ),
    Outcome.MEMBERS_ONLY: _Explanation(
        "Only members of the channel may see the video; ask the owner for its captions.", _MONTH
    ),
    Outcome.AGE_LIMIT: _Explanation(
        "YouTube shows the video only to people who signed in with their age; ask the owner for"
        " its captions.",
        _MONTH,
    ),
    Outcome.UPCOMING: _Explanation(
        "The video is announced and not out yet; it is asked for again tomorrow.", _DAY
    ),
    Outcome.GEO_BLOCKED: _Explanation(
        "The video is not shown in the country of this machine; ask the owner, or fetch from"
        " another place.",
        _WEEK,
    ),
    Outcome.RATE_LIMITED: _Explanation(
        "We asked too often and were told to wait, so this site is left alone for now; nothing is"
        " lost, and a later run goes on there.",
        _HOUR,
    ),
    Outcome.BOT_CHECK: _Explanation(
        "The site takes this machine for a robot, so it is left alone for now; wait some hours,"
        " then run again, perhaps from another network.",
        3 * _HOUR,
    ),
    Outcome.NETWORK_DOWN: _Explanation(
        "The site could not be reached; look at the network connection, then run again.",
        timedelta(0),
    ),
    Outcome.SITE_TROUBLE: _Explanation(
        "The site answered with an error; it is asked again later.", _HOUR
    ),
    Outcome.ADDRESS_REFUSED: _Explanation(
        "The address may not be asked (it leads into a private network, or is no web address);"
        " correct it in the catalogue.",
        timedelta(0),
    ),
    Outcome.NOT_ALLOWED: _Explanation(
        "It was not asked, as the site's settings do not allow it. If it is to be asked, add it to"
        " `hosts` (or `extractors`) under [fetching] in site.toml.",
        timedelta(0),
    ),
    Outcome.TOO_LARGE: _Explanation(
        "The answer was too large or too slow to be a page or captions; look at the address in"
        " a browser.",
        _DAY,
    ),
    Outcome.NO_SOURCE: _Explanation(
        "The catalogue names no YouTube id, page or media address for it; add one, or put a"
        " caption file into its folder.",
        timedelta(0),
    ),
    Outcome.RESOLVED: _Explanation("The video behind the page is known.", _MONTH),
    Outcome.SEVERAL_VIDEOS: _Explanation(
        "The page holds several videos; choose one and write it into the catalogue as `youtube`"
        " or `media`.",
        _WEEK,
    ),
    Outcome.NO_VIDEO: _Explanation(
        "No video was found on the page; correct `page`, or write `youtube` into the catalogue.",
        _WEEK,
    ),
    Outcome.FAILED: _Explanation(
        "It could not be read, for a reason not known here; try again, and if it stays so, update"
        " yt-dlp.",
        _DAY,
    ),
}
