"""The layout of the sheet: how many of each moment's words fit on two pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from catalog import Series
from indexer import Generation
from webapp.appointment.appointment_list import AppointmentList
from webapp.appointment.sheet import LONGEST_EXCERPT, SheetMoment, sheet_moment
from webapp.presenters.moments.moments import shared_notice

PAGES = 2
A_VISIT = 8
# So many characters of each moment are shown also where two pages do not suffice.
LEAST = 260
_STEP = 20
# A page of US Letter, the shorter paper, without margins and foot, and the head of the first one,
# in millimetres; lines are counted as on A4, the narrower one.
_PAGE_MM = 240.0
_HEAD_MM = 39.0
_HEADING_MM = 11.5
# Characters of when, and of how captions were made, in Spanish; and in a line of a question.
_ALWAYS_TOLD = 175
_IN_A_LINE = 80


@dataclass(frozen=True, slots=True)
class LetterSize:
    """What a sheet needs in letters of one size, in millimetres of paper, as it was measured.

    `said` and `told` are for a character of the words and of their source, `turn` for each
    speaker, `beside` for what else a moment needs, `least` for its code.
    """

    said: float
    told: float
    turn: float
    beside: float
    least: float
    question: float
    question_line: float


LARGE = LetterSize(0.074, 0.032, 3.8, 34, 52, 24.5, 5.5)
SMALL = LetterSize(0.0545, 0.018, 0.0, 21.0, 33, 13.0, 5.0)


@dataclass(frozen=True, slots=True)
class SpaceNeeded:
    """The characters of a moment: of its words, in so many turns, and of their source."""

    said: int = 0
    told: int = 0
    turns: int = 1


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """The moments of a list with as many of their words as fit, and on how many pages.

    `dense` asks for small letters.
    """

    moments: tuple[SheetMoment, ...]
    dense: bool
    pages: int

    @property
    def too_long(self) -> bool:
        """Whether it may need more than two pages."""
        return self.pages > PAGES

    @property
    def too_much(self) -> bool:
        """Whether it is more than a doctor can look at in one visit."""
        return len(self.moments) > A_VISIT

    @property
    def punctuated(self) -> bool:
        """Whether any words are read with punctuation that their captions lack."""
        return any(one.excerpt.punctuated for one in self.moments if one.excerpt)

    @property
    def notice(self) -> Series | None:
        """The series whose notice is said once for all moments; None where notices differ."""
        return shared_notice(one.series for one in self.moments if one.series)

    @property
    def lines(self) -> range:
        """The lines to write on below each moment and question."""
        return range(1 if self.dense else 2)


def sheet_layout(generation: Generation, wanted: AppointmentList, site: str) -> SheetLayout:
    """Look the moments up whole; cut the longest at a sentence only where two pages are too few."""
    whole = [sheet_moment(generation, kept, site) for kept in wanted.moments]
    needed = [space_needed(one) for one in whole]
    pages = pages_needed(needed, wanted.questions, LARGE)
    if pages <= PAGES:
        return SheetLayout(tuple(whole), dense=False, pages=pages)
    room = longest_that_fits(needed, wanted.questions)
    cut = tuple(
        one if need.said <= room else sheet_moment(generation, one.kept, site, room)
        for one, need in zip(whole, needed, strict=True)
    )
    pages = pages_needed(cut_to(room, map(space_needed, cut)), wanted.questions, SMALL)
    return SheetLayout(cut, dense=True, pages=pages)


def space_needed(moment: SheetMoment) -> SpaceNeeded:
    """How many characters a moment shows on paper, about."""
    if moment.video is None or moment.series is None:
        return SpaceNeeded()
    told = _ALWAYS_TOLD + len(moment.video.title) + len(moment.series.title) + len(moment.shown)
    if moment.excerpt is None:
        return SpaceNeeded(told=told)
    told += sum(len(name) + 16 for name in moment.excerpt.heard)
    told += 2 * len(moment.excerpt.made_by)  # and the words around it
    if not moment.excerpt.named:
        told += sum(len(one.name) + len(one.role) + 4 for one in moment.speakers) + 24
    return SpaceNeeded(moment.excerpt.length, told, len(moment.excerpt.said))


def longest_that_fits(needed: Sequence[SpaceNeeded], questions: Sequence[str]) -> int:
    """The most characters that each moment may have, for all to fit; short ones leave room."""
    for longest in range(LONGEST_EXCERPT, LEAST, -_STEP):
        if pages_needed(cut_to(longest, needed), questions, SMALL) <= PAGES:
            return longest
    return LEAST


def cut_to(longest: int, needed: Iterable[SpaceNeeded]) -> list[SpaceNeeded]:
    """What is needed when no moment has more characters than that."""
    return [replace(one, said=min(one.said, longest)) for one in needed]


def pages_needed(
    needed: Iterable[SpaceNeeded], questions: Sequence[str], letters: LetterSize
) -> int:
    """On how many pages moments and questions have room; none of them is torn in two."""
    pages, used = 1, _HEAD_MM + (_HEADING_MM if questions else 0)
    asked = [_question_mm(question, letters) for question in questions]
    for height in [*asked, *(_moment_mm(one, letters) for one in needed)]:
        if used + height > _PAGE_MM:
            pages, used = pages + 1, 0.0
        used += height
    return pages


def _moment_mm(one: SpaceNeeded, letters: LetterSize) -> float:
    words = one.said * letters.said + one.told * letters.told + one.turns * letters.turn
    return max(letters.least, words + letters.beside)


def _question_mm(question: str, letters: LetterSize) -> float:
    return letters.question + (ceil(len(question) / _IN_A_LINE) - 1) * letters.question_line
