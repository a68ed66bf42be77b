"""Removes the lines that rolling captions show again, by timing: a real repeat survives.

YouTube's automatic captions show two lines that roll: a new line below, then, in a cue that
follows without a gap, the same line on top. Read naively, speech appears two or three times.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from transcripts.formats.cues import Cue, CuePiece
from transcripts.text import UNSPACED_LETTER

_TOUCHING_MS = 60
_HELD_MS = 20
_ROLLING_SHARE = 0.5
_FEWEST_LINES = 4
_MOST_LINES = 4
_FEWEST_GROWING = 3


def unroll(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Return the cues with every line said once; cues that say nothing new are left out."""
    once = tuple(dict.fromkeys(cue for cue in cues if any(cue.texts)))
    rolls = _rolls(once)
    if len(once) > 1 and (rolls or _held(once[-1])):
        once = _whole(once)
    if rolls:
        return tuple(_new_lines(once))
    return tuple(_new_words(once)) if _grows(once) else once


def _grows(cues: Sequence[Cue]) -> bool:
    """Whether a track writes its lines word by word, each cue showing the line so far."""
    touching = [(a, b) for a, b in pairwise(cues) if _touch(a, b)]
    growing = sum(_grown(a, b) for a, b in touching)
    return growing >= _FEWEST_GROWING and 2 * growing > len(touching)


def _grown(before: Cue, after: Cue) -> bool:
    """Whether a cue's only line is all of the line before, and more."""
    if before.word_timed or after.word_timed:
        return False
    shown, now = _texts(before), _texts(after)
    if len(shown) != 1 or len(now) != 1 or not now[0].startswith(shown[0]):
        return False
    more = now[0][len(shown[0]) :]
    return bool(more) and (more[0] == " " or UNSPACED_LETTER.match(more) is not None)


def _new_words(cues: Iterable[Cue]) -> Iterator[Cue]:
    before: Cue | None = None
    for cue in cues:
        if before and _touch(before, cue) and _grown(before, cue):
            (shown,), (now,) = _texts(before), _texts(cue)
            more = CuePiece(now[len(shown) :].lstrip(), None, _voice(_spoken(cue)[0]))
            yield cue._replace(lines=((more,),))
        else:
            yield cue
        before = cue


def _voice(line: Sequence[CuePiece]) -> str:
    """The one voice of a line; "" where there are several, or none."""
    voices = {piece.speaker for piece in line}
    return voices.pop() if len(voices) == 1 else ""


def _rolls(cues: Sequence[Cue]) -> bool:
    """Whether a track rolls: most of its cues begin with what the cue before them showed.

    Word times, or cues that only hold a line for 10 ms, are sure signs. Without them different
    lines have to be seen rolling, since a speaker may well say one and the same line again.
    """
    touching = [(a, b) for a, b in pairwise(cues) if _touch(a, b)]
    carrying = [b for a, b in touching if _carried(a, b)]
    if any(cue.word_timed or _held(cue) for cue in cues):
        enough = bool(carrying)
    else:
        lines = {frozenset(c.texts[0].split()) for c in carrying if len(_spoken(c)) > 1}
        enough = len(lines) >= _FEWEST_LINES
    return enough and len(carrying) >= _ROLLING_SHARE * len(touching)


def _held(cue: Cue) -> bool:
    return cue.end_ms - cue.start_ms <= _HELD_MS


def _whole(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Leave out a last cue that is cut off while it only shows again what was shown."""
    before, last = cues[-2:]
    if not last.texts[0] or last.word_timed or not _touch(before, last):
        return cues
    shown, again = "\n".join(("", *_texts(before))), "\n".join(("", *_texts(last)))
    return cues[:-1] if again in shown else cues


def _new_lines(cues: Iterable[Cue]) -> Iterator[Cue]:
    before: Cue | None = None
    for cue in cues:
        carried = _carried(before, cue) if before and _touch(before, cue) else 0
        new = _spoken(cue)[carried:]
        if new:
            yield cue._replace(lines=new)
        before = cue


def _touch(before: Cue, after: Cue) -> bool:
    """Whether a cue follows without a gap, as rolled lines do."""
    return after.start_ms - before.end_ms <= _TOUCHING_MS


def _spoken(cue: Cue) -> tuple[tuple[CuePiece, ...], ...]:
    """Return the lines that are not blank."""
    return tuple(line for line, text in zip(cue.lines, cue.texts, strict=True) if text)


def _carried(before: Cue, after: Cue) -> int:
    """Count the first lines of `after` that are the last lines of `before`.

    A line with word times is never carried: it is being said now. Nor is anything below a blank
    line: there the screen was cleared.
    """
    if not after.texts[0]:
        return 0
    shown, now = _texts(before), _texts(after)
    still = takewhile(lambda line: all(piece.at_ms is None for piece in line), _spoken(after))
    most = min(len(shown), len(list(still)), _MOST_LINES)
    return next((n for n in range(most, 0, -1) if shown[-n:] == now[:n]), 0)


def _texts(cue: Cue) -> tuple[str, ...]:
    return tuple(text for text in cue.texts if text)
