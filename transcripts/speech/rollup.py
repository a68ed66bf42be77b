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
_HELD_MS = 20
_ROLLING_SHARE = 0.5
_FEWEST_ROWS = 4
_FEWEST_WORDS = 9
_MOST_ROWS = 4
_FEWEST_GROWING = 3
_FEWEST_GROWN_WORDS = 3
_LEAST_WORD_MS = 200

Row = tuple[CuePiece, ...]


class _Carried(NamedTuple):
    """How many rows a cue shows again, and whether the last of them has grown."""

    rows: int = 0
    grown: bool = False


class _Manner(NamedTuple):
    """How a track writes its rows, whether they roll or only grow."""

    rolls: bool
    grows: bool


def unroll(cues: Sequence[Cue], timed_rolls: bool = True) -> tuple[Cue, ...]:
    """Return the cues with every line said once; cues that say nothing new are left out.

    `timed_rolls` says that in this format word times tell of rows that roll.
    """
    once = sung_once(_once(cues))
    said = tuple(cue for cue in once if any(cue.texts))
    manner = _manner(once, timed_rolls)
    if len(said) > 1 and (manner.rolls or _is_held(said[-1])):
        said = _whole(said)
        once = once[: once.index(said[-1]) + 1]
    if manner.rolls or manner.grows:
        return tuple(_new(once, manner))
    return tuple(_shown_once(cue) for cue in said)


