"""What is seen while one question is asked, taken down as it comes."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Any

from transcripts.sites.signals import Signals

CHATTER = ("Falling back on", "JavaScript runtime", "could be a direct video link", "Retrying (")
LONGEST_WAIT_S = 365 * 24 * 60 * 60.0


class Seen:
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
        return Signals(
            said=tuple(self.said),
            statuses=tuple(self.statuses),
            retry_after_s=self.retry_after_s,
            unreachable=self.unreachable,
            geo=self.geo,
            refused=self.refused,
            not_allowed=self.not_allowed,
            too_much=self.too_much,
            site=self.site,
            **more,
        )


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
