"""Fetching the sound of a video into a file: the smallest that is there, and within the bounds."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from transcripts.sites.client import CLIENTS, entries, follow
from transcripts.sites.offers import Info
from transcripts.sites.policy import RequestPolicy
from transcripts.sites.signals import Signals
from transcripts.sites.ytdlp import YtDlp

_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class SoundAnswer:
    """Whether the sound came, and what was seen."""

    came: bool
    seen: Signals


def fetch_sound(
    address: str,
    file: Path,
    policy: RequestPolicy,
    sleep: Callable[[float], None] = time.sleep,
) -> SoundAnswer:
    """Ask for one video and write its sound to a file. Raises OSError."""
    with YtDlp(policy, CLIENTS[0], sleep) as ydl:
        videos = entries(ydl, follow(ydl, address))
        url = sound_address(videos[0]) if len(videos) == 1 else ""
        came = bool(url) and _written(ydl, url, file)
        return SoundAnswer(came, ydl.seen.signals(several=len(videos), playable=bool(url)))


def sound_address(video: Info) -> str:
    """The address of the smallest form that has sound, one without pictures before any other."""
    forms = [one for one in video.get("formats") or (video,) if _is_plain(one)]
    best = sorted(forms, key=lambda one: (one.get("vcodec") not in {"none", None}, _size(one)))
    return str(best[0]["url"]) if best else ""


def _is_plain(form: Info) -> bool:
    """Whether a form is one file with sound, and no list of pieces."""
    plain = str(form.get("protocol") or "https") in {"http", "https"}
    return (
        bool(form.get("url"))
        and plain
        and form.get("acodec") != "none"
        and form.get("ext") != "mhtml"
    )


def _size(form: Info) -> float:
    known = (form.get(key) for key in ("filesize", "filesize_approx", "abr", "tbr"))
    return float(next((one for one in known if one), 0))


def _written(ydl: YtDlp, url: str, file: Path) -> bool:
    with ydl.noting(), ydl.urlopen(url) as response, file.open("wb") as kept:
        while chunk := response.read(_CHUNK):
            kept.write(chunk)
        return kept.tell() > 0
    return False
