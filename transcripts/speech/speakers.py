"""Tells names of speakers from words that only look so: `DR. SHAW:` from `Remember:`.

No speech may be lost, and no words may stand under the wrong name. So a prefix is a name only when
that is sure; where it may be one, it stays speech, and who speaks from there on is not known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from transcripts.speech.labels import (
    DEGREE,
    LONGEST_NAME,
    NAME,
    PREFIX,
    ROLE,
    TITLED,
    is_a_thing,
    is_ordinary,
)

_PREFIX = re.compile(rf"\s*{PREFIX}")
_NAME = re.compile(NAME)
_MOST_NAMES = 5
_SHORTEST_ALONE = 4
_VOWEL = re.compile("[AEIOUYÀ-ÆÈ-ÖØ-Ý]")
_LETTERS = re.compile(r"[\w.'’-]+")
# `I see, MARY.` speaks to somebody; `MARY went` may be any word in capitals.
_ADDRESSED = re.compile(rf"(?:\A|[,;.!?…¿¡—])\s*{NAME}(?=\s*(?:[,;.!?…—]|\Z))")
_ENDED = re.compile(r"(?:[.!?…。！？—–♪]|--|\s-)[\"'”’»)\]]*\Z")
_ABBREVIATED = re.compile(r"\b(?:(?i:dr|dra|mr|mrs|ms|sr|sra|prof|st|vs)|[A-Z])\.\Z")
_PAIRS = (("Q", "A"), ("P", "R"))
_FEW = 10


class SpeakerNames(NamedTuple):
    """The speakers of a track: `sure` where a sentence begins, `firm` also in the midst of one."""

    sure: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()

    def at(self, fresh: bool) -> frozenset[str]:
        """The names that are sure at a place, which is `fresh` where a sentence has ended."""
        return self.sure if fresh else self.firm


class LabelPlace(NamedTuple):
    """A piece of text at whose start a name may stand: a line, what follows `>>`, or a label.

    `fresh` says that the sentence before had ended, or that `>>` or a dash stands before it.
    """

    text: str
    fresh: bool = False


class _LabelStatistics:
    """What a track's prefixes and words tell."""

    def __init__(self) -> None:
        self.often: Counter[str] = Counter()
        self.fresh: set[str] = set()
        self.opening: set[str] = set()
        self.spoken: set[str] = set()
        self.lines = self.ended = self.capital = self.small = 0

    def add(self, opening: LabelPlace) -> None:
        """Take in one more piece of the track."""
        prefix = prefix_at(opening.text)
        rest = opening.text[prefix.end() :] if prefix else opening.text
        self.lines, self.ended = self.lines + 1, self.ended + at_sentence_end(rest)
        self.capital += rest.isupper()
        self.small += rest.upper() != rest
        for word in _LETTERS.findall(_ADDRESSED.sub(" ", rest)):
            self.spoken |= {word, word.rstrip(".'’-")}
        if prefix:
            name = name_in(prefix)
            self.often[name] += 1
            if opening.fresh:
                self.fresh.add(name)
                if not rest.lstrip(" \"'“‘«¿¡-–—")[:1].islower():
                    self.opening.add(name)

    @property
    def loose(self) -> bool:
        """Whether these captions hardly mark where a sentence ends."""
        return self.ended * _FEW < self.lines

    @property
    def mixed(self) -> bool:
        """Whether capitals tell anything."""
        return self.small > self.capital

    def is_said(self, name: str) -> bool:
        """Tell whether every word of a prefix is used as an ordinary one elsewhere."""
        return all(word in self.spoken for word in _as_said(name).split())

    def is_a_capital_name(self, name: str) -> bool:
        """Tell `MARY`, who is also spoken of, from an abbreviation and from a common word."""
        return (
            self.mixed
            and name.isupper()
            and len(name) >= _SHORTEST_ALONE
            and re.sub(r"['’ -]", "", name).isalpha()
            and _VOWEL.search(name) is not None
            and name.lower() not in self.spoken
        )


