"""What was heard as a WebVTT track, with a time for each word, and where it came from."""

from collections.abc import Iterable
from datetime import datetime

from catalog import Library, Video, counted
from transcripts.fetching.provenance import HEARD_BY, MADE_HERE, by_hand, keep_own
from transcripts.formats.cues import vtt_time
from transcripts.model import Track
from transcripts.tracks import tracks_of
from transcripts.transcribing.listener import HeardLine


def heard_as_webvtt(lines: Iterable[HeardLine], made_by: str, now: datetime) -> tuple[str, int]:
    """The track, which says of itself that a machine made it here, and how many words it has."""
    parts = [
        f"WEBVTT\n\nNOTE Made here by a machine, {made_by}, {now:%Y-%m-%d}; nobody checked it.\n"
    ]
    words = 0
    for line in lines:
        if line.words:
            words += sum(len(text.split()) for _, text in line.words)
            parts.append(_cue(line))
    return "\n".join(parts), words


def _cue(line: HeardLine) -> str:
    (_, first), *others = ((at, _escaped(text)) for at, text in line.words)
    said = "".join(f" <{vtt_time(at)}><c>{text}</c>" for at, text in others)
    return f"{vtt_time(line.start_ms)} --> {vtt_time(line.end_ms)}\n{first}{said}\n"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def keeps_from_listening(library: Library, video: Video, language: str, *, again: bool) -> str:
    """Which track a video has already, so that nobody need listen; "" for none that counts.

    What people wrote, put there or corrected is never replaced; what a machine wrote only `again`.
    """
    same = [
        one for one in tracks_of(library, video.slug) if one.language.partition("-")[0] == language
    ]
    for track in same:
        if track.kind == "manual" or (track.kind == "auto" and by_hand(track.path)):
            return f"{track.name}, which people wrote or put there"
    made = [track for track in same if track.kind == "auto"]
    if made and not again:
        return f"{made[0].name}, which a machine wrote; `--again` listens all the same"
    return ""


def keep_heard(
    library: Library, video: Video, language: str, text: str, made_by: str, now: datetime
) -> Track:
    """Write the track and where it came from. Raises OSError."""
    path = library.captions_of(video.slug) / f"{language}.auto.vtt"
    track = Track(video.slug, language, "auto", "vtt", path, made_by)
    keep_own(track, text.encode(), MADE_HERE, HEARD_BY + made_by, now)
    return track


def done(video: str, track: Track, words: int) -> str:
    """What was made, in a sentence."""
    return (
        f"{video}: captions/{video}/{track.name} (new: {counted(words, 'word')}), made here by a "
        "machine; read it before you trust it."
    )
