"""What yt-dlp is told: what is not named here stays off."""

import re
from collections.abc import Mapping
from io import StringIO
from typing import Any

from transcripts.sites.policy import RequestPolicy


def yt_dlp_options(policy: RequestPolicy, clients: tuple[str, ...], logger: object) -> Any:
    """What a yt-dlp that only reads is told; what is not named here stays off.

    That is cookies of browsers, passwords from ~/.netrc, files of any kind, programs that run
    afterwards, and JavaScript unless the operator wants it. Without `clients` yt-dlp chooses those
    that it asks YouTube as.
    """
    allowed = policy.allowed
    youtube: dict[str, list[str]] = {"skip": ["translated_subs", "hls", "dash"]}
    youtube |= {"player_client": list(clients)} if clients else {}
    arguments = {"youtube": youtube}
    if allowed.po_token_server:
        arguments["youtubepot-bgutilhttp"] = {"base_url": [allowed.po_token_server]}
    back_off = {"http": policy.pause_before, "extractor": policy.pause_before}
    options: Mapping[str, Any] = {
        "logger": logger,
        "quiet": True,
        "noprogress": True,
        "skip_download": True,
        "cachedir": False,
        "js_runtimes": {"deno": {}} if allowed.javascript else {},
        "allowed_extractors": [f"{re.escape(name)}(:.*)?" for name in allowed.extractors],
        "ignore_no_formats_error": True,  # a video that cannot be played may have captions
        "writesubtitles": True,  # makes yt-dlp say when captions are held back
        "socket_timeout": policy.timeout_s,
        "retries": policy.attempts - 1,
        "extractor_retries": policy.attempts - 1,
        "retry_sleep_functions": {
            kind: (lambda n, pause=pause: pause(n)) for kind, pause in back_off.items()
        },
        "extractor_args": arguments,
    }
    if policy.cookies:  # read from memory: what YouTube adds to them is written nowhere
        options = {**options, "cookiefile": StringIO(policy.cookies)}
    if allowed.proxy:
        return {**options, "proxy": allowed.proxy}
    # A proxy of the environment would look for "this machine" on its own machine.
    return {**options, "proxy": ""} if policy.allow_loopback else options
