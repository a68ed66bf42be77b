"""How speakers' labels are written: `DR. SHAW:`, `[Interviewer]`, `JOHN –`; and what only looks so.

The words are in `transcripts/data/labels.toml`, which says what each list is for.
"""

import re
from typing import NamedTuple

from catalog import TITLES, read_word_lists
from transcripts.speech.annotations import is_sound
from transcripts.text import ABBREVIATIONS

_MOST_NAMES = 5
# Nobody has a longer name; what is longer was made to fill a page.
LONGEST_NAME = 80

_LISTS = read_word_lists("transcripts/data/labels.toml")
CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ž"
_TITLES = (*TITLES, *_LISTS.words("more-titles"))
_TITLE = rf"(?:{'|'.join(f'{title.capitalize()}|{title.upper()}' for title in _TITLES)})\."
_INITIALS = rf"(?:[{CAPITAL}]\.)+|Ph\.?D\."
_WORD = rf"[{CAPITAL}][\w'’-]*+(?:\.(?=\w)[\w'’-]*+)*(?!\.\w)"
_LINKS = f"(?:(?:{'|'.join(_LISTS.words('links'))}) )"
_PART = rf"(?:{_TITLE}|{_INITIALS}|{_WORD})"
_NAME = rf"{_PART}(?: {{1,3}}{_LINKS}{{0,3}}(?:{_PART}|#?\d{{1,4}}\b)){{0,4}}"
PREFIX = (
    rf"(?P<name>{_NAME}(?:, {{1,2}}{_PART}(?: {_PART}){{0,2}}){{0,3}})"
    rf"(?: {{1,2}}\([^()\n]{{1,30}}\))?[ \xa0]{{0,40}}(?:：|:(?=[\s\"“'‘«¿¡{CAPITAL}]|$))"
)

_ROLES = "|".join((*_LISTS.words("roles"), *_LISTS.phrases("role-phrases")))
_WHOSE = f"(?:(?:{'|'.join(_LISTS.words('role-marks'))}) )?"
_ROLE = re.compile(rf"{_WHOSE}(?:{_ROLES})(?: #?\d+)?\Z", re.IGNORECASE)
# `MS` and `MR` without a dot are an illness and a scan.
_TITLED = re.compile(
    rf"(?:(?i:{'|'.join(_LISTS.words('unstopped-titles'))})\b\.?"
    rf"|(?i:{'|'.join(_LISTS.words('whole-titles'))})|(?i:{'|'.join(TITLES)})\."
    rf"|{'|'.join(map(str.capitalize, _LISTS.words('capitalised-titles')))}) +[{CAPITAL}]"
)
# Roles written small, or a title written small with a name: never sure, and never overlooked.
_LOW = re.compile(
    rf"\s*(?:{_WHOSE}(?:{_ROLES})(?: #?\d+)?|dra?\.? [\w'’-]{{1,40}}) ?:(?=\s|$)", re.I
)
_STOPPED_DEGREES = (f"{word}.".replace(".", r"\.?") for word in _LISTS.words("stopped-degrees"))
_DEGREES = "|".join((*_STOPPED_DEGREES, *_LISTS.words("degrees")))
_DEGREE = re.compile(rf"(?:{_DEGREES})\Z", re.IGNORECASE)

_ORDINARY = _LISTS.word_set("ordinary")
_THINGS = _LISTS.word_set("things")
_BARE_TITLES = frozenset(TITLES) | _LISTS.word_set("bare-titles")
_MEDICINE = re.compile(
    rf"\w{{3,}}(?:{'|'.join(_LISTS.words('medicine-endings'))})\Z", re.IGNORECASE
)
_PREFIXED = re.compile(rf"\s*{PREFIX}")
_NAMED = re.compile(_NAME)
# `I see, MARY.` speaks to somebody; `MARY went` may be any word in capitals.
ADDRESSED = re.compile(rf"(?:\A|[,;.!?…¿¡—])\s*{_NAME}(?=\s*(?:[,;.!?…—]|\Z))")
_ENCLOSED = re.compile(r"\s*[(（{]\s*(?P<name>[^()（）{}\n]{1,60}?)\s*[)）}]")
_DASHED = re.compile(rf"\s*(?P<name>{_NAME})(?: +[-–—] +|; )")
_MARKED = re.compile(r"\s*[>＞›»≫]\s*(?![\d\s=])")
_MARKED_LINE = re.compile(rf"\s*[>＞›≫]\s*[{CAPITAL}¿¡]")
_OTHER_SCRIPT = re.compile(r"\s*(?:[^\x00-\u024f\s:：]{1,20} ?){1,4}[:：]")
_NEW = re.compile(rf"\b(?:{'|'.join(_LISTS.words('voices'))})\b", re.IGNORECASE)
_ENDED = re.compile(r"(?:[.!?…。！？—–♪]|--|\s-)[\"'”’»)\]]*\Z")
_ABBREVIATED = re.compile(rf"\b(?:(?i:{ABBREVIATIONS})|[A-Z])\.\Z")


