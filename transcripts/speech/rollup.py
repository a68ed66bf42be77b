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
from transcripts.speech.labels import at_sentence_end
from transcripts.speech.rows import TOUCHING_MS, Carried, Row, Screen, carried, screen_of, touch
from transcripts.text import UNSPACED_LETTER

_PARTED_MS = 1_000
_PARTED_SHARE = 0.8
_HELD_MS = 20
_ROLLING_SHARE = 0.5
_FEWEST_ROWS = 4
_FEWEST_WORDS = 9
_FEWEST_WORDS_OF_FEW = 5
_FEWEST_GROWING = 3
_FEWEST_GROWN_WORDS = 3
_LEAST_WORD_MS = 200


class _Manner(NamedTuple):
    """How a track writes its rows, whether they roll or only grow."""

    rolls: bool
    grows: bool
    gap_ms: int


class _Step(NamedTuple):
    """Two cues without a gap between them, and what the second shows again."""

    before: Screen
    after: Screen
    how: Carried


def unroll(cues: Sequence[Cue], timed_rolls: bool = True) -> tuple[Cue, ...]:
    """Return the cues with every line said once; cues that say nothing new are left out.

    `timed_rolls` says that in this format word times, and lines that are only held, tell of rows
    that roll.
    """
    screens = [screen_of(cue) for cue in sung_once(_once(cues))]
    said = [screen for screen in screens if screen.texts]
    manner = _manner(screens, timed_rolls)
    if not (manner.rolls or manner.grows):
        manner = _parted_manner(screens)
    if (
        len(said) > 1
        and (manner.rolls or (timed_rolls and _is_held(said[-1])))
        and _repeats_cut(*said[-2:])
    ):
        del said[-1], screens[screens.index(said[-1]) + 1 :]
    if manner.rolls or manner.grows:
        return tuple(_new(screens, manner))
    return tuple(_shown_once(screen) for screen in said)


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


def _manner(screens: Sequence[Screen], timed_rolls: bool) -> _Manner:
    """How most of a track's cues show again what the cue before them showed.

    Word times, or cues that only hold a line for 10 ms, are sure signs. Without them different
    rows have to be seen rolling or growing, since a speaker may well say one line again.
    """
    steps = _steps(screens, TOUCHING_MS)
    carrying = [step for step in steps if step.how.rows]
    most = len(carrying) >= _ROLLING_SHARE * len(steps)
    grown = [step for step in carrying if step.how.grown]
    words = {word for step in grown for word in step.after.texts[-1].split()}
    grows = len(grown) >= _FEWEST_GROWING and len(words) >= _FEWEST_GROWN_WORDS
    if any(screen.word_timed or _is_held(screen) for screen in screens):
        rolls = bool(carrying) and timed_rolls
    else:
        rolls = _enough(_rows_again(carrying)) or _never_without(steps, screens)
    return _Manner(rolls and most, grows and 2 * len(grown) > len(steps), TOUCHING_MS)


def _parted_manner(screens: Sequence[Screen]) -> _Manner:
    """Whether rows roll over short gaps: then nearly each cue has to show a long row again."""
    if any(len(after.texts) < 2 for _, after in _near(screens, _PARTED_MS)):
        return _Manner(False, False, TOUCHING_MS)
    steps = _steps(screens, _PARTED_MS)
    rows = _rows_again(steps)
    long = [row for row in rows if len(row) >= _FEWEST_GROWN_WORDS]
    most = sum(step.how.rows > 0 for step in steps) >= _PARTED_SHARE * len(steps)
    rolls = (most and len(long) >= _FEWEST_ROWS) or _never_without(steps, screens)
    return _Manner(rolls, False, _PARTED_MS)


def _steps(screens: Sequence[Screen], gap_ms: int) -> list[_Step]:
    return [_Step(a, b, carried(a, b)) for a, b in _near(screens, gap_ms)]


def _near(screens: Sequence[Screen], gap_ms: int) -> Iterator[tuple[Screen, Screen]]:
    """Two cues in a row that show something, without a gap between them."""
    for a, b in pairwise(screens):
        if a.texts and b.texts and touch(a, b, gap_ms):
            yield a, b


def _rows_again(steps: Iterable[_Step]) -> set[frozenset[str]]:
    """The different rows that cues of several show again as they were."""
    return {
        frozenset(text.split())
        for _, after, how in steps
        if len(after.texts) > 1
        for text in after.texts[: how.rows - how.grown]
    }


def _enough(rows: set[frozenset[str]]) -> bool:
    """Whether so many different rows come again that nobody says them twice."""
    words = sum(map(len, rows))
    return len(rows) >= _FEWEST_ROWS or (len(rows) > 1 and words >= _FEWEST_WORDS)


def _never_without(steps: Sequence[_Step], screens: Sequence[Screen]) -> bool:
    """Whether each cue of a few begins with what the cue before showed last, and adds to it.

    Who repeats one line goes on with another; no speaker begins anew with the last line each time.
    Whole sentences may be said so, for once; rows rarely are that.
    """
    again = {
        " ".join(before.texts[-how.rows :])
        for before, after, how in steps
        if how.grown or len(after.texts) > how.rows > 0
    }
    words = {word for text in again for word in text.split()}
    every = all(step.how.rows for step in steps) and 2 * len(steps) >= len(screens)
    fewest = _FEWEST_WORDS if all(map(at_sentence_end, again)) else _FEWEST_WORDS_OF_FEW
    return every and len(again) > 1 and len(words) >= fewest


def _is_held(screen: Screen) -> bool:
    return bool(screen.texts) and screen.cue.end_ms - screen.cue.start_ms <= _HELD_MS


def _repeats_cut(before: Screen, last: Screen) -> bool:
    """Whether a last cue is cut off while it only shows again what was shown."""
    if not last.rows[0] or last.word_timed or not touch(before, last):
        return False
    return "\n".join(("", *last.texts)) in "\n".join(("", *before.texts))


def _new(screens: Iterable[Screen], manner: _Manner) -> Iterator[Cue]:
    """Yield what each cue shows for the first time; a word that was cut is mended."""
    before: Screen | None = None
    held: Cue | None = None
    for screen in screens:
        near = before is not None and touch(before, screen, manner.gap_ms)
        how = carried(before, screen) if before and near else Carried()
        if not manner.rolls and not how.grown and _may_be_said_again(screen):
            how = Carried()
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


def _may_be_said_again(screen: Screen) -> bool:
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


def _mended(held: Cue, before: Screen, after: Screen) -> tuple[Cue, tuple[Row, ...]] | None:
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


def _shown_once(screen: Screen) -> Cue:
    """Leave out a row that only shows what the row below it says word by word."""
    cue = screen.cue
    if len(cue.lines) < 2 or not any(p.at_ms is not None or p.marked for r in cue.lines for p in r):
        return cue
    last = len(cue.lines) - 1
    rows = [row for n, row in enumerate(cue.lines) if n == last or not _is_told_below(screen, n)]
    return cue._replace(lines=tuple(rows))


def _is_told_below(screen: Screen, n: int) -> bool:
    above, below = screen.cue.lines[n : n + 2]
    plain = not any(piece.at_ms is not None or piece.marked for piece in above)
    said = all(piece.at_ms is not None or piece.marked or not piece.text.strip() for piece in below)
    timed = any(piece.at_ms is not None for piece in below)
    text = screen.rows[n]
    return plain and bool(text) and text == screen.rows[n + 1] and (said or timed)
