"""How a video is played: from the library, by YouTube after a tap, or on the page it is on.

Its still picture is served from here, so that nobody else is asked for it.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

import msgspec
from msgspec import structs

from catalog import Catalogue, Library, Video, base_language, watch_address
from webapp.i18n.times import whole_seconds

KINDS = (".jpg", ".webp", ".png")
# Python's own table and these, whatever the machine knows beside them.
_TYPES = MimeTypes()
for _ending, _media_type in (
    (".m4a", "audio/mp4"),
    (".ogg", "audio/ogg"),
    (".flac", "audio/flac"),
    (".m4v", "video/mp4"),
    (".mkv", "video/matroska"),
):
    _TYPES.add_type(_media_type, _ending)
Kind = Literal["own", "youtube", "page", "none"]


class CaptionTrack(msgspec.Struct, frozen=True):
    """Captions in our own player: `kind` is HTML's word, `chosen` are those shown at first."""

    language: str
    kind: Literal["captions", "subtitles"]
    address: str
    chosen: bool


class Player(msgspec.Struct, frozen=True):
    """Where the picture comes from. `address` plays from the asked second, where it can.

    `youtube` is the id, when YouTube has the video, whoever plays it here. `poster` is the address
    of the still picture, `page` that of the video's page where the player stands on another one.
    `sound` says that there is nothing to see: no film, and no picture that stands for one.
    """

    kind: Kind
    address: str = ""
    start: int = 0
    youtube: str = ""
    poster: str = ""
    tracks: tuple[CaptionTrack, ...] = ()
    page: str = ""
    sound: bool = False

    @property
    def start_ms(self) -> int:
        """The second that was asked for, in ms."""
        return self.start * 1000

    @property
    def plays_here(self) -> bool:
        """Whether the video can be played on the page."""
        return self.kind in {"own", "youtube"}

    @property
    def leads_to_it(self) -> bool:
        """Whether the video can be played at all, here or elsewhere."""
        return self.kind != "none"

    @property
    def preload(self) -> Literal["none", "metadata"]:
        """How much a browser should load by itself: nothing where a picture stands for it."""
        return "none" if self.page and self.poster else "metadata"

    @property
    def without_script(self) -> str:
        """Where the button leads that a script makes a player of YouTube's of."""
        return self.page or self.on_youtube

    @property
    def on_youtube(self) -> str:
        """The same second at YouTube, or nothing."""
        return watch_address(self.youtube, self.start) if self.youtube else ""


def player_of(
    video: Video,
    library: Library,
    start_ms: int,
    languages: Sequence[str] = (),
    shown: str = "",
) -> Player:
    """The best way to play a video: media of our own, else YouTube, else its page.

    There are captions in `languages`; those in the language `shown` are chosen.
    """
    found = _player(video, library, whole_seconds(start_ms))
    own = base_language(video.language)
    tracks = tuple(
        CaptionTrack(
            code,
            "captions" if base_language(code) == own else "subtitles",
            f"/captions/{video.slug}/{code}.vtt",
            code == shown,
        )
        for code in languages
    )
    poster = poster_address(library, video)
    sound = found.kind == "own" and not poster and media_type(video.media).startswith("audio/")
    return structs.replace(found, poster=poster, tracks=tracks, sound=sound)


def _player(video: Video, library: Library, start: int) -> Player:
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


@dataclass(frozen=True, slots=True)
class Clip:
    """A part of a video: from when until when, in seconds; `to_s` is None where it has no end.

    YouTube stops it at the whole second `end`.
    """

    player: Player
    start_ms: int
    from_s: float
    to_s: float | None
    end: int | None

    @property
    def poster(self) -> str:
        """The picture to show until it is played; one from the beginning only stands for that."""
        return "" if self.start_ms else self.player.poster


def clip(player: Player, start_ms: int, end_ms: int | None) -> Clip:
    """A part of the video that a player plays; our own file is asked for just that part."""
    if player.kind == "own":
        end = f",{end_ms / 1000:.3f}" if end_ms is not None else ""
        file = player.address.partition("#")[0]
        player = structs.replace(player, address=f"{file}#t={start_ms / 1000:.3f}{end}")
    if end_ms is None:
        return Clip(player, start_ms, start_ms / 1000, None, None)
    return Clip(player, start_ms, start_ms / 1000, end_ms / 1000, whole_seconds(end_ms + 999))


def media_file(library: Library, name: str) -> Path | None:
    """The video or sound file of that name inside the library's media folder, if there is one."""
    path = _file_in(library.media_dir, name)
    return path if path and media_type(path.name).startswith(("video/", "audio/")) else None


def _file_in(folder: Path, name: str) -> Path | None:
    """A file in a folder, asked for on every page; None where it is a link that leads out of it.

    Of a link it is what that leads to.
    """
    named = os.path.join(folder, name)  # noqa: PTH118 - a third of the time of a Path's
    if not os.path.isfile(named):  # noqa: PTH113 - the same
        return None
    if "/" not in name and not os.path.islink(named):  # noqa: PTH114 - the same
        return Path(named)
    path = Path(named).resolve()
    return path if path.is_relative_to(folder.resolve()) else None


def media_type(name: str) -> str:
    """The media type of a file by the ending of its name; "" for one that is not known."""
    return _TYPES.guess_type(name)[0] or ""


def poster_file(library: Library, slug: str) -> Path | None:
    """The picture of a video inside the library's posters folder, if there is one."""
    for kind in KINDS:
        path = _file_in(library.posters_dir, f"{slug}{kind}")
        if path and path.suffix in KINDS:
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
