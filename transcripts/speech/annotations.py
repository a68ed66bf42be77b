"""Sounds and notes that captions write and nobody says: `[Music]`, `(laughs)`, a note sign."""

import re

from catalog import read_word_lists

_BRACKETS = re.compile(r"\[[^\[\]]{0,80}\]")
_PARENTHESES = re.compile(r"[(（][^()（）]{1,60}[)）]")
_LISTS = read_word_lists("transcripts/data/sounds.toml")
_SOUNDS = "|".join((*_LISTS.words("sounds"), *_LISTS.phrases("phrases")))
_UNSPACED_SOUNDS = "|".join(_LISTS.words("unspaced"))
_SOUND = re.compile(rf"\b(?:(?:{_SOUNDS})\b|{_UNSPACED_SOUNDS})", re.IGNORECASE)
_MOST_SOUND_WORDS = 4
_NOTES = re.compile("#{0,3}[♩♪♫♬]+#{0,3}")


def without_sounds(text: str) -> str:
    """Blank out sound marks, all other brackets and notes; the text stays as long as it was."""
    text = _BRACKETS.sub(lambda m: m[0] if m[0] == "[__]" else _blank(m), text)
    text = _PARENTHESES.sub(lambda m: _blank(m) if is_sound(m[0]) else m[0], text)
    return _NOTES.sub(_blank, text)


def is_sound(text: str) -> bool:
    """Whether this is a sound, as `(laughs softly)`, not a remark that only mentions one."""
    return _SOUND.search(text) is not None and len(text.split()) <= _MOST_SOUND_WORDS


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
