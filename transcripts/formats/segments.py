"""JSON of speech recognisers into cues: Whisper's segments and words, and lists like them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from catalog import number
from transcripts.errors import TranscriptError
from transcripts.formats.cues import LATEST_MS, Cue, CuePiece, note, without_hidden
from transcripts.formats.markup import lines_of
from transcripts.formats.timings import clock_ms

_LISTS = ("segments", "transcription", "monologues", "utterances", "results", "chunks", "subtitles")
_TEXTS = ("text", "word", "content", "transcript", "utf8")
_STARTS = ("start", "from", "begin", "startTime", "start_time")
_ENDS = ("end", "to", "endTime", "end_time")
_UNKNOWN_MS = 3_000


def read_segments(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read a recogniser's JSON; return its cues in the order of time, and notes on what it lacks.

    Raises TranscriptError when there is nothing to read.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as err:
        raise TranscriptError(f"it is JSON that is damaged: {err}") from err
    found = _segments(content)
    cues: list[Cue] = []
    timed = shown_until = 0
    for segment in found:
        if not _text(segment).strip():
            continue
        cue, known = _cue(segment, shown_until)
        timed += known
        shown_until = cue.end_ms
        cues.append(cue)
    if not timed:
        raise TranscriptError("there are no segments with times in it; is it a caption file?")
    notes = note(
        len(cues) - timed,
        "segment has no time; it follows the one before",
        "segments have no time; they follow the one before",
    )
    return tuple(sorted(cues, key=lambda cue: cue.start_ms)), notes


def _segments(content: Any) -> list[dict[str, Any]]:
    """The list of segments, wherever it is."""
    if isinstance(content, list):
        return [one for one in content if isinstance(one, dict)]
    if not isinstance(content, dict):
        return []
    lists = [content[name] for name in _LISTS if isinstance(content.get(name), list)]
    lists += [value for value in content.values() if isinstance(value, list)]
    return next((found for one in lists if (found := _segments(one)) and _text(found[0])), [])


def _cue(segment: dict[str, Any], shown_until: int) -> tuple[Cue, bool]:
    """A segment's cue, and whether its time is known; it is shown behind the one before if not."""
    text = _text(segment)
    start, end = _times(segment)
    pieces = tuple(_words(segment, text))
    if start is None and pieces:
        start = pieces[0].at_ms
    known = start is not None
    start = shown_until if start is None else start
    speaker = segment.get("speaker")
    name = speaker.strip() if isinstance(speaker, str) else ""
    lines = (pieces,) if pieces else lines_of(text.split("\n"))
    lines = tuple(tuple(piece._replace(speaker=name) for piece in line) for line in lines)
    return Cue(start, max(start, start + _UNKNOWN_MS if end is None else end), lines), known


def _words(segment: dict[str, Any], text: str) -> Iterator[CuePiece]:
    """The words of a segment at their own times, where they say all of its text."""
    words = segment.get("words")
    listed = [one for one in words if isinstance(one, dict)] if isinstance(words, list) else []
    spoken = [without_hidden(_text(word)) for word in listed]
    if not spoken or "".join("".join(spoken).split()) != "".join(without_hidden(text).split()):
        return
    for word, said in zip(listed, spoken, strict=True):
        at, _ = _times(word)
        parted = said if said[:1] == " " or _joined(text, spoken) else f" {said}"
        yield CuePiece(parted, at)


def _joined(text: str, spoken: Iterable[str]) -> bool:
    """Whether words bring their own spaces, or have none, as in Japanese."""
    return "".join(spoken).strip() == text.strip()


def _text(segment: dict[str, Any]) -> str:
    return next((segment[name] for name in _TEXTS if isinstance(segment.get(name), str)), "")


def _times(segment: dict[str, Any]) -> tuple[int | None, int | None]:
    """Start and end: seconds, or milliseconds under `offsets`, or `[start, end]`."""
    offsets = segment.get("offsets")
    if isinstance(offsets, dict):
        return _ms(offsets.get("from"), 1), _ms(offsets.get("to"), 1)
    both = segment.get("timestamp", segment.get("timestamps"))
    if isinstance(both, list) and both:
        return _ms(both[0]), _ms(both[-1])
    if isinstance(both, dict):
        segment = both
    start = next((_ms(segment[name]) for name in _STARTS if name in segment), None)
    end = next((_ms(segment[name]) for name in _ENDS if name in segment), None)
    lasts = next((_ms(segment[name]) for name in ("duration", "dur") if name in segment), None)
    if end is None and start is not None and lasts is not None:
        end = start + lasts
    return start, end


def _ms(value: object, unit: int = 1000) -> int | None:
    if isinstance(value, str):
        return clock_ms(value) if ":" in value else _ms(number(value) or _float(value), unit)
    known = number(value)
    if known is None or not 0 <= known * unit <= LATEST_MS:
        return None
    return round(known * unit)


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
