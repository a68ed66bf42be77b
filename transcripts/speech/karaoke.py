"""Lines that captions show once for each word, or each frame of an animation, and nobody repeats.

Karaoke, as speech recognisers write it, shows a line as often as it has words, each time with the
next word highlighted. Animated captions show a line again while it moves. A highlight that goes
back to the beginning, and a line that comes once more, are a speaker's.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from transcripts.formats.cues import Cue, CuePiece
from transcripts.speech.highlights import with_highlights, written_alike

_PAUSE_MS = 1_000
_TOUCHING_MS = 100
_FEWEST_STEPS = 3
_FEWEST_WHOLE_STEPS = 2
_FEWEST_LINES = 3
_ANIMATED_SHARE = 0.8
# Faster than this nobody says a letter; nor is it worth a look with fewer words.
_LEAST_MS_PER_LETTER = 15
_FEWEST_WORDS = 3


class _Highlight(NamedTuple):
    """The highlighted part of a cue, counted in characters that are no spaces."""

    begin: int
    end: int


class _Run(NamedTuple):
    """Cues in a row that show the same line, with the highlight of each."""

    cues: list[Cue]
    marks: list[_Highlight | None]


def sung_once(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Return the cues with lines of karaoke and of animations once, each word at its own time."""
    texts = _texts(cues)
    if any(written_alike(text, after) for text, after in pairwise(texts)):
        cues = with_highlights(cues, texts)
    if any(_may_be_sung(cue) for cue in cues):
        runs = list(_runs(cues))
        sung = [run for run in runs if _steps(run)]
        whole = sum(_steps(run) for run in sung if _is_whole(run))
        if whole >= _FEWEST_WHOLE_STEPS or sum(map(_steps, sung)) >= _FEWEST_STEPS:
            cues = tuple(_as_one(run) for run in runs)
            texts = _texts(cues)
    return _still(cues, texts)


def _may_be_sung(cue: Cue) -> bool:
    return _is_marked(cue) and not cue.word_timed


def _is_marked(cue: Cue) -> bool:
    return True in [piece.marked for line in cue.lines for piece in line]


def _text(cue: Cue) -> str:
    return "".join([piece.text for line in cue.lines for piece in line])


def _texts(cues: Sequence[Cue]) -> list[str]:
    return ["" if cue.word_timed else _text(cue) for cue in cues]


def _letters(text: str) -> str:
    return "".join(text.split())


def _highlight(cue: Cue) -> _Highlight | None:
    """Where the highlight of a cue is; None without one, or with several."""
    at = 0
    spans: list[list[int]] = []
    for line in cue.lines:
        for piece in line:
            size = len(_letters(piece.text))
            if piece.marked and size:
                if spans and spans[-1][1] == at:
                    spans[-1][1] = at + size
                else:
                    spans.append([at, at + size])
            at += size
    return _Highlight(*spans[0]) if len(spans) == 1 else None


def _runs(cues: Sequence[Cue]) -> Iterator[_Run]:
    """Gather cues that show one line, as long as the highlight goes on through it."""
    run = _Run([], [])
    for cue in cues:
        mark = None if cue.word_timed else _highlight(cue)
        if run.cues and not _goes_on(run, cue, mark):
            yield run
            run = _Run([], [])
        run.cues.append(cue)
        run.marks.append(mark)
    if run.cues:
        yield run


def _goes_on(run: _Run, cue: Cue, mark: _Highlight | None) -> bool:
    last = run.cues[-1]
    text = _letters(_text(cue))
    if cue.word_timed or cue.start_ms - last.end_ms > _PAUSE_MS or text != _letters(_text(last)):
        return False
    before = next((m for m in reversed(run.marks) if m), None)
    if before is None:
        # A line that was there without any highlight is another one, unless it only waits for it.
        return mark is not None and mark.begin == 0 and len(run.cues) == 1
    if mark is None:
        return not _is_marked(cue)
    grows = mark.begin == before.begin and mark.end > before.end
    gap = text[before.end : mark.begin]
    return grows or (mark.begin >= before.end and not any(map(str.isalnum, gap)))


