"""Words with times, written as captions in the forms in which they are delivered."""

import json
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

HOLD_MS = 10
CLEARED_AFTER_MS = 500


class Said(NamedTuple):
    """One word as it was spoken."""

    text: str
    start_ms: int
    end_ms: int


class Shown(NamedTuple):
    """One cue as it is written; `above` and `below` are its lines."""

    start_ms: int
    end_ms: int
    above: str
    below: str


Line = Sequence[Said]


def clock(ms: int, point: str = ".") -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def plain(line: Line) -> str:
    return " ".join(word.text for word in line)


def rolling_vtt(lines: Sequence[Line]) -> str:
    """Automatic VTT: two lines that roll, word times, 10 ms hold cues, blank lines of a space."""
    cues = (
        f"{clock(cue.start_ms)} --> {clock(cue.end_ms)} align:start position:0%\n"
        f"{cue.above}\n{cue.below}\n\n"
        for cue in _rolled(lines, timed=True)
    )
    return "WEBVTT\nKind: captions\nLanguage: en\n\n" + "".join(cues)


def rolling_srt(lines: Sequence[Line]) -> str:
    """The same as converters make SRT of it: no word times, no blank lines, rolled all the same."""
    rows = ((cue, [t for t in (cue.above, cue.below) if t.strip()]) for cue in _rolled(lines))
    return _srt((cue.start_ms, cue.end_ms, "\n".join(texts)) for cue, texts in rows if texts)


def _rolled(lines: Sequence[Line], timed: bool = False) -> Iterator[Shown]:
    above = " "
    following: list[Line] = [*lines[1:], ()]
    for line, after in zip(lines, following, strict=True):
        spoken_until = max(line[-1].end_ms, line[0].start_ms + 2 * HOLD_MS)
        cleared = not after or after[0].start_ms - spoken_until >= CLEARED_AFTER_MS
        until = spoken_until if cleared else after[0].start_ms
        held = " " if cleared else escape(plain(line), quote=False)
        new = _timed(line) if timed else escape(plain(line), quote=False)
        yield Shown(line[0].start_ms, until - HOLD_MS, above, new)
        yield Shown(until - HOLD_MS, until, held, " ")
        above = held


def _timed(line: Line) -> str:
    first, *others = line
    rest = (f"<{clock(w.start_ms)}><c> {escape(w.text, quote=False)}</c>" for w in others)
    return escape(first.text, quote=False) + "".join(rest)


def json3(lines: Sequence[Line], coarse: Sequence[bool], placeholder_ms: int = 0) -> str:
    """Automatic json3; where `coarse`, a line is one segment without offsets.

    `placeholder_ms` stands for every duration, when it is given.
    """
    events: list[dict[str, object]] = [{"tStartMs": 0, "dDurationMs": 9_000_000, "id": 1}]
    shown_until = [after[1].end_ms for after in pairwise(line[-1] for line in lines)]
    shown_until.append(lines[-1][-1].end_ms)
    for line, whole, until in zip(lines, coarse, shown_until, strict=True):
        start = line[0].start_ms
        lasts = placeholder_ms or until - start
        segs: list[dict[str, object]] = [{"utf8": plain(line) if whole else line[0].text}]
        for word in () if whole else line[1:]:
            segs.append({"utf8": f" {word.text}", "tOffsetMs": word.start_ms - start})
        events.append({"tStartMs": start, "dDurationMs": lasts, "wWinId": 1, "segs": segs})
        newline = {"tStartMs": line[-1].end_ms, "dDurationMs": lasts, "aAppend": 1}
        events.append({**newline, "segs": [{"utf8": "\n"}]})
    return json.dumps({"wireMagic": "pb3", "pens": [{}], "events": events}, ensure_ascii=False)


def manual_vtt(cues: Sequence[Line], speakers: Sequence[str], twice: Sequence[bool]) -> str:
    """Manual VTT: cues of two lines, voices where a speaker is named, some cues written twice."""
    blocks: list[str] = []
    for line, speaker, again in zip(cues, speakers, twice, strict=True):
        voice = f"<v {speaker}>" if speaker else ""
        text = voice + escape(_two_lines(line), quote=False)
        block = f"{clock(line[0].start_ms)} --> {clock(line[-1].end_ms)}\n{text}\n"
        blocks += [block] * (2 if again else 1)
    return "WEBVTT\n\n" + "\n".join(blocks)


def manual_srt(cues: Sequence[Line], speakers: Sequence[str]) -> str:
    """Manual SRT: cues of two lines, with the speaker's name in capitals in front."""
    names = (f"{speaker.upper()}: " if speaker else "" for speaker in speakers)
    texts = (
        name + escape(_two_lines(line), quote=False) for name, line in zip(names, cues, strict=True)
    )
    return _srt(
        (line[0].start_ms, line[-1].end_ms, text) for line, text in zip(cues, texts, strict=True)
    )


def _two_lines(line: Line) -> str:
    half = (len(line) + 1) // 2
    return "\n".join(filter(None, (plain(line[:half]), plain(line[half:]))))


def _srt(cues: Iterator[tuple[int, int, str]]) -> str:
    return "\n".join(
        f"{number}\n{clock(start, ',')} --> {clock(end, ',')}\n{text}\n"
        for number, (start, end, text) in enumerate(cues, start=1)
    )
