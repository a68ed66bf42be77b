"""How to ask: whom, how patiently and within which bounds, and what yt-dlp is told of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog import Allowed
from transcripts.sites.address_guard import Bounds


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask. Times are seconds."""

    allow_loopback: bool = False
    allowed: Allowed = field(default_factory=Allowed)
    bounds: Bounds = field(default_factory=Bounds)
    attempts: int = 3
    backoff_s: float = 2.0
    timeout_s: float = 20.0

    def pause_before(self, retry: int) -> float:
        """How long to wait before the first (0), second (1)... retry."""
        return float(self.backoff_s * 2**retry)


def yt_dlp_options(manners: Manners, clients: tuple[str, ...], logger: object) -> Any:
    """What a yt-dlp that only reads is told; what is not named here stays off.

    That is cookies of browsers, passwords from ~/.netrc, files of any kind, programs that run
    afterwards, and JavaScript.
    """
    allowed = manners.allowed
    youtube = {"player_client": list(clients), "skip": ["translated_subs", "hls", "dash"]}
    back_off = {"http": manners.pause_before, "extractor": manners.pause_before}
    options: Mapping[str, Any] = {
        "logger": logger,
        "quiet": True,
        "noprogress": True,
        "skip_download": True,
        "cachedir": False,
        "js_runtimes": {},
        "allowed_extractors": [f"{re.escape(name)}(:.*)?" for name in allowed.extractors],
        "ignore_no_formats_error": True,  # a video that cannot be played may have captions
        "writesubtitles": True,  # makes yt-dlp say when captions are held back
        "socket_timeout": manners.timeout_s,
        "retries": manners.attempts - 1,
        "extractor_retries": manners.attempts - 1,
        "retry_sleep_functions": {
            kind: (lambda n, pause=pause: pause(n)) for kind, pause in back_off.items()
        },
        "extractor_args": {"youtube": youtube},
    }
    # A proxy would look for "this machine" on its own machine.
    return {**options, "proxy": ""} if manners.allow_loopback else options
