"""Tells names of speakers from words that only look so: `DR. SHAW:` from `Remember:`.

No speech may be lost, and no words may stand under the wrong name. So a prefix is a name only when
that is sure; where it may be one, it stays speech, and who speaks from there on is not known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_WRITTEN = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: [A-ZÀ-ÖØ-Þ0-9][\w.'’-]*){0,4}"
_PREFIX = re.compile(rf"\s*(?P<name>{_WRITTEN})(?: \([^()]{{1,30}}\))?:(?=\s|$)")
_NAME = re.compile(_WRITTEN)
_TITLED = re.compile(r"(dr|dra|doctor|mr|mrs|ms|prof|professor|nurse)\b\.?", re.IGNORECASE)
_ROLE = re.compile(
    r"(interviewer|interviewee|host|moderator|narrator|speaker|doctor|patient|advocate|expert|"
    r"man|woman|audience|announcer|q|a)( \d+)?\Z",
    re.IGNORECASE,
)
# Words that a speaker, or who wrote the captions, puts before a colon.
_ORDINARY = frozenset(
    "remember note notes example question questions answer answers first second third finally "
    "important warning reminder tip tips summary so and but now also plus again meaning caution "
    "disclaimer source sources step steps part chapter section point points key fact facts myth "
    "myths truth conclusion results background methods side effects bottom line goal goals today "
    "attention recall total result problem solution option options one two three four five "
    "recuerde recuerda nota ejemplo pregunta respuesta importante consejo paso parte".split()
)
# Written in capitals and said as words; what is shorter is never taken for a name seen once.
_ABBREVIATIONS = frozenset(
    "kras braf egfr ebus vats sabr imrt aids nsaid nsaids covid asco esmo nice hipaa ecog recist "
    "naloxone elisa nato unicef nasa".split()
)
_MOST_NAMES = 3
_SHORTEST_ALONE = 4
_VOWEL = re.compile("[AEIOUYÀ-ÆÈ-ÖØ-Ý]")
_LETTERS = re.compile(r"[\w.'’-]+")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*\Z")


class Names(NamedTuple):
    """The prefixes of a track: `sure` are speakers, `doubtful` may be."""

    sure: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()


class Opening(NamedTuple):
    """A piece of text at whose start a name may stand: a line, or what follows `>>`.

    `announced` says that `>>` stands before it, `fresh` that the sentence before had ended.
    """

    text: str
    announced: bool = False
    fresh: bool = False


def prefix_at(text: str, begin: int = 0) -> re.Match[str] | None:
    """The `Name:` that begins here, if any; its group "name" is the name."""
    return _PREFIX.match(text, begin)


def looks_like_a_name(text: str) -> bool:
    """Tell whether each word of a text begins as a name does, and it is no ordinary one."""
    return _NAME.fullmatch(text) is not None and not _is_ordinary(text)


def is_sure(name: str) -> bool:
    """Tell whether a title or a role makes it a speaker: `DR. SHAW`, `Interviewer`."""
    return bool(_TITLED.match(name) or _ROLE.match(name))


def is_ended_line(text: str) -> bool:
    """Tell whether a line of captions ends a sentence, or says nothing."""
    return not text or _ENDED.search(text[-8:]) is not None


def speaker_names(openings: Iterable[Opening]) -> Names:
    """Find which `Name:` prefixes are speakers rather than speech such as `Remember: ...`.

    A title or a role is enough, and so are several words in capitals, a name behind `>>`, and one
    in capitals that opens a sentence. Otherwise a prefix has to come back, and in a mixed spelling
    beside another speaker. A word that is also said in the middle of a line (`NSCLC`, `remember`)
    is believed to be speech.
    """
    seen: Counter[str] = Counter()
    alone: set[str] = set()
    spoken: set[str] = set()
    announced: set[str] = set()
    capital = small = 0
    for opening in openings:
        prefix = prefix_at(opening.text)
        rest = opening.text[prefix.end() :] if prefix else opening.text
        capital, small = capital + rest.isupper(), small + (rest.upper() != rest)
        for word in _LETTERS.findall(rest):
            spoken |= {word, word.rstrip(".'’-")}
        if prefix:
            name = prefix["name"]
            seen[name] += 1
            if opening.announced:
                announced.add(name)
            if opening.fresh and rest.lstrip(" \"'“‘«¿¡-–—")[:1].isupper():
                alone.add(name)
    sure = {name for name in seen if is_sure(name)}
    names = {name for name in seen if not _is_said(name, spoken)}
    again = {name for name in names if seen[name] > 1}
    sure |= {name for name in names & announced if len(name.split()) <= _MOST_NAMES}
    sure |= {name for name in names if name.isupper() and (" " in name or name in again)}
    if small > capital:  # where all is in capitals, they tell nothing
        sure |= {name for name in names & alone if _is_like_a_name(name, spoken)}
    sure |= again if len(sure | again) > 1 else set()
    return Names(frozenset(sure), frozenset(names - sure))


def _is_said(name: str, spoken: set[str]) -> bool:
    """Tell whether every word of a prefix is an ordinary one, or is used as such elsewhere."""
    ordinary = name if name.isupper() else name.lower()
    return _is_ordinary(name) or all(word in spoken for word in ordinary.split())


def _is_ordinary(name: str) -> bool:
    return all(word in _ORDINARY or word.isdigit() for word in name.lower().split())


def _is_like_a_name(name: str, spoken: set[str]) -> bool:
    """Tell `JOHN` from an abbreviation, and from a word that is said elsewhere in small letters."""
    return (
        name.isupper()
        and len(name) >= _SHORTEST_ALONE
        and name.replace("-", "").replace("'", "").replace("’", "").isalpha()
        and _VOWEL.search(name) is not None
        and name.lower() not in _ABBREVIATIONS | spoken
    )
