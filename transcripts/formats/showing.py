"""A transcript as text or as JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from catalog import Library, Video, clock
from transcripts.errors import TranscriptError
from transcripts.model import Transcript
from transcripts.reader import read_track
from transcripts.tracks import choose_tracks, primary, tracks_of


def transcript_of(library: Library, video: Video, language: str | None = None) -> Transcript:
    """Read the best track of a video, in a language or else its own. Raises TranscriptError.

    When that track cannot be read, the next best is.
    """
    tracks = tracks_of(library, video.slug)
    best = choose_tracks(tracks, video)
    wanted = primary(language or (best[0].language if best else ""))
    same = [t for t in (*best, *tracks) if primary(t.language) == wanted and t.kind != "translated"]
    if not same:
        there = ", ".join(track.language for track in best)
        what = f" in {wanted!r}; there are captions in {there}" if best else " yet"
        raise TranscriptError(f"{video.slug} has no captions{what}. `hope fetch` gets them.")
    problems = []
    for track in dict.fromkeys(same):
        try:
            return read_track(track)
        except TranscriptError as err:
            problems.append(str(err))
    raise TranscriptError("\n".join(problems))


def as_text(transcript: Transcript) -> str:
    """Write a transcript for reading: a time and a sentence a line, speakers where they change.

    A dash stands for one whom the captions don't name, where they tell that somebody else speaks.
    """
    lines: list[str] = []
    before: str | int | None = None
    for sentence in transcript.sentences:
        if sentence.voice != before and (lines or sentence.speaker):
            head = f"{sentence.speaker}:" if sentence.speaker else "—"
            lines.append(f"\n{head}" if lines else head)
        before = sentence.voice
        lines.append(f"[{clock(sentence.start_ms)}] {sentence.text}")
    return "\n".join(lines)


def as_json(transcript: Transcript) -> str:
    """Write a transcript as JSON: its sentences, and its words with their own milliseconds."""
    content: dict[str, Any] = {
        "video": transcript.track.video,
        "language": transcript.track.language,
        "kind": transcript.track.kind,
        "sentences": [
            {
                "start_ms": sentence.start_ms,
                "end_ms": sentence.end_ms,
                "speaker": sentence.speaker or None,
                "text": sentence.text,
            }
            for sentence in transcript.sentences
        ],
        "words": [(word.start_ms, word.text) for word in transcript.words],
    }
    return msgspec.json.encode(content).decode()
