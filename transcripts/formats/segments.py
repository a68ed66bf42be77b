"""JSON of speech recognisers into cues: Whisper's segments and words, and lists like them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from catalog import number
from transcripts.errors import TranscriptError
from transcripts.formats.cues import LATEST_MS, Cue, CuePiece, note, without_hidden
from transcripts.formats.markup import lines_of
from transcripts.formats.timings import clock_ms

_LISTS = ("segments", "transcription", "monologues", "utterances", "results", "chunks", "subtitles")
_TEXTS = (
    "text",
    "punctuated_word",
    "word",
    "content",
    "transcript",
    "utf8",
    "body",
    "value",
)
_STARTS = ("start", "from", "begin", "startTime", "start_time", "ts")
_ENDS = ("end", "to", "endTime", "end_time", "end_ts")
_UNKNOWN_MS = 3_000
_MOST_DEEP = 8
# Nobody says a letter in as many seconds: these are milliseconds.
_SLOWEST_S = 5
_Segment = dict[str, Any]


def read_segments(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read a recogniser's JSON; return its cues in the order of time, and notes on what it lacks.

    Raises TranscriptError when there is nothing to read.
    """
    found = list(_said(_segments(_content(text), 0)))
    unit = _unit(found)
    cues: list[Cue] = []
    timed = shown_until = 0
    for segment in found:
        cue, known = _cue(segment, shown_until, unit)
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


def _content(text: str) -> Any:
    """The value of a file, or the values of one that has a value a line."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as err:
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise TranscriptError(f"it is JSON that is damaged: {err}") from err


def _segments(content: Any, depth: int) -> list[_Segment]:
    """The first list of segments of which any has a time, wherever it is."""
    if depth > _MOST_DEEP:
        return []
    if isinstance(content, list):
        return [found for one in content for found in _of_item(one, depth)]
    if not isinstance(content, dict):
        return []
    inner = [content[name] for name in _LISTS if name in content] + list(content.values())
    lists = (_segments(one, depth + 1) for one in inner if isinstance(one, (list, dict)))
    return next((one for one in lists if any(map(_is_timed, one))), [])


def _of_item(item: Any, depth: int) -> list[_Segment]:
    """The segments of one item of a list; what is told of its speaker is told of each of them."""
    if isinstance(item, list) and len(item) > 2 and isinstance(item[2], str):
        return [dict(zip(("start", "end", "text"), item, strict=False))]
    if not isinstance(item, dict):
        return []
    best = item.get("alternatives")
    if isinstance(best, list) and best and isinstance(best[0], dict):
        item = item | best[0]
    if _text(item):
        return [item]
    return [{"speaker": item.get("speaker"), **one} for one in _segments(item, depth + 1)]


def _said(segments: Iterable[_Segment]) -> Iterator[_Segment]:
    """The segments that say something; a mark that stands alone goes to the one before."""
    held: _Segment | None = None
    for segment in segments:
        text = _text(segment).strip()
        if held and text and not _is_timed(segment) and not any(map(str.isalnum, text)):
            held = held | {"text": _text(held).rstrip() + text}
            continue
        if held:
            yield held
        held = segment if text else None
    if held:
        yield held


def _is_timed(segment: _Segment) -> bool:
    words = segment.get("words")
    listed = [one for one in words if isinstance(one, dict)] if isinstance(words, list) else []
    return any(_times(one, 1)[0] is not None for one in (segment, *listed[:1]))


def _unit(segments: Sequence[_Segment]) -> int:
    """How many milliseconds a number counts: of seconds a thousand."""
    shown = [(_times(one, 1), len(_text(one))) for one in segments]
    known = [(end - start, letters) for (start, end), letters in shown if start is not None and end]
    slow = sum(lasts for lasts, _ in known) > _SLOWEST_S * sum(letters for _, letters in known)
    late = any(end is not None and end >= 1000 for (_, end), _ in shown)
    return 1 if slow and late else 1000


def _cue(segment: _Segment, shown_until: int, unit: int) -> tuple[Cue, bool]:
    """A segment's cue, and whether its time is known; it is shown behind the one before if not."""
    text = _text(segment)
    start, end = _times(segment, unit)
    pieces = tuple(_words(segment, text, unit))
    if start is None and pieces:
        start = pieces[0].at_ms
    known = start is not None
    start = shown_until if start is None else start
    speaker = segment.get("speaker")
    name = speaker.strip() if isinstance(speaker, str) else ""
    lines = (pieces,) if pieces else lines_of(text.split("\n"))
    lines = tuple(tuple(piece._replace(speaker=name) for piece in line) for line in lines)
    return Cue(start, max(start, start + _UNKNOWN_MS if end is None else end), lines), known


def _words(segment: _Segment, text: str, unit: int) -> Iterator[CuePiece]:
    """The words of a segment at their own times, where they say all of its text."""
    words = segment.get("words")
    listed = [one for one in words if isinstance(one, dict)] if isinstance(words, list) else []
    spoken = [without_hidden(_text(word)) for word in listed]
    if not spoken or "".join("".join(spoken).split()) != "".join(without_hidden(text).split()):
        return
    for word, said in zip(listed, spoken, strict=True):
        at, _ = _times(word, unit)
        parted = said if said[:1] == " " or _joined(text, spoken) else f" {said}"
        yield CuePiece(parted, at)


def _joined(text: str, spoken: Iterable[str]) -> bool:
    """Whether words bring their own spaces, or have none, as in Japanese."""
    return "".join(spoken).strip() == text.strip()


def _text(segment: _Segment) -> str:
    return next((segment[name] for name in _TEXTS if isinstance(segment.get(name), str)), "")


def _times(segment: _Segment, unit: int) -> tuple[int | None, int | None]:
    """Start and end: numbers of the unit, milliseconds under `offsets`, or `[start, end]`."""
    offsets = segment.get("offsets")
    if isinstance(offsets, dict):
        return _ms(offsets.get("from"), 1), _ms(offsets.get("to"), 1)
    both = segment.get("timestamp", segment.get("timestamps"))
    if isinstance(both, list) and both:
        return _ms(both[0], unit), _ms(both[-1], unit)
    if isinstance(both, dict):
        segment = both
    start = next((_ms(segment[name], unit) for name in _STARTS if name in segment), None)
    end = next((_ms(segment[name], unit) for name in _ENDS if name in segment), None)
    lasts = next(
        (_ms(segment[name], unit) for name in ("duration", "dur") if name in segment), None
    )
    if end is None and start is not None and lasts is not None:
        end = start + lasts
    return start, end


def _ms(value: object, unit: int) -> int | None:
    if isinstance(value, str):
        return clock_ms(value) if ":" in value else _ms(_float(value.removesuffix("s")), unit)
    known = number(value)
    if known is None or not 0 <= known * unit <= LATEST_MS:
        return None
    return round(known * unit)


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
