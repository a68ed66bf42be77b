"""From cues to words: what nobody says is taken out, each word gets its time and its speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from transcripts.cues import LATEST_MS, Cue
from transcripts.errors import TranscriptError
from transcripts.marks import Turn, openings, speech_only
from transcripts.model import Word
from transcripts.names import Names, speaker_names

# Scripts that are written without spaces: Han, kana, Thai, Lao, Khmer, Burmese.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
UNSPACED = re.compile(f"[{_UNSPACED}]")
# A word ends at a space and behind a Japanese full stop; an opening mark goes with its word.
_TOKEN = re.compile(r"(?:[«“„‹¿¡(]\s{1,5}(?=\S))?(?:[^\s。！？]*[。！？]+[」』）)\"”]*|\S+)")
_SPEAKABLE = re.compile(r"[^\W_]|[%‰°€$£¥&@+=]|\[__\]")
_LONGEST_MS_PER_LETTER = 120
_LONGEST_REST_MS = 250
_LONGEST_MARKED = 200
_TRUSTED_MS = 10_000
# Fifty hours of fast talk. More is made to keep a machine busy: each word costs half a millisecond.
MOST_WORDS = 600_000
# Sounds and names that nobody says may come on top.
_MOST_WRITTEN = 2 * MOST_WORDS
_WRITTEN = re.compile(r"\S+")


class _Token(NamedTuple):
    text: str
    at: int
    ms: int | None

    @property
    def longest_ms(self) -> int:
        """How long a slow speaker takes to say it."""
        return len(self.text) * _LONGEST_MS_PER_LETTER + _LONGEST_REST_MS


class _Speaker(NamedTuple):
    """Who speaks now, "" where that is not known, and whom captions named last in this turn.

    `turning` says that nothing has been said yet since somebody else began to speak.
    """

    name: str = ""
    named: str = ""
    turning: bool = False

    def after(self, turn: Turn) -> _Speaker:
        """Who speaks behind a turn."""
        if turn.lost:
            return self._replace(name="")
        changed = not turn.speaker or turn.speaker != self.named
        return _Speaker(turn.speaker, turn.speaker, self.turning or changed)


def words_of(cues: Sequence[Cue]) -> tuple[Word, ...]:
    """Return the words of cues that say everything once; start times never go back.

    A name that a prefix gives holds until somebody else speaks, that of a voice (`<v Name>`) no
    longer than its cue. Raises TranscriptError where there are more words than anybody can say.
    """
    _check_written(cues)
    names = speaker_names(openings(text for cue in cues for text in cue.texts))
    words: list[Word] = []
    speaker = _Speaker()
    for cue, limit in zip(cues, _limits(cues), strict=True):
        spoken, speaker = _words_of_cue(cue, limit, names, speaker)
        turning = False
        for word in spoken:
            turning = turning or word.turn
            if words and not word.text.isalnum() and not _said(word.text):
                words[-1] = words[-1]._replace(text=_marked(words[-1].text, word.text))
                continue
            words.append(word if word.turn == turning else word._replace(turn=True))
            turning = False
        speaker = speaker._replace(turning=speaker.turning or turning)
        _check_said(len(words))
    return tuple(_never_back(words))


def _check_written(cues: Iterable[Cue]) -> None:
    """Refuse a file that holds far too much before any of it is taken apart."""
    written = 0
    for cue in cues:
        for line in cue.lines:
            for piece in line:
                written += sum(1 for _ in islice(_WRITTEN.finditer(piece.text), _MOST_WRITTEN + 1))
                if written > _MOST_WRITTEN:
                    raise _too_long(_MOST_WRITTEN)


def _check_said(words: int) -> None:
    """Refuse a file whole rather than lose a part of what it says."""
    if words > MOST_WORDS:
        raise _too_long(MOST_WORDS)


def _too_long(words: int) -> TranscriptError:
    return TranscriptError(
        f"it holds more than {words:,} words, which is over fifty hours of talk; "
        "split it into parts, or delete it"
    )


def join(texts: Iterable[str]) -> str:
    """Join words to a text: by spaces, but not between words of scripts without spaces."""
    parts: list[str] = []
    for word in texts:
        if parts and not _hugs(parts[-1][-1:], word[:1]):
            parts.append(" ")
        parts.append(word)
    return "".join(parts)


def _hugs(before: str, after: str) -> bool:
    """Tell whether two characters stand side by side without a space."""
    return any(UNSPACED.match(one) or one in "。、！？" for one in (before, after))


def _limits(cues: Sequence[Cue]) -> list[int]:
    """Find when each cue's speech ends: at its own end, or sooner, where the next one starts."""
    limits = [
        min(cue.end_ms, after.start_ms) if after.start_ms > cue.start_ms else cue.end_ms
        for cue, after in pairwise(cues)
    ]
    limits += [cue.end_ms for cue in cues[-1:]]
    return [max(limit, cue.start_ms) for limit, cue in zip(limits, cues, strict=True)]