class Label(NamedTuple):
    """A `Name:` in a text: the name, and the character behind the colon."""

    name: str
    end: int


def may_label(text: str) -> bool:
    """Whether a text has what a label ends with at all."""
    return ":" in text or "：" in text


def label_at(text: str, begin: int = 0) -> Label | None:
    """The `Name:` that begins here, whether it is a speaker's or only looks so."""
    prefix = _PREFIXED.match(text, begin)
    return Label(_joined(prefix["name"]), prefix.end()) if prefix else None


def at_sentence_end(text: str) -> bool:
    """Whether a text ends a sentence, or says nothing."""
    tail = text[-12:].rstrip()
    return not tail or (_ENDED.search(tail) is not None and _ABBREVIATED.search(tail) is None)


def is_ordinary(name: str) -> bool:
    """Whether every word is one that is often said before a colon: `Bottom line`."""
    return len(name) > 1 and all(word in _ORDINARY or word.isdigit() for word in _words(name))


def is_thing(name: str) -> bool:
    """Whether this is no name: `KRAS`, `Osimertinib`, `TARGETED THERAPY`, a single letter."""
    words = _words(name)
    if len(words) == 1 and (len(words[0]) < 2 or words[0] in _BARE_TITLES):
        return True
    return any(word in _THINGS or _MEDICINE.match(word) for word in words)


def is_person(name: str) -> bool:
    """Whether each word begins as a name does, and it is neither ordinary nor a thing."""
    return _NAMED.fullmatch(name) is not None and not is_ordinary(name) and not is_thing(name)


def is_titled(name: str) -> bool:
    """Whether this is surely a speaker: a title with a surname, as `DR. SHAW`, or a role."""
    if not is_well_formed(name):
        return False
    return bool(_ROLE.match(name) or (has_title(name) and len(name.split()) <= _MOST_NAMES))


def has_title(name: str) -> bool:
    """Whether a name begins with a title."""
    return _TITLED.match(name) is not None


def is_well_formed(name: str) -> bool:
    """Whether a name is short enough, and goes on behind a comma with a degree or role only."""
    tails = (tail.strip() for tail in name.split(",")[1:])
    short = len(name) <= LONGEST_NAME
    return short and all(_DEGREE.match(tail) or _ROLE.match(tail) for tail in tails)


def may_be_speaker(name: str) -> bool:
    """Whether what stands in brackets may say who speaks, rather than what is heard."""
    if is_sound(name):
        return False
    return bool(_ROLE.match(name) or _NEW.search(name)) or is_person(name)


def is_unsure_label(text: str, names: frozenset[str]) -> bool:
    """Whether a text begins with a label that is never sure: `(Interviewer)`, `LEE –`, `host:`."""
    if (enclosed := _ENCLOSED.match(text)) and may_be_speaker(enclosed["name"]):
        return True
    if dashed := _DASHED.match(text):
        name = _joined(dashed["name"])
        capital = name.isupper() and not is_thing(name) and not is_ordinary(name)
        if capital or is_titled(name) or name in names:
            return True
    return any(form.match(text) for form in (_MARKED, _LOW, _OTHER_SCRIPT))


def is_marked_line(text: str) -> bool:
    """Whether a text begins with `>` and a capital, which is a label in any place."""
    return _MARKED_LINE.match(text) is not None


def _words(name: str) -> list[str]:
    return [word.strip(".,") for word in name.lower().split()]


def _joined(name: str) -> str:
    return " ".join(name.split())
