"""Where a speaker's label may stand: at a line's start, behind `>>`, behind a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transcripts.speech.annotations import without_sounds
from transcripts.speech.labels import CAPITAL, PREFIX
from transcripts.speech.speakers import is_ended

_CHEVRONS = r"(?:(?:>>+|＞＞)\s*+)++"
_BRACKETED = r"\[[^\[\]\n]{1,80}\]|\([^()\n]{1,60}\)|（[^（）\n]{1,60}）|\{[^{}\n]{1,60}\}"
_OPENS = re.compile(
    rf"(?P<chevrons>{_CHEVRONS})|\n|(?<=\s)(?={PREFIX}|{_BRACKETED}|[>＞›]\s*[{CAPITAL}¿¡])"
)
# How far back the end of a sentence is sought, behind a sound.
_BACK = 60


class Start(NamedTuple):
    """A part of a text, from `begin` to `end`; the next one begins at `after`.

    `announced` says that a `>>` stands at `at`, `fresh` that the sentence before had ended.
    """

    at: int
    begin: int
    end: int
    after: int
    announced: bool
    fresh: bool


def starts_in(text: str, fresh: bool = True) -> Iterator[Start]:
    """Cut a text at its lines, at `>>`, and before what may be a label behind an ended sentence.

    `fresh` says whether the sentence before this text had ended.
    """
    at, begin, announced = 0, 0, False
    for mark in _OPENS.finditer(text):
        said = without_sounds(text[max(begin, mark.start() - _BACK) : mark.start()])
        ended = is_ended(said)
        if not mark[0] and (not said.strip() or not ended):
            continue
        yield Start(at, begin, mark.start(), mark.end(), announced, fresh)
        at, begin = mark.span()
        announced = mark["chevrons"] is not None
        fresh = announced or ended
    yield Start(at, begin, len(text), len(text), announced, fresh)
