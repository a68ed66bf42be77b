"""Keeping what was fetched: each track as delivered, where it came from, and how asking went.

Nothing is lost: a track that a person put there or corrected is never replaced, and a track that
is replaced by a newer one was ours. Every file is written in one step.
"""

import re
import time
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from catalog import (
    PART,
    YOUTUBE,
    Library,
    checksum,
    file_checksum,
    leads_out,
    read_json,
    write_atomically,
    write_json,
)
from transcripts.fetching.detection import damaged
from transcripts.model import Track
from transcripts.sites.outcomes import Outcome

STATE = "fetch.json"
IMPORTED = "import"  # in the place of an extractor: a person had it taken in
MADE_HERE = "faster-whisper"  # likewise: a speech model of this machine wrote it
HEARD_BY = "made here by a machine: "  # before its name
SUFFIX = ".provenance.json"
ROUNDED_MS = 2_000
STALE_S = 24 * 60 * 60
HEAD = 64 * 1024
# What may stay of a YouTube address; the rest is signatures and the address of who asked.
YOUTUBE_KEYS = {"v", "list", "lang", "name", "kind", "fmt"}
SECRET = re.compile(r"sig|token|key|auth|policy|expire|passw|secret|credential", re.I)


class Provenance(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where one track came from. Times are ISO 8601, UTC.

    `previous_sha256` is the track it replaced, so that a crash between writing the two files
    leaves a track that is still known to be ours. `length_ms` is how long the video was then,
    where the site said so, `uploaded` when it was uploaded (a time or a day).
    """

    source_url: str
    page: str
    fetched_at: str
    sha256: str
    bytes: int
    language: str
    kind: str
    extractor: str
    yt_dlp: str
    etag: str = ""
    name: str = ""
    previous_sha256: str = ""
    length_ms: int | None = None
    uploaded: str = ""


class FetchState(msgspec.Struct, frozen=True, omit_defaults=True):
    """How asking for one video's captions went last; `tracks` are the files it has since then.

    `since` is when it first went so, `length_ms` how long the video was when it last said so, and
    `dead` are the addresses at which there was nothing.
    """

    address: str
    outcome: Outcome
    at: datetime
    next_try: datetime | None = None
    detail: str = ""
    tracks: tuple[str, ...] = ()
    since: datetime | None = None
    length_ms: int | None = None
    dead: tuple[str, ...] = ()


class TrackChange(StrEnum):
    """What keeping a delivered track did to the library."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BY_HAND = "kept as it was"


def keep_track(path: Path, content: bytes, provenance: Provenance) -> TrackChange:
    """Write a track and its provenance, unless that would lose a person's work. Raises OSError.

    A track by hand stands for its language and kind, whatever its form.
    """
    there = _checksum(path)
    if there == provenance.sha256:
        _mend_account(path, provenance)
        return TrackChange.UNCHANGED
    form = f"{provenance.language}.{provenance.kind}."
    if any(file.name.startswith(form) and by_hand(file) for file in path.parent.glob("*")):
        return TrackChange.BY_HAND
    sweep(path.parent)
    write_json(provenance_file(path), msgspec.structs.replace(provenance, previous_sha256=there))
    write_atomically(path, content)
    return TrackChange.CHANGED if there else TrackChange.NEW


def keep_own(track: Track, content: bytes, extractor: str, name: str, now: datetime) -> None:
    """Write a track that comes from no site, and its provenance. Raises OSError."""
    provenance = Provenance(
        source_url="",
        page="",
        fetched_at=now.isoformat(),
        sha256=checksum(content),
        bytes=len(content),
        language=track.language,
        kind=track.kind,
        extractor=extractor,
        yt_dlp="",
        name=name,
        previous_sha256=_checksum(track.path),
    )
    write_json(provenance_file(track.path), provenance)
    write_atomically(track.path, content)


def _mend_account(path: Path, provenance: Provenance) -> None:
    """Where a track is newer than what is known of it, as in a copy made meanwhile, write that."""
    known = read_provenance(path)
    if known and provenance.sha256 not in {known.sha256, known.previous_sha256}:
        write_json(provenance_file(path), provenance)


def by_hand(track: Path) -> bool:
    """Whether a person put the track there, or changed it after it was fetched.

    One that was fetched and is no captions any more is damaged, which is no person's work.
    """
    if track.name.endswith(SUFFIX):
        return False
    known = read_provenance(track)
    if not known or known.extractor == IMPORTED:
        return True
    content = track.read_bytes() if track.exists() else b""
    return checksum(content) not in {known.sha256, known.previous_sha256} and not damaged(content)


def is_whole(track: Path) -> bool:
    """Whether the track is there, and not one that was fetched and is damaged since."""
    try:
        with track.open("rb") as file:
            head = file.read(HEAD)
            lost = damaged(head) and damaged(head + file.read())
    except OSError:
        return False
    return not lost or read_provenance(track) is None


def cannot_read(library: Library, video: str) -> str:
    """What in a video's folder cannot be read, in a sentence; "" where all can."""
    folder = library.captions_of(video)
    if leads_out(folder, library.captions_dir):
        return f"captions/{video}: this link leads out of the captions, so nothing is fetched there"
    try:
        for file in folder.iterdir():
            if file.is_file():
                file.open("rb").close()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as err:
        name = Path(err.filename or folder).relative_to(library.root)
        return f"{name}: cannot be read: {err.strerror or err}. Mend that, then run again."
    return ""


def provenance_file(track: Path) -> Path:
    """Where the provenance of a track lies: beside it."""
    return track.with_name(track.name + SUFFIX)


def read_provenance(track: Path) -> Provenance | None:
    """The provenance of a track; None for one that was put there by hand."""
    return read_json(provenance_file(track), Provenance)


def came_at(track: Path) -> str:
    """When a track came (ISO 8601, UTC): as it was fetched, else when its file was written."""
    known = None if by_hand(track) else read_provenance(track)
    if known:
        return known.fetched_at
    return datetime.fromtimestamp(track.stat().st_mtime, UTC).isoformat(timespec="seconds")


def uploaded_at(track: Path) -> str:
    """When the video of a track was uploaded, as its site said; "" where that is not known."""
    known = None if by_hand(track) else read_provenance(track)
    return known.uploaded if known else ""


def made_by(track: Path) -> str:
    """The speech model that wrote a track here, and that nobody corrected; "" for any other."""
    known = read_provenance(track)
    if not known or known.extractor != MADE_HERE or by_hand(track):
        return ""
    return known.name.removeprefix(HEARD_BY)


def known_etags(folder: Path) -> dict[str, str]:
    """By file name, what the site said of each track that is still as it was fetched."""
    tracks = [file.with_name(file.name.removesuffix(SUFFIX)) for file in folder.glob(f"*{SUFFIX}")]
    known = {track: read_provenance(track) for track in tracks}
    return {
        track.name: one.etag
        for track, one in known.items()
        if one and one.etag and one.sha256 == _checksum(track)
    }


def same_length(one_ms: int | None, other_ms: int | None) -> bool | None:
    """Whether two lengths are the same, give or take what sites round; None if one is unknown."""
    if one_ms is None or other_ms is None:
        return None
    return abs(one_ms - other_ms) <= ROUNDED_MS


def read_state(library: Library, video: str) -> FetchState | None:
    """How asking for a video went last; None when it was never asked for, or that is damaged."""
    return read_json(library.captions_of(video) / STATE, FetchState)


def write_state(library: Library, video: str, state: FetchState) -> None:
    """Keep how asking for a video went. Raises OSError."""
    write_json(library.captions_of(video) / STATE, state)


def without_secrets(address: str) -> str:
    """An address that can be kept and shown: no password, signature, token or who asked."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    youtube = (parts.hostname or "").endswith((YOUTUBE, "googlevideo.com"))
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if (key in YOUTUBE_KEYS if youtube else not SECRET.search(key))
    ]
    return urlunsplit((parts.scheme, host, parts.path, urlencode(kept), ""))


def sweep(folder: Path) -> None:
    """Remove half-written files that a killed run left a day ago or longer."""
    for part in folder.glob(f".*{PART}"):
        if time.time() - part.stat().st_mtime > STALE_S:
            part.unlink(missing_ok=True)


def _checksum(path: Path) -> str:
    try:
        return file_checksum(path)
    except FileNotFoundError:
        return ""
