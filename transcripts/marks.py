"""What captions write that nobody says: sound marks, speakers' names, marks of a new speaker.

Sound marks (`[Music]`, `(laughs)`, notes), speaker prefixes (`DR. SHAW:`), dashes and `>>` are
blanked out in place, so that every other character keeps its position. `[ __ ]`, which hides a
word, stands for that word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

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
_CHEVRONS = re.compile(r">>+|＞＞")
_DASH = re.compile(r"\s*(?:[-–]\s+(?=\S)|[-–—]\s*(?=[A-ZÀ-ÖØ-Þ¿¡]))")
_PREFIX = re.compile(
    r"\s*(?P<name>[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: [A-ZÀ-ÖØ-Þ0-9][\w.'’-]*){0,4})"
    r"(?: \([^()]{1,30}\))?:(?=\s|$)"
)
_TITLED = re.compile(r"(dr|dra|doctor|mr|mrs|ms|prof|professor|nurse)\b\.?", re.IGNORECASE)
_ROLE = re.compile(
    r"(interviewer|interviewee|host|moderator|narrator|speaker|doctor|patient|advocate|expert|"
    r"man|woman|audience|announcer|q|a)( \d+)?\Z",
    re.IGNORECASE,
)
# Words that a speaker puts before a colon.
_ORDINARY = frozenset(
    "remember note example question answer first second third finally important warning reminder "
    "tip summary so and but now also plus again meaning".split()
)
_LETTERS = re.compile(r"[\w.'’-]+")


class Turn(NamedTuple):
    """From character `at` on somebody else may be speaking: `speaker`, where it is said who."""

    at: int
    speaker: str = ""


def speech_only(
    text: str, turns: Iterable[Turn], names: frozenset[str]
) -> tuple[str, tuple[Turn, ...]]:
    """Blank out what is no speech; return the text, as long as before, and where speakers change.

    `turns` are those known already, `names` the prefixes that are speakers.
    """
    text = _MASKED.sub(lambda m: "[__]".ljust(len(m[0])), text)
    text = _BRACKETS.sub(lambda m: m[0] if m[0] == "[__]" else _blank(m), text)
    text = _PARENTHESES.sub(lambda m: _blank(m) if _is_sound(m[0]) else m[0], text)
    text = _NOTES.sub(_blank, text)
    found = [*turns, *(Turn(m.start()) for m in _CHEVRONS.finditer(text))]
    lines: list[str] = []
    begin = 0
    for line in _CHEVRONS.sub(_blank, text).split("\n"):
        end, more = _line_start(line, begin, names)
        lines.append(" " * end + line[end:])
        found += more
        begin += len(line) + 1
    return "\n".join(lines), tuple(sorted(found, key=lambda turn: turn.at))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_sound(text: str) -> bool:
    """Tell `(laughs softly)` from a remark that only mentions a sound."""
    return _SOUND.search(text) is not None and len(text.split()) <= _MOST_SOUND_WORDS


def _line_start(line: str, begin: int, names: frozenset[str]) -> tuple[int, list[Turn]]:
    """Find where the speech of a line begins, behind a dash and a speaker's name."""
    dash = _DASH.match(line)
    end = dash.end() if dash else 0
    turns = [Turn(begin)] if dash else []
    prefix = _PREFIX.match(line, end)
    if prefix and prefix["name"] in names:
        turns.append(Turn(begin, prefix["name"]))
        end = prefix.end()
    return end, turns


def speaker_names(lines: Iterable[str]) -> frozenset[str]:
    """Find which `Name:` prefixes are speakers rather than speech such as `Remember: ...`.

    A title or a role is enough, and so are several words in capitals. Otherwise a prefix has to
    come back, and in a mixed spelling beside another speaker. A word that is also said in the
    middle of a line (`NSCLC`, `remember`) is believed to be speech: no speech may be lost.
    """
    seen: Counter[str] = Counter()
    spoken = set(_ORDINARY)
    for line in lines:
        text = _BRACKETS.sub(" ", _CHEVRONS.sub(" ", line)).strip()
        dash = _DASH.match(text)
        prefix = _PREFIX.match(text, dash.end() if dash else 0)
        if prefix:
            seen[prefix["name"]] += 1
        spoken.update(_LETTERS.findall(text, prefix.end() if prefix else 0))
    sure = {name for name in seen if _TITLED.match(name) or _ROLE.match(name)}
    names = {name for name in seen if not _is_said(name, spoken)}
    again = {name for name in names if seen[name] > 1}
    sure |= {name for name in names if name.isupper() and (" " in name or name in again)}
    return frozenset(sure | again if len(sure | again) > 1 else sure)


def _is_said(name: str, spoken: set[str]) -> bool:
    """Tell whether every word of a prefix is used as an ordinary word elsewhere."""
    ordinary = name if name.isupper() else name.lower()
    return all(word in spoken for word in ordinary.split())
