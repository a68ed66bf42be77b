"""YouTube's json3 into cues: events of segments, each with an offset of its own.

A word's time is `tStartMs + tOffsetMs`. Events without segments place windows and carry no speech.
`aAppend` events go on in the row of the event before, two letters at a time where the captions
were once those of a broadcast, or only break the row.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from catalog import number
from transcripts.errors import TranscriptError
from transcripts.formats.cues import LATEST_MS, Cue, CuePiece, note, without_hidden
from transcripts.formats.markup import Lines, lines_of

_UNKNOWN_MS = 10_000
_DIGITS = re.compile(r"-?[0-9]{1,12}\Z")
# What keeps a script from running the file as one.
_GUARD = re.compile(r"\s*\)\]\}'[^\n{\[]{0,9}\n?")
_BETWEEN = re.compile(r"[\s,]*")
_BREAK = re.compile(r"[\r\n\x85\u2028]+")
_MARKUP = re.compile(r"[<&{\\|]")


class _Segment(msgspec.Struct):
    utf8: str | None = None
    tOffsetMs: object = None  # noqa: N815 - the format's own name


class _CaptionEvent(msgspec.Struct):
    tStartMs: object = None  # noqa: N815 - the format's own name
    dDurationMs: object = None  # noqa: N815 - the format's own name
    segs: tuple[_Segment, ...] | None = None
    aAppend: object = None  # noqa: N815 - the format's own name
    wWinId: object = None  # noqa: N815 - the format's own name


class _CaptionFile(msgspec.Struct):
    events: tuple[msgspec.Raw, ...] = ()


def read_json3(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read json3; return its cues in the order of time, and notes on what could not be read.

    Raises TranscriptError when there is nothing to read.
    """
    raw, notes = _raw_events(_GUARD.sub("", text, count=1) if ")]}'" in text[:20] else text)
    events = [event for event in map(_event, raw) if event is not None]
    notes += note(
        len(raw) - len(events),
        "event cannot be read, and was left out",
        "events cannot be read, and were left out",
    )
    return tuple(sorted(_once(_cues(events)), key=lambda cue: cue.start_ms)), notes


def _once(cues: Iterable[Cue]) -> Iterable[Cue]:
    """Leave out cues without text, and those that say again, at the same time, the same."""
    said: dict[tuple[int, str], Cue] = {}
    for cue in cues:
        if text := " ".join(filter(None, cue.texts)):
            said.setdefault((cue.start_ms, text), cue)
    return said.values()


def _raw_events(text: str) -> tuple[tuple[msgspec.Raw, ...], tuple[str, ...]]:
    """Take the file apart into events; of a file that is cut off, those before the cut."""
    try:
        content = msgspec.json.decode(text, type=_CaptionFile | tuple[msgspec.Raw, ...])
        events = tuple(_events(content))
        notes: tuple[str, ...] = ()
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as err:
        events = tuple(map(msgspec.Raw, _before_damage(text)))
        whole = "1 event; it was" if len(events) == 1 else f"{len(events)} events; those were"
        notes = (f"it is cut off or damaged after {whole} read",)
        if not events:
            raise TranscriptError(f"it is not json3 as YouTube writes it: {err}") from err
    if not events:
        raise TranscriptError("there are no events in it; is it really a caption file?")
    return events, notes


def _events(content: _CaptionFile | tuple[msgspec.Raw, ...]) -> Iterator[msgspec.Raw]:
    """The events of a file, of a bare list of them, or of a list of files."""
    if isinstance(content, _CaptionFile):
        yield from content.events
        return
    for one in content:
        try:
            yield from msgspec.json.decode(one, type=_CaptionFile).events or (one,)
        except msgspec.DecodeError:
            yield one  # it is told of with the other events that cannot be read


