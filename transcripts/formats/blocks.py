"""Cuts a VTT, SRT or SBV file at its timing lines: what lies between two of them is speech.

Unless it is a counter, a cue's name, a header or a comment. Blank lines part nothing: where one
stands inside a cue, the text behind it is said all the same.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from transcripts.formats.cues import lines_named, note
from transcripts.formats.heads import Counted, Heads, number_in
from transcripts.formats.timings import LinePlace, Timing, clock_ms, standard_timing, timing_of

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?=[ \t]|\Z)|(?:X-)?TIMESTAMP-MAP=")
_HEADER_LINE = re.compile(r"WEBVTT\s*(?:\Z|[-–—:]|Kind|File|X-)")
_FIELD = re.compile(r"\s*(?:::|[A-Za-z][\w-]*\s*[:=])|[\W_]*\Z")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f]")
_LONE_CLOCK = re.compile(r"\s*(?:\d{1,2}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}\s*\Z")
_CUT_TIMING = re.compile(r"\s*\d[\d:.,]*[ \t]*-{0,2}\Z")
_LOCAL = re.compile(r"LOCAL:([\d:.]{3,20})")
_TICKS = re.compile(r"MPEGTS:(\d{1,12})")
_TICKS_PER_MS = 90
_OPENING = "WNSRXT"


class CueBlock(NamedTuple):
    """A cue as it is written: the line of its timing, its text, its counter, and the file's part.

    A file may be several that were joined; each header, or counter that starts again behind a byte
    order mark, begins a part.
    """

    line: int
    timing: Timing
    texts: tuple[str, ...]
    counter: int | None
    part: int


class Blocks(NamedTuple):
    """A file's cues, when each of its parts begins (None where no map says so), and notes."""

    blocks: tuple[CueBlock, ...]
    begins_ms: tuple[int | None, ...]
    notes: tuple[str, ...]


def blocks_of(text: str) -> Blocks:
    """Cut a text into its cues. Every line is in one, is a mark of the format, or is in a note."""
    lines = _LINE_END.split(_INVISIBLE.sub("", text))
    joints = {n for n, line in enumerate(lines) if n and line[:1] == "\ufeff"}
    if "\ufeff" in text:
        lines = [line.replace("\ufeff", "") for line in lines]
    timings = list(_timings(lines))
    return _Scan(lines, timings, joints).blocks()


def _timings(lines: Sequence[str]) -> Iterator[tuple[int, int, Timing]]:
    """Yield each timing with its first line and the line behind it."""
    behind = 0
    for n, line in enumerate(lines):
        if n < behind or (":" not in line and "-->" not in line and "：" not in line):
            continue
        timing = standard_timing(line) or timing_of(line, _place(lines, n))
        if not timing:
            continue
        behind = n + 1
        if timing.end_ms is None and behind < len(lines) and _LONE_CLOCK.match(lines[behind]):
            timing = timing._replace(end_ms=clock_ms(lines[behind]))
            behind += 1
        yield n, behind, timing


def _place(lines: Sequence[str], n: int) -> LinePlace:
    above = lines[n - 1] if n else ""
    counted = number_in(above) is not None
    leads = n + 1 < len(lines) and bool(lines[n + 1].strip())
    return LinePlace(counted or not above.strip(), counted, leads)


