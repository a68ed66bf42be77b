"""Removes what captions show again and nobody says again, by timing: a real repeat survives.

Rows that roll: a new row below, then, in a cue that follows without a gap, the same row above it;
the last of them may grow word by word. So YouTube's automatic captions are written, live captions
and those of broadcasts. Read naively, speech appears two or three times.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from transcripts.formats.cues import Cue, CuePiece
from transcripts.speech.karaoke import sung_once
from transcripts.text import UNSPACED_LETTER

_TOUCHING_MS = 100
_PARTED_MS = 1_000
_PARTED_SHARE = 0.8
_HELD_MS = 20
_ROLLING_SHARE = 0.5
_FEWEST_ROWS = 4
_FEWEST_WORDS = 9
_MOST_ROWS = 4
_FEWEST_GROWING = 3
_FEWEST_GROWN_WORDS = 3
_LEAST_WORD_MS = 200

Row = tuple[CuePiece, ...]


class _Screen(NamedTuple):
    """A cue with its texts: those of all rows, and of those that are not blank."""

    cue: Cue
    rows: tuple[str, ...]
    texts: tuple[str, ...]
    word_timed: bool

    @property
    def spoken(self) -> tuple[Row, ...]:
        """The rows that are not blank."""
        return tuple(line for line, text in zip(self.cue.lines, self.rows, strict=True) if text)


class _Carried(NamedTuple):
    """How many rows a cue shows again, and whether the last of them has grown."""

    rows: int = 0
    grown: bool = False


class _Manner(NamedTuple):
    """How a track writes its rows, whether they roll or only grow."""

    rolls: bool
    grows: bool
    gap_ms: int


def unroll(cues: Sequence[Cue], timed_rolls: bool = True) -> tuple[Cue, ...]:
    """Return the cues with every line said once; cues that say nothing new are left out.

    `timed_rolls` says that in this format word times tell of rows that roll.
    """
    screens = [_screen(cue) for cue in sung_once(_once(cues))]
    said = [screen for screen in screens if screen.texts]
    manner = _manner(screens, timed_rolls)
    if not (manner.rolls or manner.grows):
        manner = _parted_manner(screens)
    if len(said) > 1 and (manner.rolls or _is_held(said[-1])) and _repeats_cut(*said[-2:]):
        del said[-1], screens[screens.index(said[-1]) + 1 :]
    if manner.rolls or manner.grows:
        return tuple(_new(screens, manner))
    return tuple(_shown_once(screen) for screen in said)


def _screen(cue: Cue) -> _Screen:
    rows = cue.texts
    return _Screen(cue, rows, tuple(filter(None, rows)), cue.word_timed)


def _once(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Leave out a cue that is there twice: the same text at the same time, by the same speaker."""
    starts = {cue.start_ms for cue in cues}
    if len(starts) == len(cues):
        return tuple(cues)
    kept: dict[tuple[object, ...], Cue] = {}
    for cue in cues:
        text = " ".join(filter(None, cue.texts))
        key = (cue.start_ms, text, *{piece.speaker for line in cue.lines for piece in line})
        if key not in kept or (cue.word_timed and not kept[key].word_timed):
            kept[key] = cue
    return tuple(kept.values())


def _manner(screens: Sequence[_Screen], timed_rolls: bool) -> _Manner:
    """How most of a track's cues show again what the cue before them showed.

    Word times, or cues that only hold a line for 10 ms, are sure signs. Without them different
    rows have to be seen rolling or growing, since a speaker may well say one line again.
    """
    touching = _touching(screens, _TOUCHING_MS)
    carried = [(b, _carried(a, b)) for a, b in touching]
    carrying = [(screen, how) for screen, how in carried if how.rows]
    most = len(carrying) >= _ROLLING_SHARE * len(touching)
    grown = [screen for screen, how in carrying if how.grown]
    words = {word for screen in grown for word in screen.texts[-1].split()}
    grows = len(grown) >= _FEWEST_GROWING and len(words) >= _FEWEST_GROWN_WORDS
    if any(screen.word_timed or _is_held(screen) for screen in screens):
        rolls = bool(carrying) and timed_rolls
    else:
        rolls = _enough({row for screen, how in carrying for row in _rows_again(screen, how)})
    return _Manner(rolls and most, grows and 2 * len(grown) > len(touching), _TOUCHING_MS)


