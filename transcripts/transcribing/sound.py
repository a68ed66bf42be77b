"""The sound of a video: a film of our own, or what the operator allows to be fetched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from catalog import Library, Video, leads_out
from transcripts.errors import TranscriptError
from transcripts.fetching.captions import addresses_of
from transcripts.fetching.reports import outcome_sentences
from transcripts.sites.address_guard import AnswerBounds
from transcripts.sites.policy import RequestPolicy
from transcripts.sites.signals import classify

if TYPE_CHECKING:
    from transcripts.sites.sound import SoundAnswer

# A talk of three hours, by a slow line.
BOUNDS = AnswerBounds(max_bytes=400_000_000, in_all_bytes=420_000_000, seconds=3_600)
# Where the films and sounds of YouTube lie, which nothing else is asked for.
_FILES_OF_YOUTUBE = "googlevideo.com"


@contextmanager
def sound_of(video: Video, library: Library, policy: RequestPolicy) -> Iterator[Path]:
    """Yield a file with the sound of a video; one that was fetched goes afterwards.

    Raises TranscriptError where there is none, or it may not be fetched.
    """
    if video.own_media:
        yield _own(video, library)
        return
    if not addresses_of(video):
        raise TranscriptError(f"{video.slug}: the catalogue names no film or address of it")
    if not policy.allowed.sound:
        raise TranscriptError(
            f"{video.slug}: its sound may not be fetched; put a file of it into media/ and name it "
            "as `media` in the catalogue, or set `sound = true` under [fetching] in site.toml"
        )
    with TemporaryDirectory(prefix="hope-sound-") as folder:
        yield _fetched(video, Path(folder) / "sound", policy)


def _own(video: Video, library: Library) -> Path:
    file = library.media_dir / video.media
    if not file.is_file() or leads_out(file, library.media_dir):
        raise TranscriptError(f"{video.slug}: there is no media/{video.media} in the library")
    return file


def _fetched(video: Video, file: Path, policy: RequestPolicy) -> Path:
    from transcripts.sites.sound import fetch_sound  # noqa: PLC0415  # loads yt-dlp

    hosts = (*policy.allowed.hosts, _FILES_OF_YOUTUBE)
    wider = replace(policy, bounds=BOUNDS, allowed=replace(policy.allowed, hosts=hosts))
    answer: SoundAnswer = fetch_sound(addresses_of(video)[0], file, wider)
    if not answer.came:
        says = outcome_sentences(classify(answer.seen), answer.seen.detail)
        raise TranscriptError(f"{video.slug}: no sound came. {says}")
    return file
