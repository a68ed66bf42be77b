"""Cuts a VTT, SRT or SBV file at its timing lines: what lies between two of them is speech.

Unless it is a counter, a cue's name, a header or a comment. Blank lines part nothing: where one
stands inside a cue, the text behind it is said all the same.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from transcripts.formats.cues import lines_named, note
from transcripts.formats.timings import Place, Timing, clock_ms, timing_of

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?=[ \t]|\Z)|(?:X-)?TIMESTAMP-MAP=")
_HEADER_LINE = re.compile(r"WEBVTT\s*(?:\Z|[-–—:]|Kind|File|X-)")
_FIELD = re.compile(r"\s*(?:::|[A-Za-z][\w-]*\s*[:=])|[\W_]*\Z")
_NUMBER = re.compile(r"\s*(?:#|\*\*)?(\d{1,9})(?:[.)]|\*\*)?\s*\Z")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f]")
_NAME = re.compile(r"\s*\S{1,200}(?<![.!?,…。])\s*\Z")
_LONE_CLOCK = re.compile(r"\s*(?:\d{1,2}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}\s*\Z")
_CUT_TIMING = re.compile(r"\s*\d[\d:.,]*[ \t]*-{0,2}\Z")
_LOCAL = re.compile(r"LOCAL:([\d:.]{3,20})")
_TICKS = re.compile(r"MPEGTS:(\d{1,12})")
_TICKS_PER_MS = 90
_OPENING = "WNSRXT"


class Block(NamedTuple):
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

    blocks: tuple[Block, ...]
    begins_ms: tuple[int | None, ...]
    notes: tuple[str, ...]


class _Tail(NamedTuple):
    """What stands directly above a timing line: where, and how it is parted from the rest."""

    at: int
    number: int | None
    adjacent: bool
    parted: bool
    under_timing: bool


class _Habits(NamedTuple):
    """How a file writes counters and names above its timing lines."""

    counted: bool
    first_counted: bool
    gapped: bool
    named: bool
    vtt: bool


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
        timing = timing_of(line, _place(lines, n))
        if not timing:
            continue
        behind = n + 1
        if timing.end_ms is None and behind < len(lines) and _LONE_CLOCK.match(lines[behind]):
            timing = timing._replace(end_ms=clock_ms(lines[behind]))
            behind += 1
        yield n, behind, timing


def _place(lines: Sequence[str], n: int) -> Place:
    above = lines[n - 1] if n else ""
    counted = _NUMBER.match(above) is not None
    leads = n + 1 < len(lines) and bool(lines[n + 1].strip())
    return Place(counted or not above.strip(), counted, leads)


class _Scan:
    """One file being cut: its lines, and the timings among them."""

    def __init__(
        self, lines: list[str], timings: list[tuple[int, int, Timing]], joints: set[int]
    ) -> None:
        self.lines = lines
        self.timings = timings
        self.joints = joints
        self.marks = {
            n for n, line in enumerate(lines) if line[:1] in _OPENING and line and _MARK.match(line)
        }
        self.begins_ms: list[int | None] = [None]
        self.stray = 0
        self.left_out: list[int] = []
        self.cut = False
        self.counter: int | None = None
        self.count = 0
        self.tails = self._tails()
        self.habits = self._habits()

    def blocks(self) -> Blocks:
        found: list[Block] = []
        begin = 0
        for n, (at, behind, timing) in enumerate(self.timings):
            end, counter = self._without_head(n)
            texts = self._body(begin, end, spoken=n > 0)
            if n:
                found[-1] = found[-1]._replace(texts=(*found[-1].texts, *texts))
            if counter is not None and self._joins(self.tails[n].at):
                self._new_part()
            self.count += 1
            self.counter = self.counter if counter is None else counter
            said = (timing.text,) if timing.text else ()
            found.append(Block(at + 1, timing, said, counter, len(self.begins_ms) - 1))
            begin = behind
        if found:
            texts = self._body(begin, self._end(begin), spoken=True)
            found[-1] = found[-1]._replace(texts=(*found[-1].texts, *texts))
        return Blocks(tuple(found), tuple(self.begins_ms), self._notes())

    def _tails(self) -> list[_Tail]:
        tails = []
        before = 0
        for at, behind, _ in self.timings:
            n = at - 1
            while n >= before and not self.lines[n].strip():
                n -= 1
            number = _number(self.lines[n]) if n >= before else None
            under = n == before and before > 0
            parted = n <= before or not self.lines[n - 1].strip() or n - 1 in self.marks
            tails.append(_Tail(n if n >= before else -1, number, n == at - 1, parted, under))
            before = behind
        return tails

    def _habits(self) -> _Habits:
        tails = self.tails
        counted = sum(tail.number is not None and tail.adjacent for tail in tails)
        gapped = sum(tail.number is not None and not tail.adjacent for tail in tails)
        named = sum(
            tail.at >= 0 and tail.number is None and tail.adjacent and tail.parted for tail in tails
        )
        first = tails[0] if tails else None
        first_counted = first is not None and first.number is not None
        return _Habits(
            2 * counted >= len(tails),
            first_counted and first is not None and first.adjacent,
            first_counted and 2 * gapped >= len(tails) and not (first and first.adjacent),
            2 * named >= len(tails),
            bool(self.marks) and self.lines[min(self.marks)].startswith("WEBVTT"),
        )

    def _without_head(self, n: int) -> tuple[int, int | None]:
        """Where the text above a timing ends, and the timing's counter, if it has one."""
        tail, at = self.tails[n], self.timings[n][0]
        if tail.at < 0:
            return at, None
        if tail.number is not None:
            return (tail.at, tail.number) if self._counts(n, tail) else (at, None)
        if tail.at in self.marks and not self.lines[tail.at].startswith(("NOTE", "STYLE", "REG")):
            return at, None
        return (tail.at if self._names(n, tail) else at), None

    def _counts(self, n: int, tail: _Tail) -> bool:
        """Whether the number above a timing is its counter, and not something that is said."""
        fits = self._fits(n, tail)
        if not tail.adjacent:
            return self.habits.gapped and fits
        if n == 0:
            return True
        if tail.under_timing:
            return fits
        if tail.parted:
            return self.habits.counted or fits
        return fits and self.habits.first_counted

    def _fits(self, n: int, tail: _Tail) -> bool:
        after = self.tails[n + 1].number if n + 1 < len(self.tails) else None
        again = tail.number in {0, 1} and (
            self._joins(tail.at) or (after is not None and after == (tail.number or 0) + 1)
        )
        following = self.counter is not None and tail.number == self.counter + 1
        return again or following or tail.number in {n + 1, self.count + 1}

    def _joins(self, at: int) -> bool:
        """Whether a byte order mark stands here, as where one file was put behind another."""
        return at in self.joints

    def _names(self, n: int, tail: _Tail) -> bool:
        """Whether a line above a timing is the cue's name, which nobody says."""
        if not tail.adjacent or not tail.parted:
            return False
        if not self.habits.vtt and not (self.habits.named and n == 0):
            return False
        text = self.lines[tail.at]
        begin = self.timings[n - 1][1] if n else 0
        leaves = n == 0 or any(line.strip() for line in self.lines[begin : tail.at])
        if _NAME.match(text):
            return leaves or any(map(str.isdigit, text)) or self.habits.named
        return leaves and self.habits.named

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
        if not self.habits.vtt or not parted:
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
        self.count = 0
        self.counter = None

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
        number = _number(self.lines[n])
        joined = n > begin and self.lines[n - 1].strip() and n + 1 == whole
        if number is None or joined:
            return False
        if self.counter is not None and number == self.counter + 1:
            return True
        following = "00" if self.counter is None else str(self.counter + 1)
        return n + 1 == len(self.lines) and following.startswith(self.lines[n].strip())

    def _is_cut(self, n: int) -> bool:
        """Whether the last line is a timing that is cut off."""
        above = self.lines[n - 1].strip()
        if not _CUT_TIMING.match(self.lines[n]):
            return False
        number = _number(above)
        if number is not None and self.counter is not None and number == self.counter + 1:
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


def _number(line: str) -> int | None:
    number = _NUMBER.match(line)
    return int(number[1]) if number else None
