"""Sounds and notes that captions write and nobody says: `[Music]`, `(laughs)`, a note sign."""

import re

from catalog import read_word_lists

_ANY = re.compile(r"[\[［(（【*♩♪♫♬]")
_BRACKETS = re.compile(r"[\[［][^\[\]［］]{0,80}[\]］]")
_PARENTHESES = re.compile(r"[(（【*][^()（）【】*]{1,60}[)）】*]")
_MARKS = "()（）[]［］【】*. "
_LISTS = read_word_lists("transcripts/data/sounds.toml")
_SOUNDS = "|".join(
    map(
        re.escape,
        (
            *_LISTS.words("sounds"),
            *_LISTS.words("sounds-elsewhere"),
            *_LISTS.phrases("phrases"),
        ),
    )
)
_UNSPACED_SOUNDS = "|".join(_LISTS.words("unspaced"))
_SOUND = re.compile(rf"(?<!\w)(?:{_SOUNDS})(?!\w)|{_UNSPACED_SOUNDS}", re.IGNORECASE)
_SAID = re.compile(rf"(?<!\w)(?:{'|'.join(_LISTS.words('said'))})(?!\w)", re.IGNORECASE)
_EACH = re.compile(r"[,;/&،、]|(?<!\w)(?:and|or|y|o|et|ou|und|oder)(?!\w)", re.IGNORECASE)
_NAMED = rf"(?:{'|'.join(_LISTS.words('languages'))})"
_TONGUE = "(?:language|tongue|dialect|idioma|lengua)"
_WHICH = rf"(?:(?:{'|'.join(_LISTS.words('which-language'))}) )+"
_LANGUAGE = rf"(?:an? )?(?:{_NAMED}(?: {_TONGUE})?|{_WHICH}{_TONGUE})"
_SPEAKS = re.compile(
    rf"(?:{'|'.join(_LISTS.words('speaks'))})(?: (?:in|en|auf))? {_LANGUAGE}", re.IGNORECASE
)
_IN_LANGUAGE = re.compile(rf"(?:in|en|auf) {_LANGUAGE}", re.IGNORECASE)
_MOST_SOUND_WORDS = 4
_NOTES = re.compile("#{0,3}[♩♪♫♬]+#{0,3}")


def without_sounds(text: str) -> str:
    """Blank out sound marks, all other brackets and notes; the text stays as long as it was."""
    if not _ANY.search(text):
        return text
    text = _BRACKETS.sub(lambda m: m[0] if m[0] == "[__]" else _blank(m), text)
    text = _PARENTHESES.sub(lambda m: _blank(m) if _is_marked(m) else m[0], text)
    return _NOTES.sub(_blank, text)


def is_sound(text: str) -> bool:
    """Whether this is a sound, as `(laughs softly)`, not a remark that only mentions one.

    Of several each is one: `(cough, fever)` lists what somebody has. What is not understood counts,
    as `(speaking Spanish)`.
    """
    inner = " ".join(text.strip(_MARKS).split())
    if _SPEAKS.fullmatch(inner) or _IN_LANGUAGE.fullmatch(inner):
        return True
    if not _SOUND.search(inner) or len(inner.split()) > _MOST_SOUND_WORDS or _SAID.search(inner):
        return False
    return all(_SOUND.search(part) for part in _EACH.split(inner) if part.strip())


def _is_marked(match: re.Match[str]) -> bool:
    """Whether parentheses hold a sound; `(in Spanish)` tells how what follows is said."""
    begun = match.string[: match.start()].rpartition("\n")[2].strip()
    inner = match[0].strip(_MARKS)
    return is_sound(match[0]) and not (begun and _IN_LANGUAGE.fullmatch(inner))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