def _parted_manner(screens: Sequence[_Screen]) -> _Manner:
    """Whether rows roll over short gaps: then nearly each cue has to show a long row again."""
    near = _touching(screens, _PARTED_MS)
    if len(near) < _FEWEST_ROWS or not all(len(b.texts) > 1 for _, b in near):
        return _Manner(False, False, _TOUCHING_MS)
    carried = [(b, _carried(a, b)) for a, b in near]
    rows = {row for screen, how in carried for row in _rows_again(screen, how)}
    long = [row for row in rows if len(row) >= _FEWEST_GROWN_WORDS]
    most = sum(how.rows > 0 for _, how in carried) >= _PARTED_SHARE * len(near)
    return _Manner(most and len(long) >= _FEWEST_ROWS, False, _PARTED_MS)


def _touching(screens: Sequence[_Screen], gap_ms: int) -> list[tuple[_Screen, _Screen]]:
    pairs = pairwise(screens)
    return [(a, b) for a, b in pairs if a.texts and b.texts and _touch(a, b, gap_ms)]


def _rows_again(screen: _Screen, how: _Carried) -> list[frozenset[str]]:
    """The rows that a cue of several shows again as they were."""
    if len(screen.texts) < 2:
        return []
    return [frozenset(text.split()) for text in screen.texts[: how.rows - how.grown]]


def _enough(rows: set[frozenset[str]]) -> bool:
    """Whether so many different rows come again that nobody says them twice."""
    words = sum(map(len, rows))
    return len(rows) >= _FEWEST_ROWS or (len(rows) > 1 and words >= _FEWEST_WORDS)


def _is_held(screen: _Screen) -> bool:
    return bool(screen.texts) and screen.cue.end_ms - screen.cue.start_ms <= _HELD_MS


def _repeats_cut(before: _Screen, last: _Screen) -> bool:
    """Whether a last cue is cut off while it only shows again what was shown."""
    if not last.rows[0] or last.word_timed or not _touch(before, last):
        return False
    return "\n".join(("", *last.texts)) in "\n".join(("", *before.texts))


def _new(screens: Iterable[_Screen], manner: _Manner) -> Iterator[Cue]:
    """Yield what each cue shows for the first time; a word that was cut is mended."""
    before: _Screen | None = None
    held: Cue | None = None
    for screen in screens:
        near = before is not None and _touch(before, screen, manner.gap_ms)
        how = _carried(before, screen) if before and near else _Carried()
        if not manner.rolls and not how.grown and _may_be_said_again(screen):
            how = _Carried()
        rows = screen.spoken[how.rows :]
        mended = (
            _mended(held, before, screen) if held and before and manner.grows and near else None
        )
        if mended:
            held, rows = mended
        elif how.grown and before:
            row = screen.spoken[how.rows - 1]
            ending, more = _cut_word(screen.texts[how.rows - 1][len(before.texts[-1]) :])
            held = _with_ending(held, ending) if held and ending else held
            rows = ((CuePiece(more, None, _voice(row)),), *rows) if more else rows
        if rows:
            if held:
                yield held
            held = screen.cue._replace(lines=rows)
        before = screen
    if held:
        yield held


def _may_be_said_again(screen: _Screen) -> bool:
    """Whether a row that does not grow is one word, shown long enough to be said once more."""
    short = len(" ".join(screen.texts).split()) < 2
    return short and screen.cue.end_ms - screen.cue.start_ms >= _LEAST_WORD_MS


def _cut_word(more: str) -> tuple[str, str]:
    """Part what was added to a row into the rest of a word that was begun, and what is new."""
    if not more or more[0] == " " or UNSPACED_LETTER.match(more):
        return "", more.strip()
    ending, _, more = more.partition(" ")
    return ending, more.strip()


def _with_ending(cue: Cue, ending: str) -> Cue:
    """A cue whose last word goes on."""
    *rows, last = cue.lines
    *pieces, piece = last
    ended = piece._replace(text=piece.text.rstrip() + ending)
    return cue._replace(lines=(*rows, (*pieces, ended)))