def prefix_at(text: str, begin: int = 0) -> re.Match[str] | None:
    """The `Name:` that begins here, if any; `name_in` tells its name."""
    return _PREFIX.match(text, begin)


def name_in(prefix: re.Match[str]) -> str:
    """The name that a prefix gives."""
    return " ".join(prefix["name"].split())


def looks_like_a_name(text: str) -> bool:
    """Tell whether each word of a text begins as a name does, and it is no ordinary one."""
    return _NAME.fullmatch(text) is not None and not is_ordinary(text)


def is_sure(name: str) -> bool:
    """Tell whether a title with a surname, or a role, makes it a speaker: `DR. SHAW`, `Doctor`."""
    if not _is_bounded(name) or not _has_only_degrees(name):
        return False
    return bool(ROLE.match(name) or (TITLED.match(name) and len(name.split()) <= _MOST_NAMES))


def at_sentence_end(text: str) -> bool:
    """Tell whether a text ends a sentence, or says nothing."""
    tail = text[-12:].rstrip()
    return not tail or (_ENDED.search(tail) is not None and _ABBREVIATED.search(tail) is None)


def speaker_names(openings: Iterable[LabelPlace]) -> SpeakerNames:
    """Find which `Name:` prefixes are speakers rather than speech such as `Remember: ...`.

    Seen once, a prefix is one only by a title with a surname or a role where a sentence begins.
    Any other has to come back, and in a mixed spelling, or when it is also said, beside another
    speaker. Words of headings (`TARGETED THERAPY`), medicines and single letters are none.
    """
    seen = _LabelStatistics()
    for opening in openings:
        seen.add(opening)
    once = {name for name in seen.often if is_sure(name) and _is_a_label(name, seen)}
    again = {name for name, times in seen.often.items() if times > 1 and _may_be(name)}
    again = {n for n in again if n in seen.fresh or seen.loose or seen.is_a_capital_name(n)}
    said = {name for name in again if seen.is_said(name) and not is_sure(name)}
    capitals = {name for name in said if seen.is_a_capital_name(name)}
    again = (again - said) | capitals
    sure = once | {name for name in again - said if name.isupper()}
    sure |= again if len(sure | again) > 1 else set()
    for pair in _PAIRS:
        if all(name in seen.fresh and seen.often[name] > 1 for name in pair):
            sure |= set(pair)
    return SpeakerNames(frozenset(sure), frozenset(name for name in sure if _is_firm(name, seen)))


def _is_a_label(name: str, seen: _LabelStatistics) -> bool:
    """Tell `Doctor: Take it` from `Doctor: she said`, and both from `Man: I was tired`.

    `DR. SHAW` in capitals is nothing but a label, whether or not the sentence before has ended.
    """
    clear = seen.mixed and name.isupper()
    if name not in seen.fresh:
        return clear and TITLED.match(name) is not None
    return clear or seen.often[name] > 1 or (name in seen.opening and name != "Man")


def _is_firm(name: str, seen: _LabelStatistics) -> bool:
    """Tell whether a speaker's name is one even where the sentence before has not ended."""
    if len(name) == 1:
        return False
    return seen.loose or (seen.mixed and name.isupper() and name not in seen.spoken)


def _may_be(name: str) -> bool:
    """Tell whether somebody may have this name."""
    if is_sure(name):
        return True
    possible = not is_ordinary(name) and not is_a_thing(name)
    return possible and _is_bounded(name) and _has_only_degrees(name)


def _has_only_degrees(name: str) -> bool:
    """Tell `Ana Ruiz, MD` and `JOHN, PATIENT` from `Well, Mary`."""
    tails = (tail.strip() for tail in name.split(",")[1:])
    return all(DEGREE.match(tail) or ROLE.match(tail) for tail in tails)


def _is_bounded(name: str) -> bool:
    return len(name) <= LONGEST_NAME


def _as_said(name: str) -> str:
    return name if name.isupper() else name.lower()
