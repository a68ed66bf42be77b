"""YouTube's json3 into cues: events of segments, each with an offset of its own.

A word's time is `tStartMs + tOffsetMs`. Events without segments place windows, and `aAppend`
events only break a line; both carry no speech.
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from transcripts.cues import Cue, Piece, visible
from transcripts.errors import TranscriptError

_LAST_EVENT_MS = 3_000


class _Segment(msgspec.Struct):
    utf8: str = ""
    tOffsetMs: int | None = None  # noqa: N815 - the format's own name


class _Event(msgspec.Struct):
    tStartMs: int | None = None  # noqa: N815 - the format's own name
    dDurationMs: int | None = None  # noqa: N815 - the format's own name
    segs: tuple[_Segment, ...] = ()


class _File(msgspec.Struct):
    events: tuple[msgspec.Raw, ...] = ()


def read_json3(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read json3; return its cues in the order of time, and notes on what could not be read.

    Raises TranscriptError when there is nothing to read.
    """
    try:
        raw = msgspec.json.decode(text, type=_File).events
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as err:
        raise TranscriptError(f"it is not json3 as YouTube writes it: {err}") from err
    events = [event for event in map(_event, raw) if event is not None]
    spoken = sorted({_key(e): e for e in events if _speaks(e)}.values(), key=_start)
    if not spoken and not raw:
        raise TranscriptError("there are no events in it; is it really a caption file?")
    lost = len(raw) - len(events)
    note = f"{lost} events cannot be read, and were left out"
    return tuple(map(_cue, spoken, _ends(spoken))), (note,) if lost else ()


def _event(raw: msgspec.Raw) -> _Event | None:
    try:
        return msgspec.json.decode(raw, type=_Event)
    except msgspec.DecodeError:
        return None


def _start(event: _Event) -> int:
    return max(event.tStartMs or 0, 0)


def _speaks(event: _Event) -> bool:
    return any(visible(segment.utf8).strip() for segment in event.segs)


def _key(event: _Event) -> tuple[object, ...]:
    """Tell events apart; manual tracks can hold the same event twice."""
    said = " ".join("".join(visible(segment.utf8) for segment in event.segs).split())
    return _start(event), event.dDurationMs, said


def _ends(events: list[_Event]) -> list[int]:
    """Find where each event ends: its duration can be a placeholder, the next event is not."""
    ends = [_start(after) for _, after in pairwise(events)]
    if events:
        last = events[-1]
        ends.append(_start(last) + (last.dDurationMs or _LAST_EVENT_MS))
    shown = (_start(event) + (event.dDurationMs or 10**9) for event in events)
    return [max(min(a, b), _start(e)) for a, b, e in zip(ends, shown, events, strict=True)]


def _cue(event: _Event, end_ms: int) -> Cue:
    start = _start(event)
    timed = any(segment.tOffsetMs is not None for segment in event.segs)
    pieces: list[Piece] = []
    for number, segment in enumerate(event.segs):
        offset = segment.tOffsetMs if segment.tOffsetMs is not None else None
        at_ms = start if timed and number == 0 and offset is None else None
        pieces.append(Piece(visible(segment.utf8), at_ms if offset is None else start + offset))
    return Cue(start, end_ms, _lines(pieces))


def _lines(pieces: list[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Break pieces into lines where the captions do."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, part in enumerate(re.split(r"[\r\n\x85\u2028]+", piece.text)):
            if number:
                lines.append([])
            if part:
                lines[-1].append(piece._replace(text=part))
    return tuple(tuple(line) for line in lines if line)
