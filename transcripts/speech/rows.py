"""What a cue shows, row by row, and how much of it the cue before it showed already."""

from typing import NamedTuple

from transcripts.formats.cues import Cue, CuePiece

TOUCHING_MS = 100
_MOST_ROWS = 4

Row = tuple[CuePiece, ...]


class Screen(NamedTuple):
    """A cue with its texts: those of all rows, and of those that are not blank."""

    cue: Cue
    rows: tuple[str, ...]
    texts: tuple[str, ...]
    word_timed: bool

    @property
    def spoken(self) -> tuple[Row, ...]:
        """The rows that are not blank."""
        return tuple(line for line, text in zip(self.cue.lines, self.rows, strict=True) if text)


class Carried(NamedTuple):
    """How many rows a cue shows again, and whether the last of them has grown."""

    rows: int = 0
    grown: bool = False


def screen_of(cue: Cue) -> Screen:
    """A cue with what it shows."""
    rows = cue.texts
    return Screen(cue, rows, tuple(filter(None, rows)), cue.word_timed)


def touch(before: Screen, after: Screen, gap_ms: int = TOUCHING_MS) -> bool:
    """Whether a cue follows without a gap, as rolled rows do."""
    return after.cue.start_ms - before.cue.end_ms <= gap_ms


def carried(before: Screen, after: Screen) -> Carried:
    """Count the first rows of `after` that are the last rows of `before`.

    A row with word times is never carried: it is being said now. Nor does a row ever move down:
    there the screen was cleared, and something like it is said again.
    """
    shown, now = before.texts, after.texts
    if not shown or not now:
        return Carried()
    still = _still(after)
    for n in range(min(len(shown), still, _MOST_ROWS), 0, -1):
        last, rest = now[n - 1], shown[-n:]
        if not last.startswith(rest[-1]) or rest[:-1] != now[: n - 1]:
            continue
        grown = last != rest[-1]
        if not (grown and before.word_timed) and not _moves_down(before, after, n):
            return Carried(n, grown)
    return Carried()


def _still(screen: Screen) -> int:
    """How many of the first rows have no word times."""
    if not screen.word_timed:
        return len(screen.texts)
    count = 0
    for row in screen.spoken[:_MOST_ROWS]:
        if any(piece.at_ms is not None for piece in row):
            break
        count += 1
    return count


def _moves_down(before: Screen, after: Screen, rows: int) -> bool:
    """Whether the first row that is there again stands lower than before."""
    if after.rows[0]:
        return False
    old = [n for n, text in enumerate(before.rows) if text][-rows]
    new = next(n for n, text in enumerate(after.rows) if text)
    return new > old
