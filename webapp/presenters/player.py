"""How a video is played: from the library, by YouTube after a tap, or on the page it is on.

Its still picture is served from here, so that nobody else is asked for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

from catalog import Catalogue, Library, Video, watch_address
from webapp.i18n.times import whole_seconds

KINDS = (".jpg", ".webp", ".png")
Kind = Literal["own", "youtube", "page", "none"]


@dataclass(frozen=True, slots=True)
class Player:
    """Where the picture comes from. `address` plays from the asked second, where it can.

    `youtube` is the id, when YouTube has the video, whoever plays it here.
    """

    kind: Kind
    address: str = ""
    start: int = 0
    youtube: str = ""

    @property
    def on_youtube(self) -> str:
        """The same second at YouTube, or nothing."""
        return watch_address(self.youtube, self.start) if self.youtube else ""


def player_of(video: Video, library: Library, start_ms: int) -> Player:
    """The best way to play a video: media of our own, else YouTube, else its page."""
    start = whole_seconds(start_ms)
    if video.own_media and media_file(library, video.media):
        fragment = f"#t={start}" if start else ""
        return Player("own", f"/media/{quote(video.media)}{fragment}", start, video.youtube)
    if video.youtube:
        return Player("youtube", "", start, video.youtube)
    for address in (video.page, video.media):
        if _reachable(address):
            return Player("page", address, start)
    return Player("none", "", start)


def _reachable(address: str) -> bool:
    """Whether a link is worth showing: names under .invalid never lead anywhere (RFC 2606)."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme in {"http", "https"} and bool(host) and not host.endswith(".invalid")


def mentioned_media(catalogue: Catalogue) -> set[str]:
    """The names of the media files that the catalogue knows."""
    return {video.media for video in catalogue.videos.values() if video.own_media}


def media_file(library: Library, name: str) -> Path | None:
    """The video or sound file of that name inside the library's media folder, if there is one."""
    folder = library.media_dir.resolve()
    path = (folder / name).resolve()
    media_type = guess_type(path.name)[0] or ""
    if not media_type.startswith(("video/", "audio/")):
        return None
    return path if path.is_relative_to(folder) and path.is_file() else None


def poster_file(library: Library, slug: str) -> Path | None:
    """The picture of a video inside the library's posters folder, if there is one."""
    folder = library.posters_dir.resolve()
    for kind in KINDS:
        path = (folder / f"{slug}{kind}").resolve()
        if path.is_relative_to(folder) and path.suffix in KINDS and path.is_file():
            return path
    return None


def poster_address(library: Library, video: Video) -> str:
    """Where a video's picture is served, another address when it changed; "" without one."""
    path = poster_file(library, video.slug)
    return f"/posters/{quote(video.slug)}?v={version_of(path)}" if path else ""


def version_of(path: Path) -> str:
    """What tells a picture from the one it replaces."""
    status = path.stat()
    return f"{status.st_mtime_ns:x}-{status.st_size:x}"
