"""A cue's text in words, each with the character and the time at which it begins."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from transcripts.formats.cues import Cue
from transcripts.text import UNSPACED_LETTER, joins_without_space

# A word ends at a space and behind a Japanese full stop; an opening mark goes with its word.
_TOKEN = re.compile(r"(?:[«“„‹¿¡(]\s{1,5}(?=\S))?(?:[^\s。！？]*[。！？]+[」』）)\"”]*|\S+)")
_SPEAKABLE = re.compile(r"[^\W_]|[%‰°€$£¥&@+=]|\[__\]")
_LONGEST_MS_PER_LETTER = 120
_LONGEST_REST_MS = 250
_LONGEST_MARKED = 200


class TimedToken(NamedTuple):
    """A word as written, the character at which it begins, and its own time where it has one."""

    text: str
    at: int
    ms: int | None

    @property
    def longest_ms(self) -> int:
        """How long a slow speaker takes to say it."""
        return longest_ms(len(self.text), 1)


def longest_ms(letters: int, words: int) -> int:
    """How long a slow speaker takes to say so many words of so many letters together."""
    return letters * _LONGEST_MS_PER_LETTER + words * _LONGEST_REST_MS


def tokens_of(text: str, times: Mapping[int, int]) -> list[TimedToken]:
    """Split a text into words, at spaces and, in scripts without spaces, at the word times."""
    known = sorted(times) if UNSPACED_LETTER.search(text) else ()
    tokens: list[TimedToken] = []
    for run in _TOKEN.finditer(text):
        first, last = run.span()
        if not known:
            _add(tokens, TimedToken(run[0], first, _time_at(text, first, times)))
            continue
        inside = known[bisect_right(known, first) : bisect_left(known, last)]
        cuts = [at for at in inside if _parts(text, at)]
        for begin, end in pairwise((first, *cuts, last)):
            _add(tokens, TimedToken(text[begin:end], begin, _time_at(text, begin, times)))
    return tokens


def _parts(text: str, at: int) -> bool:
    """Whether a word time inside a run of letters parts two words."""
    return bool(UNSPACED_LETTER.match(text[at - 1]) or UNSPACED_LETTER.match(text[at]))


def _add(tokens: list[TimedToken], token: TimedToken) -> None:
    """Add a word; a lone mark such as a dash goes to the word before it."""
    if tokens and not token.text.isalnum() and not is_said(token.text):
        tokens[-1] = tokens[-1]._replace(text=with_mark(tokens[-1].text, token.text))
    else:
        tokens.append(token)


def is_said(text: str) -> bool:
    """Whether this is no lone punctuation mark. `%` and the like are said; so is a hidden word."""
    return _SPEAKABLE.search(text) is not None


def with_mark(text: str, mark: str) -> str:
    """Add a lone mark to the word before it, as the text would be written."""
    if len(text) > _LONGEST_MARKED:
        return text
    return text + mark if joins_without_space(text[-1], mark[0]) else f"{text} {mark}"


def _time_at(text: str, begin: int, times: Mapping[int, int]) -> int | None:
    """Find the time of the word that begins here: its own, or that of the space before it."""
    if not times:
        return None
    at = begin
    while at > 0 and at not in times and text[at - 1].isspace():
        at -= 1
    return times.get(at)


def starts_of(tokens: Sequence[TimedToken], cue: Cue, limit: int) -> list[int]:
    """The start of every word, and one more at the end: known times, between them by length."""
    known = [] if tokens and tokens[0].ms is not None else [(0, cue.start_ms)]
    known += [(n, token.ms) for n, token in enumerate(tokens) if token.ms is not None]
    starts: list[int] = []
    for (first, begin), (last, end) in pairwise([*known, (len(tokens), limit)]):
        run = tokens[first:last]
        whole = sum(len(token.text) + 1 for token in run)
        span = min(max(end - begin, 0), longest_ms(whole - len(run), len(run)))
        done = 0
        for token in run:
            starts.append(begin + span * done // whole)
            done += len(token.text) + 1
    return [*starts, limit]
