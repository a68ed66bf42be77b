"""WebVTT and SubRip (SRT) into cues, by webvtt-py; the word times of YouTube are kept.

Format: https://www.w3.org/TR/webvtt1/. SRT has counters and comma times
besides. This is the one module that imports webvtt.
"""

import html
import io
import re

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from transcripts.errors import TranscriptError
from transcripts.formats.cues import Cue, CuePiece, note, without_hidden
from transcripts.formats.repair import repair

_TAG = re.compile(
    r"<(?:(?P<time>(?:\d{1,10}:)?\d{1,2}:\d{2}\.\d{3})"
    r"|(?P<voice>/?v(?:\.[^\s<>]{0,100})?(?:[ \t]{1,10}(?P<speaker>[^<>\n]+))?)"
    r"|/?[a-zA-Z][^<>\n]{0,200})>"
)
_ENDLESS_NUMBER = re.compile(r"&(?=#[0-9]{10})")


_POSITION = re.compile(r"\{\\an?\d{1,2}\}")


def read_vtt(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read WebVTT; return its cues in the order of time, and notes on what could not be read.

    Raises TranscriptError when there is nothing to read.
    """
    mended = repair(text)
    if not mended.announced:
        raise TranscriptError("there are no cues in it; is it really a caption file?")
    try:
        captions = webvtt.from_buffer(io.StringIO(mended.text), format="vtt").captions
    except (MalformedFileError, MalformedCaptionError) as err:
        raise TranscriptError(f"it is not WebVTT as it should be: {err}") from err
    cues = sorted((_cue(caption) for caption in captions), key=lambda cue: cue.start_ms)
    return tuple(cues), (*mended.notes, *_notes(mended.announced, cues))


def _notes(announced: int, cues: list[Cue]) -> tuple[str, ...]:
    return (
        *note(
            announced - len(cues),
            "cue cannot be read, and was left out",
            "cues cannot be read, and were left out",
        ),
        *note(
            sum(cue.end_ms < cue.start_ms for cue in cues),
            "cue ends before it starts; its start was believed",
            "cues end before they start; their start was believed",
        ),
    )


def _cue(caption: webvtt.Caption) -> Cue:
    start, end = caption.start_time.in_milliseconds(), caption.end_time.in_milliseconds()
    lines: list[tuple[CuePiece, ...]] = []
    voice = ""
    for text in caption.lines:
        line, voice = _line(text, voice)
        lines.append(line)
    return Cue(start, end, tuple(lines))


def _line(line: str, voice: str) -> tuple[tuple[CuePiece, ...], str]:
    """Split a line at its tags; return with it the voice that goes on behind it.

    A time tag gives its time to the text behind it. A voice ends at `</v>`, at another, or with
    its cue: https://www.w3.org/TR/webvtt1/#webvtt-cue-voice-span.
    """
    pieces: list[CuePiece] = []
    begin = 0
    at_ms: int | None = None
    for tag in _TAG.finditer(line):
        if tag.start() > begin:
            pieces.append(_piece(line[begin : tag.start()], at_ms, voice))
            at_ms = None
        begin = tag.end()
        at_ms = _ms(tag["time"]) if tag["time"] else at_ms
        voice = html.unescape(tag["speaker"] or "").strip() if tag["voice"] else voice
    if begin < len(line):
        pieces.append(_piece(line[begin:], at_ms, voice))
    return tuple(pieces), voice


def _piece(text: str, at_ms: int | None, speaker: str) -> CuePiece:
    # A character reference with thousands of digits is no character; Python refuses to count it.
    return CuePiece(
        without_hidden(html.unescape(_ENDLESS_NUMBER.sub("&amp;", text))), at_ms, speaker
    )


def _ms(clock: str) -> int:
    """Read `[h:]mm:ss.mmm` as milliseconds."""
    head, _, fraction = clock.partition(".")
    seconds = 0
    for part in head.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int(fraction)


def read_srt(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read SRT; return its cues in the order of time, and notes on what could not be read.

    Raises TranscriptError when there is nothing to read.
    """
    return read_vtt(_POSITION.sub("", text).lstrip("\r\n \t"))