class _Scan:
    """One file being cut: its lines, and the timings among them."""

    def __init__(
        self, lines: list[str], timings: list[tuple[int, int, Timing]], joints: set[int]
    ) -> None:
        self.lines = lines
        self.timings = timings
        self.marks = {
            n for n, line in enumerate(lines) if line[:1] in _OPENING and line and _MARK.match(line)
        }
        self.begins_ms: list[int | None] = [None]
        self.stray = 0
        self.left_out: list[int] = []
        self.cut = False
        self.so_far = Counted()
        self.heads = Heads(lines, timings, joints, self.marks)

    def blocks(self) -> Blocks:
        found: list[CueBlock] = []
        begin = 0
        for n, (at, behind, timing) in enumerate(self.timings):
            end, counter = self.heads.end_above(n, self.so_far)
            texts = self._body(begin, end, spoken=n > 0)
            if n:
                found[-1] = found[-1]._replace(texts=(*found[-1].texts, *texts))
            if counter is not None and self.heads.joins(n):
                self._new_part()
            last = self.so_far.counter if counter is None else counter
            self.so_far = Counted(last, self.so_far.cues + 1)
            said = (timing.text,) if timing.text else ()
            found.append(CueBlock(at + 1, timing, said, counter, len(self.begins_ms) - 1))
            begin = behind
        if found:
            texts = self._body(begin, self._end(begin), spoken=True)
            found[-1] = found[-1]._replace(texts=(*found[-1].texts, *texts))
        return Blocks(tuple(found), tuple(self.begins_ms), self._notes())

    def _body(self, begin: int, end: int, spoken: bool) -> list[str]:
        """The text between two timings; a header among it begins another part of the file."""
        texts: list[str] = []
        blank = False
        n = begin
        while n < end:
            line = self.lines[n]
            if n in self.marks and (skipped := self._mark(n, end, n == 0 or not self.lines[n - 1])):
                n = skipped
                continue
            if not line:
                blank = True
            elif spoken:
                self.stray += blank
                blank = False
                texts.append(line)
            elif line.strip():
                self.left_out.append(n + 1)
            n += 1
        return texts

    def _mark(self, n: int, end: int, parted: bool) -> int:
        """The line behind a header, a comment or a style; 0 where it is none."""
        line = self.lines[n]
        if line.startswith("WEBVTT"):
            if not parted and not _HEADER_LINE.match(line):
                return 0
            if n and self.timings and n > self.timings[0][0]:
                self._new_part()
                return self._behind_fields(n, end)
            return self._behind_block(n, end)
        if line.startswith(("X-", "TIMESTAMP")):
            self._take_map(line)
            return n + 1
        if not self.heads.habits.vtt or not parted:
            return 0
        return self._behind_block(n, end)

    def _behind_block(self, n: int, end: int) -> int:
        """The line behind a block, which ends at a blank line, but not inside braces."""
        braces = 0
        styled = not self.lines[n].startswith("NOTE")
        while n < end and (self.lines[n].strip() or (styled and braces > 0)):
            if n in self.marks and self.lines[n].startswith(("X-", "TIMESTAMP")):
                self._take_map(self.lines[n])
            braces += self.lines[n].count("{") - self.lines[n].count("}")
            n += 1
        return n

    def _behind_fields(self, n: int, end: int) -> int:
        """The line behind a header among cues: what has not the form of its fields is said."""
        behind = self._behind_block(n, end)
        fields = (bool(_FIELD.match(line)) for line in self.lines[n + 1 : behind])
        return n + 1 + sum(takewhile(bool, fields))

    def _take_map(self, line: str) -> None:
        local, ticks = _LOCAL.search(line), _TICKS.search(line)
        at = clock_ms(local[1]) if local else None
        if at is not None and ticks:
            self.begins_ms[-1] = int(ticks[1]) // _TICKS_PER_MS - at

    def _new_part(self) -> None:
        self.begins_ms.append(None)
        self.so_far = Counted()

    def _end(self, begin: int) -> int:
        """Where the last cue's text ends: a counter or half a timing behind it says nothing."""
        end = len(self.lines)
        while end > begin and not self.lines[end - 1].strip():
            end -= 1
        whole = end
        if end - 1 > begin and self._is_cut(end - 1):
            end -= 1
        while end > begin and not self.lines[end - 1].strip():
            end -= 1
        if end > begin and self._is_cut_number(end - 1, begin, whole):
            end -= 1
        self.cut = end < whole
        return end

    def _is_cut_number(self, n: int, begin: int, whole: int) -> bool:
        """Whether the last line is a counter, or its beginning, and no number that is said."""
        number = number_in(self.lines[n])
        joined = n > begin and self.lines[n - 1].strip() and n + 1 == whole
        if number is None or joined:
            return False
        if self.so_far.counter is not None and number == self.so_far.counter + 1:
            return True
        following = "00" if self.so_far.counter is None else str(self.so_far.counter + 1)
        return n + 1 == len(self.lines) and following.startswith(self.lines[n].strip())

    def _is_cut(self, n: int) -> bool:
        """Whether the last line is a timing that is cut off."""
        above = self.lines[n - 1].strip()
        if not _CUT_TIMING.match(self.lines[n]):
            return False
        number = number_in(above)
        if (
            number is not None
            and self.so_far.counter is not None
            and number == self.so_far.counter + 1
        ):
            return True
        return ":" in self.lines[n] and (not above or number is not None)

    def _notes(self) -> tuple[str, ...]:
        cut = "it is cut off at its end; a cue's number or half of its time is all that is there"
        stands = lines_named(self.left_out)
        several = len(self.left_out) > 1
        before = f"{stands} {'stand' if several else 'stands'} before any time of a cue, and "
        before += "were left out" if several else "was left out"
        return (
            *((before,) if self.left_out else ()),
            *note(
                self.stray,
                "blank line inside a cue was overlooked",
                "blank lines inside cues were overlooked",
            ),
            *((cut,) if self.cut else ()),
        )
