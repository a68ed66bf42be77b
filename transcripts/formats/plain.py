"""Plain texts with times into cues: LRC, transcripts as they are copied from a page, tables."""

import re
from collections.abc import Iterator

from transcripts.errors import TranscriptError
from transcripts.formats.cues import Cue, vtt_time
from transcripts.formats.markup import lines_of
from transcripts.formats.timings import clock_ms

_LONGEST_MS = 10_000
_TAGS = re.compile(r"(?:\[(?:\d{1,2}:)?\d{1,3}:\d\d(?:[.:]\d{1,3})?\]\s*)+")
_ABOUT = re.compile(r"\[[a-z#]{1,20}:[^\]]*\]\s*\Z", re.IGNORECASE)
_OFFSET = re.compile(r"\[offset:\s*([+-]?\d{1,7})\]", re.IGNORECASE)
_WORD_TIME = re.compile(r"<(\d{1,3}:\d\d(?:[.:]\d{1,3})?)>")
_TABLE = re.compile(r"[\ufeff\s]*start([\t,;])end\1text\b", re.IGNORECASE)
_TIME = r"[ \t]*[\[(]?((?:\d{1,2}:){1,3}\d\d(?:[.,]\d{1,3})?)[\])]?"
_ALONE = re.compile(rf"{_TIME}[ \t]*\Z")
_AHEAD = re.compile(rf"{_TIME}(?:(?<=[\])])|[ \t]|[:=](?=\D))[ \t]*(?=\S)")

_Said = tuple[int, list[str]]


def read_lrc(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read LRC; each line is said until the next. Raises TranscriptError for one without lines."""
    shift = _OFFSET.search(text)
    early = int(shift[1]) if shift else 0
    said: list[_Said] = []
    untold: list[int] = []
    for number, line in enumerate(_lines(text), start=1):
        tags = _TAGS.match(line)
        if tags:
            words = _WORD_TIME.sub(lambda m: f"<{vtt_time(_lrc_ms(m[1]))}>", line[tags.end() :])
            for tag in re.findall(r"\[([^\]]*)\]", tags[0]):
                said.append((max(0, _lrc_ms(tag) - early), [words]))
        elif line.strip() and not _ABOUT.match(line):
            if said:
                said[-1][1].append(line)
            else:
                untold.append(number)
    return _cues(said), _left_out(untold)


def read_plain(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read a text whose times stand on lines of their own, before a line, or in a table.

    Raises TranscriptError where there are none.
    """
    if table := _TABLE.match(text):
        return _cues(list(_rows(text.lstrip("\ufeff \t\r\n"), table[1]))), ()
    lines = _lines(text)
    form = _ALONE if sum(_ALONE.match(line) is not None for line in lines) > 1 else _AHEAD
    said: list[_Said] = []
    untold: list[int] = []
    for number, line in enumerate(lines, start=1):
        time = form.match(line)
        at_ms = clock_ms(time[1]) if time else None
        if time and at_ms is not None and (not said or at_ms >= said[-1][0]):
            said.append((at_ms, [line[time.end() :]]))
        elif line.strip():
            if said:
                said[-1][1].append(line)
            else:
                untold.append(number)
    return _cues(said), _left_out(untold)


def _rows(text: str, comma: str) -> Iterator[_Said]:
    """The rows of Whisper's table: start and end in milliseconds, and what is said."""
    for line in _lines(text)[1:]:
        start, *rest = line.split(comma, 2)
        if start.strip().isdecimal() and len(start) < 12 and len(rest) > 1:
            said = rest[1].strip()
            quoted = said[:1] == said[-1:] == '"' and len(said) > 1
            yield int(start), [said[1:-1].replace('""', '"') if quoted else said]


def _lrc_ms(tag: str) -> int:
    """The time of a tag: `01:02.50`, `01:02:50` or `00:01:02.50`."""
    whole, _, part = tag.partition(".")
    *hours, minutes, seconds = whole.split(":")
    if hours and not part:
        hours, minutes, seconds, part = [], hours[0], minutes, seconds
    at = (int(hours[0] if hours else 0) * 60 + int(minutes)) * 60 + int(seconds)
    return at * 1000 + int((part or "0").ljust(3, "0")[:3])


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text.lstrip("\ufeff"))


def _left_out(numbers: list[int]) -> tuple[str, ...]:
    if not numbers:
        return ()
    where = ", ".join(map(str, numbers))
    return (f"what stands before the first time was left out (line {where})",)


def _cues(said: list[_Said]) -> tuple[Cue, ...]:
    """Each text is shown until the next, or for ten seconds."""
    said.sort(key=lambda one: one[0])
    if not any(text.strip() for _, texts in said for text in texts):
        raise TranscriptError("there are no cues in it; is it really a caption file?")
    ends = [start for start, _ in said[1:]] + [said[-1][0] + _LONGEST_MS]
    return tuple(
        Cue(start, min(end, start + _LONGEST_MS), lines_of(texts))
        for (start, texts), end in zip(said, ends, strict=True)
    )
