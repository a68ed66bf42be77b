"""Highlights that a text itself has: `so [the] scan`, `so **the** scan`, `so THE scan`.

A program that shows a line once for each word may write the word that is being said in another
way. Such cues are alike but for one word each; what is different in them becomes a mark.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from transcripts.formats.cues import Cue, CuePiece

_FEWEST_CUES = 4


def written_alike(text: str, other: str) -> bool:
    """Whether two texts differ, but only in marks and capitals, of which each has as many."""
    if len(text) != len(other) or text == other or text.split() == other.split():
        return False
    return spelled(text) == spelled(other) != ""


def spelled(text: str) -> str:
    """The letters and digits of a text, in one case."""
    return "".join(filter(str.isalnum, text.casefold()))


def with_highlights(cues: Sequence[Cue], texts: Sequence[str]) -> tuple[Cue, ...]:
    """Return the cues with the words that a text highlights marked, and written as elsewhere."""
    return tuple(cue for run in _runs(cues, texts) for cue in _marked(run))


def _runs(cues: Sequence[Cue], texts: Sequence[str]) -> Iterator[list[Cue]]:
    run: list[Cue] = []
    before = ""
    for cue, text in zip(cues, texts, strict=True):
        if run and not written_alike(text, before):
            yield run
            run = []
        run.append(cue)
        before = text
    yield run


def _marked(run: list[Cue]) -> list[Cue]:
    """Mark in each cue the words that most of the others write differently."""
    shown = [[line.split() for line in cue.texts] for cue in run]
    words = [[word for line in lines for word in line] for lines in shown]
    alike = len({tuple(map(spelled, one)) for one in words}) == 1
    if len(run) < _FEWEST_CUES or not alike:
        return run
    usual = [Counter(forms).most_common(1)[0][0] for forms in zip(*words, strict=True)]
    return [_cue(cue, lines, usual) for cue, lines in zip(run, shown, strict=True)]


def _cue(cue: Cue, lines: list[list[str]], usual: list[str]) -> Cue:
    forms = iter(usual)
    voices = {piece.speaker for line in cue.lines for piece in line}
    voice = voices.pop() if len(voices) == 1 else ""
    pieces = []
    for line in lines:
        row: list[CuePiece] = []
        for word in line:
            form = next(forms)
            row += [CuePiece(form, None, voice, word != form), CuePiece(" ", None, voice)]
        pieces.append(tuple(row))
    return cue._replace(lines=tuple(pieces))
