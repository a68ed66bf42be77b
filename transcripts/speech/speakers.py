"""Finds which labels of a track are its speakers': `DR. SHAW:` rather than `Remember:`.

No speech may be lost, and no words may stand under the wrong name. So a label is a name only when
that is sure; where it may be one, it stays speech, and who speaks from there on is not known.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from transcripts.speech.labels import (
    ADDRESSED,
    at_sentence_end,
    has_title,
    is_ordinary,
    is_thing,
    is_titled,
    is_well_formed,
    label_at,
)

_SHORTEST_ALONE = 4
_VOWEL = re.compile("[AEIOUYÀ-ÆÈ-ÖØ-Ý]")
_LETTERS = re.compile(r"[\w.'’-]+")
# `PD-L1` and `I` are written so in any track.
_LONG = re.compile(r"[^\W\d_]{4}")
_PAIRS = (("Q", "A"), ("P", "R"))
_FEW = 10


class SpeakerNames(NamedTuple):
    """The speakers of a track: `sure` where a sentence begins, `firm` also in the midst of one."""

    sure: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()

    def at(self, fresh: bool) -> frozenset[str]:
        """The names that are sure at a place, which is `fresh` where a sentence has ended."""
        return self.sure if fresh else self.firm


class _LabelStatistics:
    """What a track's labels and words tell."""

    def __init__(self, openings: Iterable[tuple[str, bool]]) -> None:
        self.often: Counter[str] = Counter()
        self.fresh: set[str] = set()
        self.opening: set[str] = set()
        self.spoken: set[str] = set()
        self._lines = self._ended = self._capital = self._small = 0
        for text, fresh in openings:
            self._add(text, fresh)
        # These captions hardly mark where a sentence ends.
        self.loose = self._ended * _FEW < self._lines
        # Capitals tell something.
        self.mixed = self._small > self._capital

    def _add(self, text: str, fresh: bool) -> None:
        label = label_at(text)
        rest = text[label.end :] if label else text
        self._lines, self._ended = self._lines + 1, self._ended + at_sentence_end(rest)
        self._capital += rest.isupper() and _LONG.search(rest) is not None
        self._small += rest.upper() != rest
        for word in _LETTERS.findall(ADDRESSED.sub(" ", rest)):
            self.spoken |= {word, word.rstrip(".'’-")}
        if label:
            self.often[label.name] += 1
            if fresh:
                self.fresh.add(label.name)
                if not rest.lstrip(" \"'“‘«¿¡-–—")[:1].islower():
                    self.opening.add(label.name)

    def is_said(self, name: str) -> bool:
        """Whether every word of a label is used as an ordinary one elsewhere."""
        said = name if name.isupper() else name.lower()
        return all(word in self.spoken for word in said.split())

    def is_capital_name(self, name: str) -> bool:
        """Whether this is a name as `MARY`, also spoken of, and no abbreviation or common word."""
        return (
            self.mixed
            and name.isupper()
            and len(name) >= _SHORTEST_ALONE
            and re.sub(r"['’ -]", "", name).isalpha()
            and _VOWEL.search(name) is not None
            and name.lower() not in self.spoken
        )

    def is_label(self, name: str) -> bool:
        """Whether a sure name is a label: `Doctor: Take it`, not `Doctor: she said` or `Man: I`.

        `DR. SHAW` in capitals is nothing else, whether or not the sentence before has ended.
        """
        clear = self.mixed and name.isupper()
        if name not in self.fresh:
            return clear and has_title(name)
        return clear or self.often[name] > 1 or (name in self.opening and name != "Man")

    def is_firm(self, name: str) -> bool:
        """Whether a speaker's name is one even where the sentence before has not ended."""
        if len(name) == 1:
            return False
        return self.loose or (self.mixed and name.isupper() and name not in self.spoken)


def speaker_names(openings: Iterable[tuple[str, bool]]) -> SpeakerNames:
    """Find which labels are speakers rather than speech such as `Remember: ...`.

    `openings` are the texts at whose start a label may stand, each with whether the sentence
    before had ended there. Seen once, a label is a speaker only by a title with a surname or a
    role where a sentence begins. Any other has to come back, and in a mixed spelling, or when it
    is also said, beside another speaker. Words of headings (`TARGETED THERAPY`), medicines and
    single letters are none.
    """
    seen = _LabelStatistics(openings)
    once = {name for name in seen.often if is_titled(name) and seen.is_label(name)}
    again = {name for name, times in seen.often.items() if times > 1 and _may_be_name(name)}
    again = {n for n in again if n in seen.fresh or seen.loose or seen.is_capital_name(n)}
    said = {name for name in again if seen.is_said(name) and not is_titled(name)}
    again = (again - said) | {name for name in said if seen.is_capital_name(name)}
    sure = once | {name for name in again - said if name.isupper()}
    sure |= again if len(sure | again) > 1 else set()
    for pair in _PAIRS:
        if all(name in seen.fresh and seen.often[name] > 1 for name in pair):
            sure |= set(pair)
    return SpeakerNames(frozenset(sure), frozenset(name for name in sure if seen.is_firm(name)))


def _may_be_name(name: str) -> bool:
    if is_titled(name):
        return True
    return not is_ordinary(name) and not is_thing(name) and is_well_formed(name)