def _mended(held: Cue, before: _Screen, after: _Screen) -> tuple[Cue, tuple[Row, ...]] | None:
    """A cue without its last words, which the next one shows corrected; and what that one says.

    Most of the row stands as before, and it is no shorter: who speaks anew begins with one word.
    """
    at = len(before.texts) - 1
    if len(after.texts) <= at or before.texts[:at] != after.texts[:at]:
        return None
    shown, now = before.texts[at].split(), after.texts[at].split()
    same = next((n for n, (a, b) in enumerate(zip(shown, now, strict=False)) if a != b), 0)
    if not len(shown) - same <= 2 <= same or len(now) < len(shown):
        return None
    cue = _without_ending(held, " ".join(shown[same:]))
    said = CuePiece(" ".join(now[same:]), None, _voice(after.spoken[at]))
    return (cue, ((said,), *after.spoken[at + 1 :])) if cue else None


def _without_ending(cue: Cue, words: str) -> Cue | None:
    """A cue without its last words; None where it does not end with them, or is nothing else."""
    *rows, last = cue.lines
    text = "".join(piece.text for piece in last).rstrip()
    if not text.endswith(words) or text == words:
        return None
    return cue._replace(lines=(*rows, (last[0]._replace(text=text.removesuffix(words)),)))


def _voice(row: Row) -> str:
    """The one voice of a row; "" where there are several, or none."""
    voices = {piece.speaker for piece in row}
    return voices.pop() if len(voices) == 1 else ""


def _touch(before: _Screen, after: _Screen, gap_ms: int = _TOUCHING_MS) -> bool:
    """Whether a cue follows without a gap, as rolled rows do."""
    return after.cue.start_ms - before.cue.end_ms <= gap_ms


def _carried(before: _Screen, after: _Screen) -> _Carried:
    """Count the first rows of `after` that are the last rows of `before`.

    A row with word times is never carried: it is being said now. Nor does a row ever move down:
    there the screen was cleared, and something like it is said again.
    """
    shown, now = before.texts, after.texts
    if not shown or not now:
        return _Carried()
    still = _still(after)
    for n in range(min(len(shown), still, _MOST_ROWS), 0, -1):
        last, rest = now[n - 1], shown[-n:]
        if not last.startswith(rest[-1]) or rest[:-1] != now[: n - 1]:
            continue
        grown = last != rest[-1]
        if not (grown and before.word_timed) and not _moves_down(before, after, n):
            return _Carried(n, grown)
    return _Carried()


def _still(screen: _Screen) -> int:
    """How many of the first rows have no word times."""
    if not screen.word_timed:
        return len(screen.texts)
    count = 0
    for row in screen.spoken[:_MOST_ROWS]:
        if any(piece.at_ms is not None for piece in row):
            break
        count += 1
    return count


def _moves_down(before: _Screen, after: _Screen, rows: int) -> bool:
    """Whether the first row that is there again stands lower than before."""
    if after.rows[0]:
        return False
    old = [n for n, text in enumerate(before.rows) if text][-rows]
    new = next(n for n, text in enumerate(after.rows) if text)
    return new > old


def _shown_once(screen: _Screen) -> Cue:
    """Leave out a row that only shows what the row below it says word by word."""
    cue = screen.cue
    if len(cue.lines) < 2 or not any(p.at_ms is not None or p.marked for r in cue.lines for p in r):
        return cue
    last = len(cue.lines) - 1
    rows = [row for n, row in enumerate(cue.lines) if n == last or not _is_told_below(screen, n)]
    return cue._replace(lines=tuple(rows))


def _is_told_below(screen: _Screen, n: int) -> bool:
    above, below = screen.cue.lines[n : n + 2]
    plain = not any(piece.at_ms is not None or piece.marked for piece in above)
    said = all(piece.at_ms is not None or piece.marked or not piece.text.strip() for piece in below)
    timed = any(piece.at_ms is not None for piece in below)
    text = screen.rows[n]
    return plain and bool(text) and text == screen.rows[n + 1] and (said or timed)
