"""From cues to words: what is no speech is taken out, speakers are noted, each word gets its time.

Sound marks (`[Music]`, `(laughs)`, notes), speaker prefixes (`DR. SHAW:`), dashes and `>>` that
mark a change of speaker are not words. `[ __ ]`, which hides a word, stands for that word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from transcripts.cues import Cue
from transcripts.model import Word

_MASKED = re.compile(r"\[\s*__\s*\]")
_BRACKETS = re.compile(r"\[[^\[\]]{0,80}\]")
_PARENTHESES = re.compile(r"[(（][^()（）]{1,60}[)）]")
_SOUND = re.compile(
    r"\b(music|musique|música|musica|musik|laugh\w*|chuckl\w*|rires?|risas?|ríe|applau\w*|"
    r"aplausos?|claps?|clapping|cheer\w*|sighs?|coughs?|coughing|gasps?|sobs?|crying|inaudible|"
    r"crosstalk|silence|clears? throat|sniffs?|whispers?|beep|音楽|拍手|笑)",
    re.IGNORECASE,
)
_NOTES = re.compile("[♩♪♫♬#]*[♩♪♫♬][♩♪♫♬#]*")
_CHEVRONS = re.compile(r">>+|＞＞")
_DASH = re.compile(r"\s*[-–—]\s+(?=\S)")
_PREFIX = re.compile(
    r"\s*(?P<name>[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: [A-ZÀ-ÖØ-Þ0-9][\w.'’-]*){0,4})"
    r"(?: \([^()]{1,30}\))?:(?=\s|$)"
)
_TITLED = re.compile(r"(dr|dra|doctor|mr|mrs|ms|prof|professor|nurse)\b\.?", re.IGNORECASE)
_ROLE = re.compile(
    r"(interviewer|interviewee|host|moderator|narrator|speaker|doctor|patient|advocate|expert|"
    r"man|woman|audience|announcer|question|answer|q|a)( \d+)?\Z",
    re.IGNORECASE,
)
# Scripts that are written without spaces: Han, kana, Thai, Lao, Khmer, Burmese.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
UNSPACED = re.compile(f"[{_UNSPACED}]")
_TOKEN = re.compile(r"\S+")
_SPEAKABLE = re.compile(r"[^\W_]|[%‰°€$£¥&@+=]|\[__\]")
_LONGEST_MS_PER_LETTER = 120
_LONGEST_REST_MS = 250


class _Mark(NamedTuple):
    """At character `at` of a cue's text: a word time, a speaker, or a change of speaker."""

    at: int
    ms: int | None = None
    speaker: str = ""
    turn: bool = False


class _Token(NamedTuple):
    text: str
    at: int
    ms: int | None


def words_of(cues: Sequence[Cue]) -> tuple[Word, ...]:
    """Return the words of cues that say everything once; start times never go back."""
    names = _speaker_names(cues)
    words: list[Word] = []
    speaker = ""
    for cue, limit in zip(cues, _limits(cues), strict=True):
        for word in _words_of_cue(cue, limit, names, speaker):
            if words and not _said(word.text):
                words[-1] = words[-1]._replace(text=_marked(words[-1].text, word.text))
                continue
            speaker = word.speaker
            words.append(word)
    return tuple(_never_back(words))


def join(texts: Iterable[str]) -> str:
    """Join words to a text: by spaces, but not between words of scripts without spaces."""
    text = ""
    for word in texts:
        spaced = text and not (UNSPACED.match(text[-1]) or _touches_unspaced(text[-1], word[:1]))
        text += f" {word}" if spaced and not _hugs(text[-1:], word[:1]) else word
    return text


def _touches_unspaced(before: str, after: str) -> bool:
    return bool(UNSPACED.match(after)) or before in "。、！？" or after in "。、！？"


def _hugs(before: str, after: str) -> bool:
    return bool(UNSPACED.match(before)) and bool(UNSPACED.match(after))


