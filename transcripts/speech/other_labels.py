"""Labels in forms that are never sure: they stay speech, but nobody knows who speaks from there."""

from __future__ import annotations

import re

from transcripts.speech.annotations import is_sound
from transcripts.speech.labels import CAPITAL, LOW, NAME, ROLE, is_a_thing, is_ordinary
from transcripts.speech.speakers import is_sure, looks_like_a_name

_ENCLOSED = re.compile(r"\s*[(（{]\s*(?P<name>[^()（）{}\n]{1,60}?)\s*[)）}]")
_DASHED = re.compile(rf"\s*(?P<name>{NAME})(?: +[-–—] +|; )")
_MARKED = re.compile(r"\s*[>＞›»≫]\s*(?![\d\s=])")
_OTHER_SCRIPT = re.compile(r"\s*(?:[^\x00-\u024f\s:：]{1,20} ?){1,4}[:：]")
_NEW = re.compile(r"\b(?:speaker|voice|hablante)\b", re.IGNORECASE)


def is_another_label(text: str, names: frozenset[str]) -> bool:
    """Tell whether a text begins with `(Interviewer)`, `DR. LEE –`, `interviewer:` or `>`."""
    enclosed = _ENCLOSED.match(text)
    if enclosed and may_be_a_speaker(enclosed["name"]):
        return True
    dashed = _DASHED.match(text)
    if dashed and _is_named(" ".join(dashed["name"].split()), names):
        return True
    return any(form.match(text) for form in (_MARKED, LOW, _OTHER_SCRIPT))


def is_marked_line(text: str) -> bool:
    """Tell whether a text begins with `>` and a capital, which is a label in any place."""
    return re.match(rf"\s*[>＞›≫]\s*[{CAPITAL}¿¡]", text) is not None


def may_be_a_speaker(name: str) -> bool:
    """Tell whether what stands in brackets may say who speaks, and not what is heard."""
    if is_sound(name):
        return False
    if ROLE.match(name) or _NEW.search(name):
        return True
    return looks_like_a_name(name) and not is_a_thing(name)


def _is_named(name: str, names: frozenset[str]) -> bool:
    capital = name.isupper() and not is_a_thing(name) and not is_ordinary(name)
    return capital or is_sure(name) or name in names
