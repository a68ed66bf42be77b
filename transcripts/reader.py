"""Reads a track: from the bytes of a caption file to a transcript."""

from functools import partial

from catalog import Library, Video, base_language
from transcripts.errors import TranscriptError
from transcripts.formats.ass import read_ass
from transcripts.formats.cues import Cue
from transcripts.formats.decoding import decode
from transcripts.formats.json3 import read_json3
from transcripts.formats.microdvd import read_microdvd
from transcripts.formats.plain import read_lrc, read_plain
from transcripts.formats.recognition import AGAIN, NAMES, READ, form_of, other_form, unquoted
from transcripts.formats.sami import read_sami
from transcripts.formats.segments import read_segments
from transcripts.formats.timed_xml import read_timed_xml
from transcripts.formats.vtt import read_vtt
from transcripts.model import Track, Transcript
from transcripts.segmentation.sentences import sentences_of
from transcripts.segmentation.stops import with_stops
from transcripts.speech.rollup import unroll
from transcripts.speech.words import words_of
from transcripts.tracks import automatic_beside, choose_tracks, heard_instead, tracks_of

_READERS = {
    "json3": read_json3,
    "vtt": read_vtt,
    "srt": read_vtt,
    "sbv": read_vtt,
    "srv3": read_timed_xml,
    "ttml": read_timed_xml,
    "ass": read_ass,
    "lrc": read_lrc,
    "json": read_segments,
    "txt": read_plain,
    "sami": read_sami,
    "sub": read_microdvd,
}
# Files of one form under two names.
_ALIKE = {"dfxp": "ttml", "ssa": "ass", "smi": "sami"}


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
        text, notes = decode(content, track.language)
        cues, more = _read(track, text)
        words = words_of(unroll(cues, timed_rolls=track.ext != "json3"))
    except TranscriptError as err:
        raise TranscriptError(f"{_place(track)}: {err}") from err
    if not words:
        notes += ("no speech is in it",)
    sentences = with_stops(sentences_of(words), words, track.language)
    return Transcript(track, words, sentences, (*notes, *more))


def _read(track: Track, text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read a text as what it is, whatever its name says."""
    named = _ALIKE.get(track.ext, track.ext)
    text, quoted = unquoted(text)
    form = form_of(text)
    form = named if (form, named) == ("txt", "lrc") else form  # times are written alike in both
    if not form and (other := other_form(text)):
        raise TranscriptError(
            f"this is {other}, not captions that can be read; what is read: {READ}; {AGAIN}"
        )
    by_language = {"sami": partial(read_sami, language=track.language)}
    cues, notes = by_language.get(form or named, _READERS[form or named])(text)
    headed = form != "vtt" or text.lstrip("\ufeff \r\n").startswith("WEBVTT")
    if form not in {"", named} and headed:
        notes = (f"it is named .{track.ext}, but it is {NAMES[form]}, and was read as that", *notes)
    return cues, (*quoted, *notes)


def _place(track: Track) -> str:
    return f"captions/{track.video}/{track.name}"


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
    wanted_tracks = list(dict.fromkeys(same))
    for n, track in enumerate(wanted_tracks):
        try:
            read = read_track(track)
        except TranscriptError as err:
            problems.append(str(err))
            continue
        heard = automatic_beside(wanted_tracks[n:])
        return _talk(read, heard) if heard else read
    raise TranscriptError("\n".join(problems))


def _talk(written: Transcript, beside: Track) -> Transcript:
    """The automatic captions, where what people wrote has but a fraction of their words."""
    try:
        heard = read_track(beside)
    except TranscriptError:
        return written
    why = heard_instead(len(written.words), beside, len(heard.words))
    return heard if why else written
