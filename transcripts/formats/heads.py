"""What stands directly above a timing line: its counter or its cue's name, or speech."""

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from transcripts.formats.timings import Timing

_NUMBER = re.compile(r"\s*(?:#|\*\*)?(\d{1,9})(?:[.)]|\*\*)?\s*\Z")
_NAME = re.compile(r"\s*\S{1,200}(?<![.!?,…。])\s*\Z")

TimingLines = Sequence[tuple[int, int, Timing]]


class Counted(NamedTuple):
    """The last counter of a part of a file, where there was one, and how many cues it has."""

    counter: int | None = None
    cues: int = 0


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


class Heads:
    """The heads of one file: what of its lines above timings is no speech.

    `marks` are the lines of headers and comments, `joints` those at which one file was put behind
    another.
    """

    def __init__(
        self, lines: Sequence[str], timings: TimingLines, joints: Set[int], marks: Set[int]
    ) -> None:
        self.lines = lines
        self.timings = timings
        self.joints = joints
        self.marks = marks
        self.tails = self._tails()
        self.habits = self._habits()

    def end_above(self, n: int, so_far: Counted) -> tuple[int, int | None]:
        """Where the text above timing `n` ends, and the timing's counter, if it has one."""
        tail, at = self.tails[n], self.timings[n][0]
        if tail.at < 0:
            return at, None
        if tail.number is not None:
            return (tail.at, tail.number) if self._counts(n, tail, so_far) else (at, None)
        if tail.at in self.marks and not self.lines[tail.at].startswith(("NOTE", "STYLE", "REG")):
            return at, None
        return (tail.at if self._names(n, tail) else at), None

    def joins(self, n: int) -> bool:
        """Whether a byte order mark stands above timing `n`, where another file was put behind."""
        return self.tails[n].at in self.joints

    def _tails(self) -> list[_Tail]:
        tails = []
        before = 0
        for at, behind, _ in self.timings:
            n = at - 1
            while n >= before and not self.lines[n].strip():
                n -= 1
            number = number_in(self.lines[n]) if n >= before else None
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

    def _counts(self, n: int, tail: _Tail, so_far: Counted) -> bool:
        """Whether the number above a timing is its counter, and not something that is said."""
        fits = self._fits(n, tail, so_far)
        if not tail.adjacent:
            return self.habits.gapped and fits
        if n == 0:
            return True
        if tail.under_timing:
            return fits
        if tail.parted:
            return self.habits.counted or fits
        return fits and self.habits.first_counted

    def _fits(self, n: int, tail: _Tail, so_far: Counted) -> bool:
        after = self.tails[n + 1].number if n + 1 < len(self.tails) else None
        again = tail.number in {0, 1} and (
            self.joins(n) or (after is not None and after == (tail.number or 0) + 1)
        )
        following = so_far.counter is not None and tail.number == so_far.counter + 1
        return again or following or tail.number in {n + 1, so_far.cues + 1}

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


def number_in(line: str) -> int | None:
    """The number that a line is, as counters are written; None for any other."""
    number = _NUMBER.match(line)
    return int(number[1]) if number else None
