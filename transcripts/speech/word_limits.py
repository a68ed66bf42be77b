"""How many words a track may hold: more is made to keep a machine busy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from transcripts.errors import TranscriptError
from transcripts.formats.cues import Cue

# Fifty hours of fast talk. Each word costs half a millisecond.
MOST_WORDS = 600_000
# Sounds and names that nobody says may come on top.
_MOST_WRITTEN = 2 * MOST_WORDS
_WRITTEN = re.compile(r"\S+")


def check_written(cues: Iterable[Cue]) -> None:
    """Refuse a file that holds far too much before any of it is taken apart."""
    written = 0
    for cue in cues:
        for line in cue.lines:
            for piece in line:
                written += sum(1 for _ in islice(_WRITTEN.finditer(piece.text), _MOST_WRITTEN + 1))
                if written > _MOST_WRITTEN:
                    raise _too_long(_MOST_WRITTEN)


def check_said(words: int) -> None:
    """Refuse a file whole rather than lose a part of what it says."""
    if words > MOST_WORDS:
        raise _too_long(MOST_WORDS)


def _too_long(words: int) -> TranscriptError:
    return TranscriptError(
        f"it holds more than {words:,} words, which is over fifty hours of talk; "
        "split it into parts, or delete it"
    )