def _before_damage(text: str) -> Iterator[bytes]:
    """Yield the whole events that come before the place where the file is damaged."""
    opening = re.search(r'"events"\s*:\s*\[|\A\s*\[(?=\s*\{\s*"[tdsw]\w+")', text)
    at = opening.end() if opening else len(text)
    decoder = json.JSONDecoder()
    while True:
        at = _end(_BETWEEN, text, at)
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield text[at:end].encode(errors="replace")
        at = end


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _event(raw: msgspec.Raw) -> _CaptionEvent | None:
    try:
        return msgspec.json.decode(raw, type=_CaptionEvent)
    except msgspec.DecodeError:
        return None


def _cues(events: Iterable[_CaptionEvent]) -> Iterable[Cue]:
    """Make a cue of each event. One without a time that can be starts with the one before it.

    Durations can be placeholders; that an event ends where the next one starts is seen later.
    """
    start = 0
    rows: list[_Row] = []
    latest: dict[str, _Row] = {}
    for event in events:
        known = _ms(event.tStartMs)
        start = start if known is None else max(known, 0)
        end = start + (max(_ms(event.dDurationMs) or 0, 0) or _UNKNOWN_MS)
        lines = _lines(event, start)
        window = str(event.wWinId)
        if event.aAppend and window in latest:
            lines = latest[window].with_more(event, lines, start, end)
        if lines:
            latest[window] = _Row(start, end, lines, _ends_row(event))
            rows.append(latest[window])
    return (Cue(row.start_ms, row.end_ms, tuple(map(tuple, row.lines))) for row in rows)


@dataclass(slots=True)
class _Row:
    """A row that later events may go on with, until one breaks it."""

    start_ms: int
    end_ms: int
    lines: list[list[CuePiece]]
    broken: bool

    def with_more(
        self, event: _CaptionEvent, lines: list[list[CuePiece]], start: int, end: int
    ) -> list[list[CuePiece]]:
        """Take up what an event appends; return the lines that begin a row of their own."""
        self.broken = self.broken or _begins_row(event)
        if not self.broken and lines:
            said = lines[0]
            at_ms = start if said[0].at_ms is None else said[0].at_ms
            self.lines[-1] += [said[0]._replace(at_ms=at_ms), *said[1:]]
            self.end_ms = max(self.end_ms, end)
            lines = lines[1:]
        self.broken = self.broken or _ends_row(event)
        return lines


def _begins_row(event: _CaptionEvent) -> bool:
    return _BREAK.match(_text(event)) is not None


def _ends_row(event: _CaptionEvent) -> bool:
    return _text(event)[-1:] in {"\r", "\n"}


def _text(event: _CaptionEvent) -> str:
    return "".join(segment.utf8 or "" for segment in event.segs or ())


def _ms(value: object) -> int | None:
    """Read a number of milliseconds that can be a time in a video; some write it as a text."""
    ms = number(int(value) if isinstance(value, str) and _DIGITS.match(value) else value)
    return None if ms is None or abs(ms) > LATEST_MS else round(ms)


def _lines(event: _CaptionEvent, start: int) -> list[list[CuePiece]]:
    """Give every segment its time, and break the line where the captions do."""
    segments = event.segs or ()
    offsets = [_ms(segment.tOffsetMs) for segment in segments]
    if any(offset is not None for offset in offsets) and offsets[0] is None:
        offsets[0] = 0
    lines: list[list[CuePiece]] = [[]]
    for segment, offset in zip(segments, offsets, strict=True):
        at_ms = None if offset is None else start + offset
        text = segment.utf8 or ""
        if text.isprintable() and not _MARKUP.search(text):  # as nearly all are; no break either
            lines[-1] += [CuePiece(text, at_ms)] if text else []
            continue
        for n, pieces in enumerate(_segment_lines(text)):
            if n:
                lines.append([])
            lines[-1] += [piece._replace(at_ms=at_ms) for piece in pieces if piece.text]
    return [line for line in lines if line]


def _segment_lines(text: str) -> Lines:
    if _MARKUP.search(text):
        return lines_of(_BREAK.split(text))
    return tuple((CuePiece(without_hidden(part)),) for part in _BREAK.split(text))
