"""Cues in which all is said: words and the marks between them, without times, voices or labels.

Most cues are such, and their words are had at a fraction of the cost.
"""

import re
from itertools import accumulate, chain, repeat

from transcripts.formats.cues import Cue
from transcripts.model import Word
from transcripts.speech.timing import longest_ms

# No mark stands alone, and none is in it that may begin a label, a sound or a change of speaker.
_PLAIN = re.compile(
    r"\s*+(?:[\"“'‘$€£]?[^\W_]\w*+(?:['’.,/&@-]\w++)*[%.,!?…\"”'’]*+(?:\s++|\Z))*\Z"
)


def plain_text(cue: Cue) -> str | None:
    """The text of a cue in which all is said; None for any other."""
    parts: list[str] = []
    for line in cue.lines:
        for text, at_ms, speaker, _ in line:
            if at_ms is not None or speaker:
                return None
            parts.append(text)
        parts.append("\n")
    text = "".join(parts)
    return text if is_plain(text) else None


def is_plain(text: str) -> bool:
    """Whether all of a text is said: words and marks that can begin nothing else."""
    return _PLAIN.match(text) is not None


def plain_words(text: str, start_ms: int, limit: int, name: str, *, turn: bool) -> list[Word]:
    """The words of such a text, said by whoever has a name; each starts where its length tells."""
    said = text.split()
    if not said:
        return []
    lengths = [len(word) + 1 for word in said]
    whole = sum(lengths)
    span = min(limit - start_ms, longest_ms(whole - len(said), len(said)))
    starts = [start_ms + span * done // whole for done in accumulate(lengths[:-1], initial=0)]
    ends = (*starts[1:], limit)
    turns = chain((turn,), repeat(False))
    return list(map(Word._make, zip(said, starts, ends, repeat(False), repeat(name), turns)))
