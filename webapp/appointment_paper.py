"""How much of each moment's words there is room for, so that the sheet has two pages at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import Generation
from webapp.appointment import AppointmentList
from webapp.appointment_sheet import LONGEST_EXCERPT, SheetMoment, sheet_moment

# So many characters of each moment are shown also where two pages do not suffice.
LEAST = 300
_STEP = 20
# Two pages of US Letter without their margins, feet and the head of the first, in millimetres.
_ROOM_MM = 440.0


@dataclass(frozen=True, slots=True)
class Letters:
    """What a sheet needs in letters of one size, in millimetres of paper, as it was measured.

    `beside` is what a moment needs beside its words, `least` what its code needs.
    """

    character: float
    beside: float
    least: float
    question: float


LARGE = Letters(character=0.078, beside=40, least=52, question=25)
SMALL = Letters(character=0.054, beside=26, least=38, question=13)


@dataclass(frozen=True, slots=True)
class Paper:
    """The moments of a list with as many of their words as fit; `dense` asks for small letters."""

    moments: tuple[SheetMoment, ...]
    dense: bool


def lay_out(generation: Generation, wanted: AppointmentList, site: str) -> Paper:
    """Look the moments up whole; cut the longest at a sentence only where two pages are too few."""
    whole = [sheet_moment(generation, kept, site) for kept in wanted.moments]
    lengths = [one.excerpt.length if one.excerpt else 0 for one in whole]
    questions = len(wanted.questions)
    if fits(lengths, questions, LARGE):
        return Paper(tuple(whole), dense=False)
    room = longest_that_fits(lengths, questions)
    cut = (
        one if length <= room else sheet_moment(generation, one.kept, site, room)
        for one, length in zip(whole, lengths, strict=True)
    )
    return Paper(tuple(cut), dense=True)


def longest_that_fits(lengths: Sequence[int], questions: int) -> int:
    """The most characters that each moment may have, for all to fit; short ones leave room."""
    for longest in range(LONGEST_EXCERPT, LEAST, -_STEP):
        if fits([min(length, longest) for length in lengths], questions, SMALL):
            return longest
    return LEAST


def fits(lengths: Sequence[int], questions: int, letters: Letters) -> bool:
    """Whether words of these lengths, with some questions, have room on two pages.

    No moment is torn in two, so as much as the longest may stay empty below the first page.
    """
    heights = [max(letters.least, one * letters.character + letters.beside) for one in lengths]
    empty = max(heights, default=0.0) * 0.8
    return sum(heights) + empty + questions * letters.question <= _ROOM_MM
