"""What captions write that nobody says: sound marks, speakers' names, marks of a new speaker.

Sound marks (`[Music]`, `(laughs)`, notes), speaker prefixes (`DR. SHAW:`), dashes and `>>` are
blanked out in place, so that every other character keeps its position. `[ __ ]`, which hides a
word, stands for that word. `names.py` says which prefixes are speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from transcripts.names import Names, Opening, is_ended_line, is_sure, looks_like_a_name, prefix_at

_MASKED = re.compile(r"\[\s{0,5}__\s{0,5}\]")
_BRACKETS = re.compile(r"\[[^\[\]]{0,80}\]")
_PARENTHESES = re.compile(r"[(（][^()（）]{1,60}[)）]")
_SOUND = re.compile(
    r"\b(music|musique|música|musica|musik|laugh\w*|chuckl\w*|rires?|risas?|ríe|applau\w*|"
    r"aplausos?|claps?|clapping|cheer\w*|sighs?|coughs?|coughing|gasps?|sobs?|crying|inaudible|"
    r"crosstalk|silence|clears? throat|sniffs?|whispers?|beep|音楽|拍手|笑)",
    re.IGNORECASE,
)
_MOST_SOUND_WORDS = 4
_NOTES = re.compile("#{0,3}[♩♪♫♬]+#{0,3}")
_CHEVRONS = re.compile(r"(?:(?:>>+|＞＞)\s*+)++")
_OPENS = re.compile(rf"{_CHEVRONS.pattern}|\n")
_DASH = re.compile(r"\s*(?:[-–]\s+(?=\S)|[-–—]\s*(?=[A-ZÀ-ÖØ-Þ¿¡]))")
_LABEL = re.compile(r"\s*\[(?P<name>[^\[\]]{1,40})\](?P<colon>:(?=\s|$))?")


class Turn(NamedTuple):
    """From character `at` on somebody else is speaking: `speaker`, where it is said who.

    `lost` says instead that nobody knows who speaks from there on, the same person or another.
    """

    at: int
    speaker: str = ""
    lost: bool = False


class _Start(NamedTuple):
    """Where a name may stand: at a line's start, or, `announced`, behind a `>>` at `at`."""

    at: int
    begin: int
    end: int
    announced: bool


def speech_only(text: str, turns: Iterable[Turn], names: Names) -> tuple[str, tuple[Turn, ...]]:
    """Blank out what is no speech; return the text, as long as before, and where speakers change.

    `turns` are those known already, `names` the prefixes of the track. Where voices are known, a
    prefix that may be a name takes nothing from them.
    """
    text = _MASKED.sub(lambda m: "[__]".ljust(len(m[0])), text)
    found = list(turns)
    voiced = any(turn.speaker for turn in found)
    parts: list[str] = []
    for start in _starts(text):
        end, more = _begun(text[start.begin : start.end], start, names)
        found += [turn for turn in more if not (turn.lost and voiced)]
        parts.append(" " * end + text[start.begin + end : start.end])
        parts.append(_spaced(text[start.end : _next(text, start.end)]))
    return _without_sounds("".join(parts)), tuple(sorted(found, key=_order))


def openings(lines: Iterable[str]) -> Iterator[Opening]:
    """The places of a track's lines where a speaker's name may stand."""
    fresh = True
    for line in lines:
        for start in _starts(line):
            text = _BRACKETS.sub(" ", line[start.begin : start.end]).strip()
            dash = _DASH.match(text)
            said = text[dash.end() :] if dash else text
            yield Opening(said, start.announced, fresh or start.announced or dash is not None)
            fresh = is_ended_line(text)


def _starts(text: str) -> Iterator[_Start]:
    """Cut a text at its lines and at `>>`; neither break is in any part."""
    at, begin, announced = 0, 0, False
    for mark in _OPENS.finditer(text):
        yield _Start(at, begin, mark.start(), announced)
        at, begin = mark.span()
        announced = mark[0] != "\n"
    yield _Start(at, begin, len(text), announced)


def _next(text: str, at: int) -> int:
    """Where the part behind the break at `at` begins."""
    mark = _OPENS.match(text, at)
    return mark.end() if mark else at


def _spaced(mark: str) -> str:
    return "".join("\n" if char == "\n" else " " for char in mark)


def _order(turn: Turn) -> tuple[int, bool]:
    """Order turns; of two at one place the one that names somebody tells more."""
    return turn.at, bool(turn.speaker)


def _begun(text: str, start: _Start, names: Names) -> tuple[int, list[Turn]]:
    """Find where the speech of a part begins, behind a dash and a speaker's name."""
    turns = [Turn(start.at)] if start.announced else []
    clear = _without_sounds(text)
    dash = _DASH.match(clear)
    turns += [Turn(start.begin)] if dash else []
    end = dash.end() if dash else 0
    label = _LABEL.match(text, end if dash else 0)
    if label and looks_like_a_name(label["name"]) and not _is_sound(label["name"]):
        sure = label["colon"] or is_sure(label["name"])
        named = Turn(start.begin, label["name"]) if sure else Turn(start.begin, lost=True)
        return label.end() if label["colon"] else end, [*turns, named]
    prefix = prefix_at(clear, end)
    if prefix and prefix["name"] in names.sure:
        return prefix.end(), [*turns, Turn(start.begin, prefix["name"])]
    if prefix and prefix["name"] in names.doubtful:
        turns.append(Turn(start.begin, lost=True))
    return end, turns


def _without_sounds(text: str) -> str:
    """Blank out sound marks and notes."""
    text = _BRACKETS.sub(lambda m: m[0] if m[0] == "[__]" else _blank(m), text)
    text = _PARENTHESES.sub(lambda m: _blank(m) if _is_sound(m[0]) else m[0], text)
    return _NOTES.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_sound(text: str) -> bool:
    """Tell `(laughs softly)` from a remark that only mentions a sound."""
    return _SOUND.search(text) is not None and len(text.split()) <= _MOST_SOUND_WORDS