def _words_of_cue(
    cue: Cue, limit: int, names: Names, speaker: _Speaker
) -> tuple[list[Word], _Speaker]:
    """The words of a cue, and who speaks behind it."""
    text, times, voices = _read(cue)
    text, turns = speech_only(text, voices, names)
    tokens = _tokens(text, times)
    ahead = deque(turns)
    words: list[Word] = []
    for token, (start, end) in zip(tokens, pairwise(_starts(tokens, cue, limit)), strict=True):
        while ahead and ahead[0].at <= token.at:
            speaker = speaker.after(ahead.popleft())
        timed = token.ms is not None
        said_by = max(start, min(end, start + token.longest_ms) if timed else end)
        words.append(Word(token.text, start, said_by, timed, speaker.name, speaker.turning))
        speaker = speaker._replace(turning=False)
    for turn in ahead:
        speaker = speaker.after(turn)
    return words, speaker


def _read(cue: Cue) -> tuple[str, dict[int, int], list[Turn]]:
    """Join a cue's lines to one text, and note at which character times and voices begin.

    A time far outside the cue is not believed: it would push away everything that follows. A voice
    ends with its cue.
    """
    parts: list[str] = []
    times = {0: cue.start_ms} if cue.word_timed else {}
    voices: list[Turn] = []
    latest = cue.end_ms + _TRUSTED_MS
    voice = ""
    length = 0
    for line in cue.lines:
        for piece in line:
            if piece.at_ms is not None and cue.start_ms <= piece.at_ms <= latest:
                times[length] = piece.at_ms
            if piece.speaker != voice:
                voices.append(Turn(length, piece.speaker, lost=not piece.speaker))
                voice = piece.speaker
            parts.append(piece.text)
            length += len(piece.text)
        parts.append("\n")
        length += 1
    if voice:
        voices.append(Turn(length, lost=True))
    return "".join(parts), times, voices


def _tokens(text: str, times: Mapping[int, int]) -> list[_Token]:
    """Split a text into words, at spaces and, in scripts without spaces, at the word times."""
    known = sorted(times)
    tokens: list[_Token] = []
    for run in _TOKEN.finditer(text):
        first, last = run.span()
        inside = known[bisect_right(known, first) : bisect_left(known, last)]
        cuts = [at for at in inside if _parts(text, at)]
        for begin, end in pairwise((first, *cuts, last)):
            _add(tokens, _Token(text[begin:end], begin, _time_at(text, begin, times)))
    return tokens


def _parts(text: str, at: int) -> bool:
    """Tell whether a word time inside a run of letters parts two words."""
    return bool(UNSPACED.match(text[at - 1]) or UNSPACED.match(text[at]))


def _add(tokens: list[_Token], token: _Token) -> None:
    """Add a word; a lone mark such as a dash goes to the word before it."""
    if tokens and not token.text.isalnum() and not _said(token.text):
        tokens[-1] = tokens[-1]._replace(text=_marked(tokens[-1].text, token.text))
    else:
        tokens.append(token)


def _said(text: str) -> bool:
    """Tell a word from a lone punctuation mark. `%` and the like are said; so is a hidden word."""
    return _SPEAKABLE.search(text) is not None


def _marked(text: str, mark: str) -> str:
    """Add a lone mark to the word before it, as the text would be written."""
    if len(text) > _LONGEST_MARKED:
        return text
    return text + mark if _hugs(text[-1], mark[0]) else f"{text} {mark}"


def _time_at(text: str, begin: int, times: Mapping[int, int]) -> int | None:
    """Find the time of the word that begins here: its own, or that of the space before it."""
    if not times:
        return None
    at = begin
    while at > 0 and at not in times and text[at - 1].isspace():
        at -= 1
    return times.get(at)


def _starts(tokens: Sequence[_Token], cue: Cue, limit: int) -> list[int]:
    """Give every word a start, and one more at the end: known times, and between them by length."""
    known = [] if tokens and tokens[0].ms is not None else [(0, cue.start_ms)]
    known += [(n, token.ms) for n, token in enumerate(tokens) if token.ms is not None]
    starts: list[int] = []
    for (first, begin), (last, end) in pairwise([*known, (len(tokens), limit)]):
        run = tokens[first:last]
        whole = sum(len(token.text) + 1 for token in run)
        span = min(max(end - begin, 0), sum(token.longest_ms for token in run))
        done = 0
        for token in run:
            starts.append(begin + span * done // whole)
            done += len(token.text) + 1
    return [*starts, limit]


def _never_back(words: Sequence[Word]) -> Iterator[Word]:
    """Push a start that would go back to where the word before it starts."""
    latest = 0
    for word in words:
        if latest <= word.start_ms <= word.end_ms <= LATEST_MS:
            latest = word.start_ms
            yield word
            continue
        latest = min(max(word.start_ms, latest), LATEST_MS)
        yield word._replace(start_ms=latest, end_ms=min(max(latest, word.end_ms), LATEST_MS))
