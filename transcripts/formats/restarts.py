"""Places cues whose times start again: segments of a stream, and files that were joined.

A map (`X-TIMESTAMP-MAP`) says where a segment belongs. Without one the order of the file is kept,
and times go on where the part before it ended. A cue that was only written at the wrong place, in
a gap between others, is no such part; it is put in order by its time.
"""

from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

# Ticks of 90 kHz are counted with 33 bits.
_WRAP_MS = 2**33 // 90
_NEAR_START_MS = 5_000
_LONGEST_MS = 30_000
_TOUCHING_MS = 200


class PlacedCue(NamedTuple):
    """A cue's text and times; `line` is where it stands, `part` of which part of the file it is."""

    start_ms: int
    end_ms: int
    texts: tuple[str, ...]
    line: int
    part: int

    @property
    def until_ms(self) -> int:
        """Its end, unless that is a placeholder."""
        return min(max(self.end_ms, self.start_ms), self.start_ms + _LONGEST_MS)

    def moved(self, by_ms: int) -> "PlacedCue":
        """The same cue, later."""
        return self._replace(start_ms=self.start_ms + by_ms, end_ms=self.end_ms + by_ms)


def placed(
    cues: Sequence[PlacedCue], begins_ms: Sequence[int | None]
) -> tuple[tuple[PlacedCue, ...], tuple[str, ...]]:
    """Put cues in the order in which they are said; tell where times were set to go on."""
    back: set[int] = set()
    if len(begins_ms) > 1:
        shifts = _shifts(begins_ms)
        back = {part for part, by in enumerate(shifts) if by is None}
        cues = [cue.moved(shifts[cue.part] or 0) for cue in cues]
    if all(a.start_ms <= b.start_ms for a, b in pairwise(cues)) and len(begins_ms) < 2:
        return tuple(cues), ()
    cues = _chained(cues)
    out: list[PlacedCue] = []
    lines: list[int] = []
    since: list[tuple[int, int]] = []
    shift = begun = 0
    for n, run in enumerate(_runs(cues)):
        goes_back = n > 0 and run[0].part in back and run[0].part != out[-1].part
        if goes_back or (n and _starts_again(run, out, since, shift, begun)):
            shift = max(cue.until_ms for cue in out)
            lines.append(run[0].line)
            since.clear()
            begun = run[0].start_ms
        elif not n:
            begun = run[0].start_ms
        moved = [cue.moved(shift) for cue in run]
        if out and run[0].part != out[-1].part:
            moved = _without_held(out, moved)
        for cue in moved:
            insort(since, (cue.start_ms, cue.until_ms))
        out += moved
    return tuple(sorted(out, key=lambda cue: cue.start_ms)), _notes(lines)


def _shifts(begins_ms: Sequence[int | None]) -> list[int | None]:
    """By how much its map moves each part, seen from the first; None for one before that."""
    base = next((at for at in begins_ms if at is not None), 0)
    shifts = [0 if at is None else (at - base) % _WRAP_MS for at in begins_ms]
    return [by if by < _WRAP_MS // 2 else None for by in shifts]


def _chained(cues: Sequence[PlacedCue]) -> list[PlacedCue]:
    """Keep cues in their order that each begin where the one before ended, be it in the past.

    Speech recognisers write such times where they err once. One that begins too late begins where
    it ends, one that begins too early does so when the one before it does.
    """
    out: list[PlacedCue] = []
    for cue, before in zip(cues, (None, *cues), strict=False):
        start = cue.start_ms
        if before and start == before.end_ms and cue.part == before.part:
            earliest = out[-1].start_ms
            late = earliest <= cue.end_ms < start
            start = max(cue.end_ms if late else start, earliest)
        out.append(cue._replace(start_ms=start, end_ms=max(cue.end_ms, start)))
    return out


def _runs(cues: Sequence[PlacedCue]) -> list[list[PlacedCue]]:
    """Cut cues where a part ends, or times go back."""
    runs: list[list[PlacedCue]] = []
    before: PlacedCue | None = None
    for cue in cues:
        if before is None or cue.part != before.part or cue.start_ms < before.start_ms:
            runs.append([])
        runs[-1].append(cue)
        before = cue
    return runs


def _starts_again(
    run: Sequence[PlacedCue],
    out: Sequence[PlacedCue],
    since: Sequence[tuple[int, int]],
    shift: int,
    begun: int,
) -> bool:
    """Whether the times of a run count from a new beginning."""
    first, before = run[0], out[-1]
    if first.part != before.part:
        start = first.start_ms + shift
        known = {(cue.start_ms, cue.texts) for cue in out[-50:]}
        if (start, first.texts) in known:
            return False
        until = max(cue.until_ms for cue in out[-50:])
        ends = max(cue.until_ms for cue in run) + shift
        return start < before.start_ms or (ends <= until and start < before.until_ms)
    if first.start_ms > begun + _NEAR_START_MS:
        return False
    overlapping = sum(_is_among(cue.moved(shift), since) for cue in run)
    return 2 * overlapping > len(run)


def _is_among(cue: PlacedCue, shown: Sequence[tuple[int, int]]) -> bool:
    """Whether a cue is shown while one of the others is, by more than it touches it."""
    at = bisect_left(shown, (cue.until_ms, 0))
    return any(end > cue.start_ms + _TOUCHING_MS for _, end in shown[max(0, at - 3) : at])


def _without_held(out: list[PlacedCue], part: list[PlacedCue]) -> list[PlacedCue]:
    """Leave out what a segment only shows on from the segment before it."""
    while part and part[0].texts == out[-1].texts:
        if part[0].start_ms > out[-1].until_ms + _TOUCHING_MS:
            break
        out[-1] = out[-1]._replace(end_ms=max(out[-1].end_ms, part[0].end_ms))
        del part[0]
    return part


def _notes(lines: Sequence[int]) -> tuple[str, ...]:
    if not lines:
        return ()
    where = ", ".join(map(str, lines[:5])) + (", ..." if len(lines) > 5 else "")
    often = "once" if len(lines) == 1 else f"{len(lines)} times"
    behind = f"line {where}" if len(lines) == 1 else f"lines {where}"
    return (
        f"its times start again {often} ({behind}); the order of the file was kept, "
        "and times were set to go on",
    )
