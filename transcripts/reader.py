"""Reads a track: from the bytes of a caption file to a transcript."""

import re

from catalog import Library, Video, base_language
from transcripts.errors import TranscriptError
from transcripts.formats.cues import note
from transcripts.formats.json3 import read_json3
from transcripts.formats.vtt import read_vtt
from transcripts.model import Track, Transcript
from transcripts.segmentation.sentences import sentences_of
from transcripts.segmentation.stops import with_stops
from transcripts.speech.rollup import unroll
from transcripts.speech.words import words_of
from transcripts.text import encoding_of
from transcripts.tracks import choose_tracks, tracks_of

_READERS = {"json3": read_json3, "vtt": read_vtt, "srt": read_vtt}
_HTML = re.compile(r"\s*(<!doctype html|<html|<head|<body)", re.IGNORECASE)
_UNREADABLE = "\ufffd"
_AGAIN = "put the caption file here again, or delete it and run `hope fetch`"
_BEYOND_ASCII = re.compile("[^\x00-\x7f\ufffd]")


def read_track(track: Track) -> Transcript:
    """Read a caption file. Raises TranscriptError, which names the file and what to do."""
    try:
        content = track.path.read_bytes()
    except OSError as err:
        raise TranscriptError(f"{_place(track)}: cannot be read: {err.strerror}") from err
    return read_captions(track, content)


def read_captions(track: Track, content: bytes) -> Transcript:
    """Read the bytes of a caption file. Raises TranscriptError, as `read_track`."""
    try:
        text, notes = _decode(content)
        cues, more = _READERS[track.ext](text)
        words = words_of(unroll(cues, timed_rolls=track.ext != "json3"))
    except TranscriptError as err:
        raise TranscriptError(f"{_place(track)}: {err}") from err
    if not words:
        notes += ("no speech is in it",)
    sentences = with_stops(sentences_of(words), words, track.language)
    return Transcript(track, words, sentences, (*notes, *more))


def _place(track: Track) -> str:
    return f"captions/{track.video}/{track.name}"


def _decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode a caption file; return its text, and a note where the encoding was guessed."""
    if not content.strip():
        raise TranscriptError(f"the file is empty; {_AGAIN}")
    encoding = encoding_of(content)
    if encoding != "utf-16" and content.count(0) > 4 + len(content) // 100:
        raise TranscriptError(f"this is a binary file, not captions; {_AGAIN}")
    text, notes = _text(content, encoding)
    if _HTML.match(text):
        raise TranscriptError(f"this is a web page, not captions; {_AGAIN}")
    return text.replace("\x00", " "), notes


def _text(content: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """Decode, whatever it is. A few bad bytes are a damaged file, many are another encoding."""
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError as err:
        text = content.decode(encoding, errors="replace").rstrip(_UNREADABLE)
        damaged = text.count(_UNREADABLE)
        if encoding == "utf-16" or damaged <= len(_BEYOND_ASCII.findall(text)):
            return text, note(damaged, "character cannot be read", "characters cannot be read")
        said = f"it is not UTF-8 (byte {err.start}); it was read as Windows-1252"
        return content.decode("cp1252", errors="replace"), (said,)


def transcript_of(library: Library, video: Video, language: str | None = None) -> Transcript:
    """Read the best track of a video, in a language or else its own. Raises TranscriptError.

    When that track cannot be read, the next best is.
    """
    tracks = tracks_of(library, video.slug)
    best = choose_tracks(tracks, video)
    wanted = base_language(language or (best[0].language if best else ""))
    same = [
        t
        for t in (*best, *tracks)
        if base_language(t.language) == wanted and t.kind != "translated"
    ]
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