def _once(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Leave out a cue that is there twice: the same text at the same time."""
    kept: dict[tuple[int, str], Cue] = {}
    for cue in cues:
        key = (cue.start_ms, " ".join(_texts(cue)))
        if key not in kept or (cue.word_timed and not kept[key].word_timed):
            kept[key] = cue
    return tuple(kept.values())


def _manner(cues: Sequence[Cue], timed_rolls: bool) -> _Manner:
    """How most of a track's cues show again what the cue before them showed.

    Word times, or cues that only hold a line for 10 ms, are sure signs. Without them different
    rows have to be seen rolling or growing, since a speaker may well say one line again.
    """
    touching = [(a, b) for a, b in pairwise(cues) if any(a.texts) and any(b.texts) and _touch(a, b)]
    carried = [(b, _carried(a, b)) for a, b in touching]
    carrying = [(cue, how) for cue, how in carried if how.rows]
    most = len(carrying) >= _ROLLING_SHARE * len(touching)
    grown = [cue for cue, how in carrying if how.grown]
    words = {word for cue in grown for word in _texts(cue)[-1].split()}
    grows = len(grown) >= _FEWEST_GROWING and len(words) >= _FEWEST_GROWN_WORDS
    if any(cue.word_timed or _is_held(cue) for cue in cues):
        rolls = bool(carrying) and timed_rolls
    else:
        rolls = _enough({row for cue, how in carrying for row in _rows_again(cue, how)})
    return _Manner(rolls and most, grows and 2 * len(grown) > len(touching))


def _rows_again(cue: Cue, how: _Carried) -> list[frozenset[str]]:
    """The rows that a cue of several shows again as they were."""
    texts = _texts(cue)
    if len(texts) < 2:
        return []
    return [frozenset(text.split()) for text in texts[: how.rows - how.grown]]


def _enough(rows: set[frozenset[str]]) -> bool:
    """Whether so many different rows come again that nobody says them twice."""
    words = sum(map(len, rows))
    return len(rows) >= _FEWEST_ROWS or (len(rows) > 1 and words >= _FEWEST_WORDS)


def _is_held(cue: Cue) -> bool:
    return any(cue.texts) and cue.end_ms - cue.start_ms <= _HELD_MS


def _whole(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Leave out a last cue that is cut off while it only shows again what was shown."""
    before, last = cues[-2:]
    if not last.texts[0] or last.word_timed or not _touch(before, last):
        return cues
    shown, again = "\n".join(("", *_texts(before))), "\n".join(("", *_texts(last)))
    return cues[:-1] if again in shown else cues


def _new(cues: Iterable[Cue], manner: _Manner) -> Iterator[Cue]:
    """Yield what each cue shows for the first time; a word that was cut is mended."""
    before: Cue | None = None
    held: Cue | None = None
    for cue in cues:
        how = _carried(before, cue) if before and _touch(before, cue) else _Carried()
        if not manner.rolls and not how.grown and _may_be_said_again(cue):
            how = _Carried()
        rows = _spoken(cue)[how.rows :]
        if how.grown and before:
            shown, now = _texts(before)[-1], _texts(cue)[how.rows - 1]
            more = now[len(shown) :]
            head, _, more = _cut_word(more)
            if head and held:
                held = _with_ending(held, head)
            piece = CuePiece(more.strip(), None, _voice(_spoken(cue)[how.rows - 1]))
            rows = ((piece,), *rows) if piece.text else rows
        if rows:
            if held:
                yield held
            held = cue._replace(lines=rows)
        before = cue
    if held:
        yield held


def _may_be_said_again(cue: Cue) -> bool:
    """Whether a row that does not grow is one word, shown long enough to be said once more."""
    short = len(" ".join(_texts(cue)).split()) < 2
    return short and cue.end_ms - cue.start_ms >= _LEAST_WORD_MS


def _cut_word(more: str) -> tuple[str, str, str]:
    """Part what was added to a row from the rest of a word that was begun before."""
    if not more or more[0] == " " or UNSPACED_LETTER.match(more):
        return "", "", more
    return more.partition(" ")


def _with_ending(cue: Cue, ending: str) -> Cue:
    """A cue whose last word goes on."""
    *rows, last = cue.lines
    *pieces, piece = last
    ended = piece._replace(text=piece.text.rstrip() + ending)
    return cue._replace(lines=(*rows, (*pieces, ended)))


def _voice(row: Row) -> str:
    """The one voice of a row; "" where there are several, or none."""
    voices = {piece.speaker for piece in row}
    return voices.pop() if len(voices) == 1 else ""


def _touch(before: Cue, after: Cue) -> bool:
    """Whether a cue follows without a gap, as rolled rows do."""
    return after.start_ms - before.end_ms <= _TOUCHING_MS


def _spoken(cue: Cue) -> tuple[Row, ...]:
    """Return the rows that are not blank."""
    return tuple(line for line, text in zip(cue.lines, cue.texts, strict=True) if text)


def _texts(cue: Cue) -> tuple[str, ...]:
    return tuple(text for text in cue.texts if text)


def _carried(before: Cue, after: Cue) -> _Carried:
    """Count the first rows of `after` that are the last rows of `before`.

    A row with word times is never carried: it is being said now. Nor does a row ever move down:
    there the screen was cleared, and something like it is said again.
    """
    shown, now = _texts(before), _texts(after)
    if not shown or not now:
        return _Carried()
    still = _still(after)
    for n in range(min(len(shown), still, _MOST_ROWS), 0, -1):
        rest = shown[-n:]
        if rest[:-1] == now[: n - 1] and now[n - 1].startswith(rest[-1]):
            grown = now[n - 1] != rest[-1]
            if grown and before.word_timed:
                continue
            if not _moves_down(before, after, n):
                return _Carried(n, grown)
    return _Carried()


def _still(cue: Cue) -> int:
    """How many of the first rows have no word times."""
    count = 0
    for row in _spoken(cue)[:_MOST_ROWS]:
        if any(piece.at_ms is not None for piece in row):
            break
        count += 1
    return count


def _moves_down(before: Cue, after: Cue, rows: int) -> bool:
    """Whether the first row that is there again stands lower than before."""
    if after.texts[0]:
        return False
    if len(before.lines) != len(after.lines):
        return True
    old = [n for n, text in enumerate(before.texts) if text][-rows]
    new = next(n for n, text in enumerate(after.texts) if text)
    return new > old


def _shown_once(cue: Cue) -> Cue:
    """Leave out a row that only shows what the row below it says word by word."""
    if len(cue.lines) < 2 or not any(p.at_ms is not None or p.marked for r in cue.lines for p in r):
        return cue
    rows = [
        row
        for n, row in enumerate(cue.lines)
        if not (n + 1 < len(cue.lines) and _is_told_below(cue, n))
    ]
    return cue._replace(lines=tuple(rows))


def _is_told_below(cue: Cue, n: int) -> bool:
    above, below = cue.lines[n : n + 2]
    plain = not any(piece.at_ms is not None or piece.marked for piece in above)
    said = all(piece.at_ms is not None or piece.marked or not piece.text.strip() for piece in below)
    timed = any(piece.at_ms is not None for piece in below)
    return plain and bool(cue.texts[n]) and cue.texts[n] == cue.texts[n + 1] and (said or timed)
