"""Listening to videos one after the other, and keeping what was heard."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from catalog import ExitCode, Library, Video, base_language, clock, say
from transcripts.errors import TranscriptError
from transcripts.jobs.shutdown import finishing, stop_if_asked
from transcripts.sites.policy import RequestPolicy
from transcripts.transcribing.listener import HeardLine, Listen, listener_name
from transcripts.transcribing.sound import sound_of
from transcripts.transcribing.writing import done, heard_as_webvtt, keep_heard, keeps_from_listening

_TELL_EVERY_MS = 5 * 60_000


@dataclass(frozen=True, slots=True)
class TranscribeReport:
    """What was made, and why what was not made was not."""

    made: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def exit(self) -> ExitCode:
        """The exit code of the command."""
        return ExitCode.PART if self.left else ExitCode.DONE

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it."""
        more = ("`hope index` makes it found.",) if self.made else ()
        return (*self.made, *self.left, *more)


def transcribe_videos(
    library: Library,
    videos: Iterable[Video],
    open_model: Callable[[str], Listen],
    model: str,
    policy: RequestPolicy,
    *,
    again: bool = False,
) -> TranscribeReport:
    """Listen to each video that lacks captions. The model is loaded when the first is listened to.

    Raises TranscriptError and BlockedError where no model can be had.
    """
    made: list[str] = []
    left: list[str] = []
    listen: Listen | None = None
    for video in videos:
        stop_if_asked()
        language = base_language(video.language)
        there = keeps_from_listening(library, video, language, again=again)
        if there:
            left.append(f"{video.slug}: it has {there}; nothing was done.")
            continue
        listen = listen or open_model(model)
        try:
            made.append(_listened(library, video, language, listen, model, policy))
        except TranscriptError as err:
            left.append(f"{str(err).rstrip('.')}.")
    return TranscribeReport(tuple(made), tuple(left))


def _listened(
    library: Library, video: Video, language: str, listen: Listen, model: str, policy: RequestPolicy
) -> str:
    now, made_by = datetime.now(UTC).replace(microsecond=0), listener_name(model)
    with sound_of(video, library, policy) as sound:
        try:
            lines = [*_told(video.slug, listen(sound, language))]
        except (OSError, RuntimeError, ValueError) as err:
            raise TranscriptError(f"{video.slug}: its sound cannot be heard: {err}") from err
    text, words = heard_as_webvtt(lines, made_by, now)
    if not words:
        raise TranscriptError(f"{video.slug}: nothing is said in it, so there are no captions")
    try:
        with finishing():
            track = keep_heard(library, video, language, text, made_by, now)
    except OSError as err:
        raise TranscriptError(f"{video.slug}: cannot be written: {err.strerror}") from err
    return done(video.slug, track, words)


def _told(video: str, lines: Iterable[HeardLine]) -> Iterator[HeardLine]:
    """Tell now and then how far listening is."""
    next_ms = _TELL_EVERY_MS
    for line in lines:
        stop_if_asked()
        if line.end_ms >= next_ms:
            say(f"{video}: heard until {clock(line.end_ms)}")
            next_ms = line.end_ms + _TELL_EVERY_MS
        yield line
