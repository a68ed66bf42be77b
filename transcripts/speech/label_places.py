"""Where a speaker's label may stand, and labels in forms that are never sure.

The latter stay speech, but nobody knows who speaks from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transcripts.speech.annotations import is_sound, without_sounds
from transcripts.speech.labels import CAPITAL, LOW, NAME, PREFIX, ROLE, is_a_thing, is_ordinary
from transcripts.speech.speakers import at_sentence_end, is_sure, looks_like_a_name

_CHEVRONS = r"(?:(?:>>+|＞＞)\s*+)++"
_BRACKETED = r"\[[^\[\]\n]{1,80}\]|\([^()\n]{1,60}\)|（[^（）\n]{1,60}）|\{[^{}\n]{1,60}\}"
_OPENS = re.compile(
    rf"(?P<chevrons>{_CHEVRONS})|\n|(?<=\s)(?={PREFIX}|{_BRACKETED}|[>＞›]\s*[{CAPITAL}¿¡])"
)
# How far back the end of a sentence is sought, behind a sound.
_BACK = 60


_ENCLOSED = re.compile(r"\s*[(（{]\s*(?P<name>[^()（）{}\n]{1,60}?)\s*[)）}]")
_DASHED = re.compile(rf"\s*(?P<name>{NAME})(?: +[-–—] +|; )")
_MARKED = re.compile(r"\s*[>＞›»≫]\s*(?![\d\s=])")
_OTHER_SCRIPT = re.compile(r"\s*(?:[^\x00-\u024f\s:：]{1,20} ?){1,4}[:：]")
_NEW = re.compile(r"\b(?:speaker|voice|hablante)\b", re.IGNORECASE)


class SpeechPart(NamedTuple):
    """A part of a text, from `begin` to `end`; the next one begins at `after`.

    `announced` says that a `>>` stands at `at`, `fresh` that the sentence before had ended.
    """

    at: int
    begin: int
    end: int
    after: int
    announced: bool
    fresh: bool


def parts_of(text: str, fresh: bool = True) -> Iterator[SpeechPart]:
    """Cut a text at its lines, at `>>`, and before what may be a label behind an ended sentence.

    `fresh` says whether the sentence before this text had ended.
    """
    at, begin, announced = 0, 0, False
    for mark in _OPENS.finditer(text):
        said = without_sounds(text[max(begin, mark.start() - _BACK) : mark.start()])
        ended = at_sentence_end(said)
        if not mark[0] and (not said.strip() or not ended):
            continue
        yield SpeechPart(at, begin, mark.start(), mark.end(), announced, fresh)
        at, begin = mark.span()
        announced = mark["chevrons"] is not None
        fresh = announced or ended
    yield SpeechPart(at, begin, len(text), len(text), announced, fresh)


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
