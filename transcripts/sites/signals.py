"""What was seen while asking, taken down as it comes, and which outcome it shows."""

import math
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from transcripts.sites.outcomes import Outcome, told_by, told_by_status

_ADVICE = r"\s*(?:\(caused by|Use --|You might want|It is recommended|; please report|See  ?http)"
_PLAYABILITY = re.compile(r"playability status: (?!OK\b)([A-Z_]+)")
CHATTER = ("Falling back on", "JavaScript runtime", "could be a direct video link", "Retrying (")
LONGEST_WAIT_S = 365 * 24 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything that was seen while asking, and all that the classification may look at.

    `said` holds warnings and errors in the site's words; `statuses` HTTP answers of 400 and
    above and `unreachable` lost connections, both after the last retry; of these `untrusted` are
    those with a bad certificate, `proxy_lost` those to a proxy. `several` counts the videos of a
    page or list, `empty` is a list that was read and has none; `native` counts the tracks that are
    not translations; `live` is on the air, or was until just now. `site` is the last that was
    asked, which need not be the one that a page is on. `playability` is YouTube's status of a
    video that does not play.
    """

    native: int = 0
    playable: bool = False
    several: int = 0
    upcoming: bool = False
    live: bool = False
    empty: bool = False
    said: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ()
    retry_after_s: float | None = None
    unreachable: bool = False
    untrusted: bool = False
    proxy_lost: bool = False
    geo: bool = False
    refused: str = ""
    not_allowed: str = ""
    too_much: str = ""
    site: str = ""
    playability: str = ""

    @property
    def detail(self) -> str:
        """The site's own words, short and on one line."""
        last = self.said[-1] if self.said else ""
        words = self.refused or self.not_allowed or self.too_much or last
        return _plain(words) or ", ".join(f"HTTP {status}" for status in self.statuses[-1:])


def classify(seen: Signals) -> Outcome:
    """The outcome that the signals show. A block is found before anything it could hide."""
    if seen.refused:
        return Outcome.ADDRESS_REFUSED
    if seen.not_allowed:
        return Outcome.NOT_ALLOWED
    words = "\n".join(seen.said).lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if block := told_by(words, blocks=True):
        return block
    if 429 in seen.statuses:
        return Outcome.RATE_LIMITED
    if seen.native:
        return Outcome.FETCHED
    return _without_tracks(seen, words)


def _without_tracks(seen: Signals, words: str) -> Outcome:
    if seen.geo:
        return Outcome.GEO_BLOCKED
    if seen.upcoming:
        return Outcome.UPCOMING
    told = told_by(words, blocks=False)
    if told in {None, Outcome.REMOVED}:  # "Video unavailable" says nothing
        told = told_by_status(seen.playability) or told
    if told and seen.playable and told is not Outcome.WITHHELD:
        told = None
    if told and not told.newer:
        return told
    return _trouble(seen) or told or _nothing(seen)


def _trouble(seen: Signals) -> Outcome | None:
    if seen.too_much:
        return Outcome.TOO_LARGE
    if seen.proxy_lost:
        return Outcome.PROXY_TROUBLE
    if seen.untrusted:
        return Outcome.BAD_CERTIFICATE
    if seen.unreachable:
        return Outcome.NETWORK_DOWN
    if {404, 410} & set(seen.statuses) and not seen.playable:
        return Outcome.DEAD_LINK
    return Outcome.SITE_TROUBLE if seen.statuses else None


def _nothing(seen: Signals) -> Outcome:
    """Without tracks and without trouble: what there is instead."""
    if seen.several > 1:
        return Outcome.SEVERAL_VIDEOS
    if seen.live:
        return Outcome.NOT_READY
    if seen.empty:
        return Outcome.EMPTY_LIST
    return Outcome.NO_CAPTIONS if seen.playable else Outcome.FAILED


def _plain(words: str) -> str:
    """One line without terminal codes, program advice or control characters."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", words)
    text = re.sub(r"^(ERROR: |WARNING: )?(\[[\w:+.-]+\] )?([\w-]{11}: )?", "", text)
    text = re.sub(r"^(\S+: )?(Unable to download [\w ]+: |YouTube said: )", "", text)
    text = re.split(_ADVICE, text)[0]
    text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())[:200]


class SignalRecorder:
    """Collects the signals of one question; yt-dlp takes it for its logger."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew, for the next question."""
        self.said: list[str] = []
        self.statuses: list[int] = []
        self.retry_after_s: float | None = None
        self.unreachable = self.untrusted = self.proxy_lost = self.geo = self.stumbled = False
        self.refused = self.not_allowed = self.too_much = self.site = self.playability = ""

    def debug(self, message: str) -> None:
        """Progress; of no interest."""

    def remark(self, message: str) -> None:
        """Take down of yt-dlp's remarks on its own work the status of a video."""
        if found := _PLAYABILITY.search(message):
            self.playability = self.playability or found[1]

    def warning(self, message: str, **_: object) -> None:
        """Take down what the site or its extractor says."""
        if not any(chatter in message for chatter in CHATTER):
            self.said.append(str(message))

    def error(self, message: str, **_: object) -> None:
        """Take down what ended a question."""
        self.stumbled = True
        self.warning(message)

    def answered(self, status: int, retry_after: str | None) -> None:
        """Take down an answer that is an error."""
        self.statuses.append(status)
        self.retry_after_s = seconds_of(retry_after)

    def signals(self, **more: Any) -> Signals:
        """Everything seen so far, as a value."""
        seen = {name: value for name, value in vars(self).items() if name != "stumbled"}
        lists = {"said": tuple(self.said), "statuses": tuple(self.statuses)}
        return Signals(**{**seen, **lists, **more})


def seconds_of(retry_after: str | None) -> float | None:
    """What a Retry-After header says, as seconds from now: a number that a calendar can hold."""
    if not retry_after:
        return None
    seconds = None
    with suppress(ValueError):
        seconds = float(retry_after)
    if seconds is None:
        with suppress(ValueError, TypeError, OverflowError):
            seconds = parsedate_to_datetime(retry_after).timestamp() - time.time()
    if seconds is None or math.isnan(seconds):
        return None
    return min(max(0.0, seconds), LONGEST_WAIT_S)
