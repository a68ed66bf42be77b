"""From cues to words: what nobody says is taken out, each word gets its time and its speaker."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from transcripts.errors import TranscriptError
from transcripts.formats.cues import LATEST_MS, Cue
from transcripts.model import Word
from transcripts.speech.labels import LONGEST_NAME, at_sentence_end, may_label
from transcripts.speech.plain import is_plain, plain_text, plain_words
from transcripts.speech.speakers import SpeakerNames, speaker_names
from transcripts.speech.timing import is_said, starts_of, tokens_of, with_mark
from transcripts.speech.turns import SpeakerChange, openings, speech_only

_TRUSTED_MS = 10_000
# Fifty hours of fast talk. Each word costs half a millisecond.
MOST_WORDS = 600_000
# Sounds and names that nobody says may come on top.
_MOST_WRITTEN = 2 * MOST_WORDS
_WRITTEN = re.compile(r"\S+")


class _Speaker(NamedTuple):
    """Who speaks now, "" where that is not known, and whom captions named last in this turn.

    `turning` says that nothing has been said yet since somebody else began to speak, `fresh` that
    the sentence before has ended.
    """

    name: str = ""
    named: str = ""
    turning: bool = False
    fresh: bool = True

    def after(self, turn: SpeakerChange) -> "_Speaker":
        """Who speaks behind a turn."""
        if turn.lost:
            return self._replace(name="")
        changed = not turn.speaker or turn.speaker != self.named
        return _Speaker(turn.speaker, turn.speaker, self.turning or changed)

    def behind(self, said: str) -> "_Speaker":
        """Who speaks behind a text in which nobody else begins."""
        turning = self.turning and not said.strip()
        return _Speaker(self.name, self.named, turning, at_sentence_end(said.rstrip()))


def words_of(cues: Sequence[Cue]) -> tuple[Word, ...]:
    """Return the words of cues that say everything once; start times never go back.

    A name that a prefix gives holds until somebody else speaks, that of a voice (`<v Name>`) no
    longer than its cue. Raises TranscriptError where there are more words than anybody can say.
    """
    check_written(cues)
    lines = [text for cue in cues for text in cue.texts]
    names = speaker_names(openings(lines)) if any(map(may_label, lines)) else SpeakerNames()
    words: list[Word] = []
    speaker = _Speaker()
    for cue, limit in zip(cues, _limits(cues), strict=True):
        text = plain_text(cue)
        if text is not None:
            words += plain_words(text, cue.start_ms, limit, speaker.name, turn=speaker.turning)
            speaker = speaker.behind(text)
            check_said(len(words))
            continue
        spoken, speaker = _words_of_cue(cue, limit, names, speaker)
        turning = False
        for word in spoken:
            turning = turning or word.turn
            if words and not word.text.isalnum() and not is_said(word.text):
                words[-1] = words[-1]._replace(text=with_mark(words[-1].text, word.text))
                continue
            words.append(word if word.turn == turning else word._replace(turn=True))
            turning = False
        speaker = speaker._replace(turning=speaker.turning or turning)
        check_said(len(words))
    return tuple(_never_back(words))


def _limits(cues: Sequence[Cue]) -> list[int]:
    """Find when each cue's speech ends: at its own end, or sooner, where the next one starts."""
    limits = [
        min(cue.end_ms, after.start_ms) if after.start_ms > cue.start_ms else cue.end_ms
        for cue, after in pairwise(cues)
    ]
    limits += [cue.end_ms for cue in cues[-1:]]
    return [max(limit, cue.start_ms) for limit, cue in zip(limits, cues, strict=True)]


def _words_of_cue(
    cue: Cue, limit: int, names: SpeakerNames, speaker: _Speaker
) -> tuple[list[Word], _Speaker]:
    """The words of a cue, and who speaks behind it."""
    text, times, voices = _read(cue)
    turns: Sequence[SpeakerChange] = ()
    if voices or not is_plain(text):
        text, turns = speech_only(text, voices, names, speaker.fresh)
    tokens = tokens_of(text, times)
    ahead = deque(turns)
    words: list[Word] = []
    for token, (start, end) in zip(tokens, pairwise(starts_of(tokens, cue, limit)), strict=True):
        while ahead and ahead[0].at <= token.at:
            speaker = speaker.after(ahead.popleft())
        timed = token.ms is not None
        said_by = max(start, min(end, start + token.longest_ms) if timed else end)
        words.append(Word(token.text, start, said_by, timed, speaker.name, speaker.turning))
        speaker = speaker._replace(turning=False)
    for turn in ahead:
        speaker = speaker.after(turn)
    return words, speaker._replace(fresh=at_sentence_end(text.rstrip()))


def _read(cue: Cue) -> tuple[str, dict[int, int], list[SpeakerChange]]:
    """Join a cue's lines to one text, and note at which character times and voices begin.

    A time far outside the cue is not believed: it would push away everything that follows. A voice
    ends with its cue.
    """
    parts: list[str] = []
    times = {0: cue.start_ms} if cue.word_timed else {}
    voices: list[SpeakerChange] = []
    latest = cue.end_ms + _TRUSTED_MS
    voice = ""
    length = 0
    for line in cue.lines:
        for piece in line:
            if piece.at_ms is not None and cue.start_ms <= piece.at_ms <= latest:
                times[length] = piece.at_ms
            if piece.speaker != voice:
                known = 0 < len(piece.speaker) <= LONGEST_NAME
                voices.append(SpeakerChange(length, piece.speaker if known else "", lost=not known))
                voice = piece.speaker
            parts.append(piece.text)
            length += len(piece.text)
        parts.append("\n")
        length += 1
    if voice:
        voices.append(SpeakerChange(length, lost=True))
    return "".join(parts), times, voices


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


def check_written(cues: Sequence[Cue]) -> None:
    """Refuse a file that holds far too much before any of it is taken apart."""
    written = 0
    if sum(len(p.text) for cue in cues for line in cue.lines for p in line) <= _MOST_WRITTEN:
        return
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
