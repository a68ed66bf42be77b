"""What was seen while asking, taken down as it comes, and which outcome it shows."""

import math
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from transcripts.sites.outcomes import Outcome

_ADVICE = r"\s*(?:\(caused by|Use --|You might want|It is recommended|; please report|See  ?http)"
_NO_ANSWER = "failed to extract any player response"
_HELD_BACK = r"missing subtitles languages because a po token|subtitles require a po token"
CHATTER = ("Falling back on", "JavaScript runtime", "could be a direct video link", "Retrying (")
LONGEST_WAIT_S = 365 * 24 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything that was seen while asking, and all that the classification may look at.

    `said` holds warnings and errors in the site's words; `statuses` HTTP answers of 400 and
    above and `unreachable` lost connections, both after the last retry. `several` counts the
    videos of a page or list; `native` the tracks that are not translations. `site` is the last
    that was asked, which need not be the one that a page is on.
    """

    native: int = 0
    playable: bool = False
    several: int = 0
    upcoming: bool = False
    said: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ()
    retry_after_s: float | None = None
    unreachable: bool = False
    geo: bool = False
    refused: str = ""
    not_allowed: str = ""
    too_much: str = ""
    site: str = ""

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
    if block := _first("blocks", words):
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
    if not seen.playable and (reason := _first("reasons", words)):
        return reason
    if re.search(_HELD_BACK, words):
        return Outcome.WITHHELD
    return _trouble(seen, words) or (Outcome.NO_CAPTIONS if seen.playable else Outcome.FAILED)


def _trouble(seen: Signals, words: str) -> Outcome | None:
    if seen.too_much:
        return Outcome.TOO_LARGE
    if seen.unreachable:
        return Outcome.NETWORK_DOWN
    if {404, 410} & set(seen.statuses) and not seen.playable:
        return Outcome.DEAD_LINK
    if seen.statuses:
        return Outcome.SITE_TROUBLE
    if seen.several > 1:
        return Outcome.SEVERAL_VIDEOS
    return Outcome.NETWORK_DOWN if _NO_ANSWER in words else None


class _SiteMessage(msgspec.Struct, frozen=True):
    outcome: Outcome
    says: str


@cache
def _site_messages() -> dict[str, tuple[_SiteMessage, ...]]:
    content = (resources.files("transcripts") / "data/site_messages.toml").read_bytes()
    return msgspec.toml.decode(content, type=dict[str, tuple[_SiteMessage, ...]])


def _first(kind: str, words: str) -> Outcome | None:
    found = (one.outcome for one in _site_messages()[kind] if re.search(one.says, words))
    return next(found, None)


def _plain(words: str) -> str:
    """One line without terminal codes, program advice or control characters."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", words)
    text = re.sub(r"^(ERROR: |WARNING: )?(\[[\w:+.-]+\] )?([\w-]{11}: )?", "", text)
    text = re.sub(r"^(\S+: )?Unable to download [\w ]+: ", "", text)
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
        self.unreachable = self.geo = False
        self.refused = self.not_allowed = self.too_much = self.site = ""

    def debug(self, message: str) -> None:
        """Progress; of no interest."""

    def warning(self, message: str, **_: object) -> None:
        """Take down what the site or its extractor says."""
        if not any(chatter in message for chatter in CHATTER):
            self.said.append(str(message))

    error = warning

    def answered(self, status: int, retry_after: str | None) -> None:
        """Take down an answer that is an error."""
        self.statuses.append(status)
        self.retry_after_s = seconds_of(retry_after)

    def signals(self, **more: Any) -> Signals:
        """Everything seen so far, as a value."""
        said, statuses = tuple(self.said), tuple(self.statuses)
        return Signals(**{**vars(self), "said": said, "statuses": statuses, **more})


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