def _limits(cues: Sequence[Cue]) -> list[int]:
    """Find when each cue's speech ends: at its own end, or sooner, where the next one starts."""
    limits = [
        min(cue.end_ms, after.start_ms) if after.start_ms > cue.start_ms else cue.end_ms
        for cue, after in pairwise(cues)
    ]
    limits += [cue.end_ms for cue in cues[-1:]]
    return [max(limit, cue.start_ms) for limit, cue in zip(limits, cues, strict=True)]


def _words_of_cue(cue: Cue, limit: int, names: frozenset[str], speaker: str) -> Iterator[Word]:
    text, marks = _text_and_marks(cue)
    text, turns = _speech_only(text, marks, names)
    tokens = _tokens(text, marks)
    starts = _starts(tokens, cue.start_ms, limit)
    turning = False
    for number, token in enumerate(tokens):
        while turns and turns[0].at <= token.at:
            mark = turns.pop(0)
            speaker = mark.speaker if mark.speaker or mark.turn else speaker
            turning = True
        start, end = starts[number], starts[number + 1]
        if token.ms is not None:
            natural = len(token.text) * _LONGEST_MS_PER_LETTER + _LONGEST_REST_MS
            end = min(max(end, start), start + natural)
        yield Word(token.text, start, max(start, end), token.ms is not None, speaker, turning)
        turning = False


def _text_and_marks(cue: Cue) -> tuple[str, list[_Mark]]:
    """Join a cue's pieces to one text, and note where times and voices begin in it."""
    text = ""
    marks: list[_Mark] = [_Mark(0, cue.start_ms)] if cue.word_timed else []
    for line in cue.lines:
        text += "\n" if text else ""
        for piece in line:
            if piece.at_ms is not None or piece.speaker:
                marks.append(_Mark(len(text), piece.at_ms, piece.speaker, bool(piece.speaker)))
            text += piece.text
    return text, marks


def _speech_only(
    text: str, marks: Sequence[_Mark], names: frozenset[str]
) -> tuple[str, list[_Mark]]:
    """Blank out what is no speech, keeping every position; return it with the speaker marks."""
    turns = [mark for mark in marks if mark.turn]
    text = _MASKED.sub(lambda m: "[__]".ljust(len(m[0])), text)
    text = _BRACKETS.sub(lambda m: m[0] if m[0] == "[__]" else " " * len(m[0]), text)
    text = _PARENTHESES.sub(lambda m: " " * len(m[0]) if _SOUND.search(m[0]) else m[0], text)
    text = _NOTES.sub(lambda m: " " * len(m[0]), text)
    for chevrons in _CHEVRONS.finditer(text):
        turns.append(_Mark(chevrons.start(), turn=True))
    text = _CHEVRONS.sub(lambda m: " " * len(m[0]), text)
    begin = 0
    for line in text.split("\n"):
        text, found = _line_start(text, begin, line, names)
        turns += found
        begin += len(line) + 1
    return text, sorted(turns, key=lambda mark: mark.at)


def _line_start(text: str, begin: int, line: str, names: frozenset[str]) -> tuple[str, list[_Mark]]:
    """Blank out a dash and a speaker's name at the start of a line."""
    turns = []
    dash = _DASH.match(line)
    if dash:
        turns.append(_Mark(begin, turn=True))
    prefix = _PREFIX.match(line, dash.end() if dash else 0)
    end = dash.end() if dash else 0
    if prefix and prefix["name"] in names:
        turns.append(_Mark(begin, speaker=prefix["name"], turn=True))
        end = prefix.end()
    return text[:begin] + " " * end + text[begin + end :], turns


