"""WebVTT, SubRip (SRT) and SBV into cues; the word times of YouTube are kept.

The file is first cut at its timings and put in order, and only then are cues with markup read by
webvtt-py, which overlooks what is not as the standard has it (https://www.w3.org/TR/webvtt1/). A
line of printable characters without markup is read as it stands. This is the one module that
imports webvtt.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import compress

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from transcripts.errors import TranscriptError
from transcripts.formats.blocks import CueBlock, blocks_of
from transcripts.formats.cues import LATEST_MS, Cue, lines_named, note, vtt_time
from transcripts.formats.markup import has_markup, lines_of, without_cut_mark
from transcripts.formats.restarts import PlacedCue, placed

_UNKNOWN_MS = 3_000


def read_vtt(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read WebVTT, SRT or SBV; return its cues in the order of time, and notes on what it lacks.

    Raises TranscriptError when there is nothing to read.
    """
    blocks, begins_ms, notes = blocks_of(without_cut_mark(text))
    if not blocks:
        raise TranscriptError("there are no cues in it; is it really a caption file?")
    cues, more = placed([cue for cue in _timed(blocks) if cue.texts], begins_ms)
    marked = [has_markup(cue.texts) for cue in cues]
    as_read = iter(captions_of([*compress(cues, marked)]))
    texts = [next(as_read) if some else cue.texts for cue, some in zip(cues, marked, strict=True)]
    read = tuple(
        Cue(_bounded(cue.start_ms), _bounded(cue.end_ms), lines_of(lines))
        for cue, lines in zip(cues, texts, strict=True)
    )
    return read, (*_timing_notes(blocks), *notes, *more)


def captions_of(cues: Sequence[PlacedCue]) -> list[list[str]]:
    """The lines of cues as a reader of WebVTT has them. Raises TranscriptError."""
    try:
        captions = webvtt.from_buffer(io.StringIO(_written(cues)), format="vtt").captions
    except (MalformedFileError, MalformedCaptionError) as err:
        raise TranscriptError(f"it is not WebVTT as it should be: {err}") from err
    return [caption.lines for _, caption in zip(cues, captions, strict=True)]


def _timed(blocks: Sequence[CueBlock]) -> Iterator[PlacedCue]:
    """Put a guess where a time is unknown: behind the cue before it, or three seconds long."""
    shown_until = 0
    for block in blocks:
        start, end, _ = block.timing
        if start is None:
            start = shown_until if end is None else min(shown_until, end)
        end = start + _UNKNOWN_MS if end is None else end
        shown_until = max(start, end)
        yield PlacedCue(start, end, block.texts, block.line, block.part)


def _written(cues: Sequence[PlacedCue]) -> str:
    """The cues as WebVTT should be: no arrow but those of timings, no blank line inside a cue."""
    parts = ["WEBVTT\n\n"]
    for cue in cues:
        start, end = (vtt_time(_bounded(ms)) for ms in cue[:2])
        text = "\n".join(cue.texts).replace("-->", "--&gt;")
        parts.append(f"{start} --> {end}\n{text}\n\n")
    return "".join(parts)


def _bounded(ms: int) -> int:
    return min(max(ms, 0), LATEST_MS)


def _timing_notes(blocks: Sequence[CueBlock]) -> tuple[str, ...]:
    endless = [block.line for block in blocks if block.timing.end_ms is None]
    unplaced = [block.line for block in blocks if block.timing.start_ms is None]
    timings = (block.timing for block in blocks)
    backward = sum((t.end_ms or t.start_ms or 0) < (t.start_ms or 0) for t in timings)
    no_end = f"no end that can be read ({lines_named(endless)}); three seconds were assumed"
    no_start = f"no start that can be read ({lines_named(unplaced)});"
    return (
        *note(len(endless), f"cue has {no_end}", f"cues have {no_end}"),
        *note(
            len(unplaced),
            f"cue has {no_start} it follows the one before",
            f"cues have {no_start} they follow the one before",
        ),
        *note(
            backward,
            "cue ends before it starts; its start was believed",
            "cues end before they start; their start was believed",
        ),
    )