def _steps(run: _Run) -> int:
    return max(0, sum(mark is not None for mark in run.marks) - 1)


def _is_whole(run: _Run) -> bool:
    """Whether the highlight went from a line's beginning to its end."""
    marks = [mark for mark in run.marks if mark]
    return marks[0].begin == 0 and marks[-1].end == len(_letters(_text(run.cues[0])))


def _as_one(run: _Run) -> Cue:
    """One cue of a run: each word starts when it is highlighted."""
    first, last = run.cues[0], run.cues[-1]
    times: dict[int, int] = {}
    reached = 0
    for cue, mark in zip(run.cues, run.marks, strict=True):
        if mark:
            times.setdefault(max(mark.begin, reached), cue.start_ms)
            reached = max(reached, mark.end)
    if len(run.cues) < 2 or not times:
        return first
    lines: list[tuple[CuePiece, ...]] = []
    at = 0
    for line in first.lines:
        pieces: list[CuePiece] = []
        for piece in line:
            more, at = _timed(piece, at, times)
            pieces += more
        lines.append(tuple(pieces))
    return Cue(first.start_ms, max(first.end_ms, last.end_ms), tuple(lines))


def _timed(piece: CuePiece, at: int, times: dict[int, int]) -> tuple[list[CuePiece], int]:
    """Cut a piece where words of it have times; return with it how many letters were passed."""
    pieces: list[CuePiece] = []
    begin = 0
    at_ms: int | None = None
    for n, letter in enumerate(piece.text):
        if letter.isspace():
            continue
        if at in times:
            if piece.text[begin:n].strip() or at_ms is not None:
                pieces.append(CuePiece(piece.text[begin:n], at_ms, piece.speaker))
                begin = n
            at_ms = times[at]
        at += 1
    pieces.append(CuePiece(piece.text[begin:], at_ms, piece.speaker))
    return pieces, at


def _still(cues: tuple[Cue, ...], shown: Sequence[str]) -> tuple[Cue, ...]:
    """Return the cues with a line that only moves once.

    It is an animation where nearly all lines of a track come several times, or where one comes
    again sooner than anybody can say it.
    """
    texts = list(map(_letters, shown))
    if not any(text and text == after for text, after in pairwise(texts)):
        return cues
    runs: list[list[Cue]] = []
    before = ""
    for cue, text in zip(cues, texts, strict=True):
        if text and text == before and _shows_on(runs[-1][-1], cue):
            runs[-1].append(cue)
        else:
            runs.append([cue])
        before = text
    again = {_text(run[0]) for run in runs if len(run) > 1}
    often = sum(len(run) > 1 for run in runs) >= _ANIMATED_SHARE * sum(
        any(r[0].texts) for r in runs
    )
    animated = often and len(again) >= _FEWEST_LINES
    return tuple(cue for run in runs for cue in _moved(run, animated))


def _shows_on(before: Cue, after: Cue) -> bool:
    return after.start_ms - before.end_ms <= _TOUCHING_MS and before.texts == after.texts


def _moved(run: list[Cue], animated: bool) -> list[Cue]:
    """The cues of a run that say something: the first, and those that could be said anew."""
    if len(run) < 2:
        return run
    until = max(cue.end_ms for cue in run)
    if animated:
        return [run[0]._replace(end_ms=until)]
    said = " ".join(run[0].texts).rpartition(":")[2]  # nobody says a label
    if len(set(said.split())) < _FEWEST_WORDS:
        return run
    least_ms = len(_letters(said)) * _LEAST_MS_PER_LETTER
    kept = run[:1]
    for before, cue in pairwise(run):
        if cue.start_ms - before.start_ms >= least_ms:
            kept.append(cue)
    return [kept[0]._replace(end_ms=until)] if len(kept) == 1 else kept