def _speaker_names(cues: Sequence[Cue]) -> frozenset[str]:
    """Find which `Name:` prefixes are speakers rather than speech such as `Remember: ...`.

    A title or a role is enough. Otherwise several different names, or one in capitals that comes
    back, make a dialogue; a lone capitalised word with a colon is believed to be spoken.
    """
    seen: Counter[str] = Counter()
    for cue in cues:
        for text in cue.texts:
            line = _BRACKETS.sub(" ", _CHEVRONS.sub(" ", text)).strip()
            dash = _DASH.match(line)
            prefix = _PREFIX.match(line, dash.end() if dash else 0)
            if prefix:
                seen[prefix["name"]] += 1
    sure = {name for name in seen if _TITLED.match(name) or _ROLE.match(name)}
    capitals = {name for name in seen if name.isupper() and len(name) > 1}
    if len(capitals | sure) > 1:
        sure |= capitals
    sure |= {name for name in capitals if seen[name] > 1}
    repeated = {name for name in seen if seen[name] > 1}
    if len(repeated | sure) > 1:
        sure |= repeated
    return frozenset(sure)


def _tokens(text: str, marks: Sequence[_Mark]) -> list[_Token]:
    """Split a text into words, at spaces and, in scripts without spaces, at the word times."""
    times = {mark.at: mark.ms for mark in marks if mark.ms is not None}
    tokens: list[_Token] = []
    for run in _TOKEN.finditer(text):
        cuts = [at for at in sorted(times) if run.start() < at < run.end() and _parts(text, at)]
        for begin, end in pairwise([run.start(), *cuts, run.end()]):
            _add(tokens, _Token(text[begin:end], begin, _time_at(text, begin, times)))
    return tokens


def _parts(text: str, at: int) -> bool:
    """Tell whether a word time inside a run of letters parts two words."""
    return bool(UNSPACED.match(text[at - 1]) or UNSPACED.match(text[at]))


def _add(tokens: list[_Token], token: _Token) -> None:
    """Add a word; a lone mark such as a dash goes to the word before it."""
    if tokens and not _said(token.text):
        tokens[-1] = tokens[-1]._replace(text=_marked(tokens[-1].text, token.text))
    else:
        tokens.append(token)


def _said(text: str) -> bool:
    """Tell a word from a lone punctuation mark. `%` and the like are said; so is a hidden word."""
    return _SPEAKABLE.search(text) is not None


def _marked(text: str, mark: str) -> str:
    """Add a lone mark to the word before it, as the text would be written."""
    return text + mark if UNSPACED.match(text[-1]) or mark[0] in "。、！？" else f"{text} {mark}"


def _time_at(text: str, begin: int, times: Mapping[int, int]) -> int | None:
    """Find the time of the word that begins here: its own, or that of the space before it."""
    at = begin
    while at > 0 and at not in times and text[at - 1].isspace():
        at -= 1
    return times.get(at)


def _starts(tokens: Sequence[_Token], start_ms: int, limit: int) -> list[int]:
    """Give every word a start, and one more at the end: known times, and between them by length."""
    known = [(-1, start_ms)] if not tokens or tokens[0].ms is None else []
    known += [(n, token.ms) for n, token in enumerate(tokens) if token.ms is not None]
    starts = [start_ms] * (len(tokens) + 1)
    for (first, begin), (last, end) in pairwise([*known, (len(tokens), limit)]):
        begin_at = max(first, 0)
        weights = [len(token.text) + 1 for token in tokens[begin_at:last]]
        whole, done = sum(weights) or 1, 0
        for number, weight in enumerate(weights, start=begin_at):
            starts[number] = begin + max(end - begin, 0) * done // whole
            done += weight
    starts[-1] = max(limit, starts[-2] if tokens else limit)
    return starts


def _never_back(words: Sequence[Word]) -> Iterator[Word]:
    """Push a start that would go back to where the word before it starts."""
    latest = 0
    for word in words:
        if word.start_ms < latest:
            word = word._replace(start_ms=latest, end_ms=max(latest, word.end_ms))  # noqa: PLW2901 - the word itself is mended
        latest = word.start_ms
        yield word
