"""A list for an appointment: moments to show and questions to ask, as it travels in a link.

`m=just-diagnosed~83-121~en&q=What+comes+next%3F`: each moment in turn, then each question.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from webapp.presenters.results.questions import clean_question, cut_at_word
from webapp.rendering.addresses import moment_key
from webapp.rendering.moment_links import without_strays

MOST_MOMENTS = 30
MOST_QUESTIONS = 20
LONGEST_QUESTION = 200
LONGEST_DAY_S = 24 * 3600

_LANGUAGE = r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}"
_KEY = re.compile(
    r"(?P<video>[a-z0-9]+(?:-[a-z0-9]+)*)~(?P<start>[0-9]{1,6})(?:-(?P<end>[0-9]{1,6}))?"
    rf"(?:~(?P<language>{_LANGUAGE}))?"
)
_LONGEST_KEY = 160


@dataclass(frozen=True, slots=True)
class KeptMoment:
    """A moment that somebody kept: a video and whole seconds in it.

    Without an end, or a language, it is for the video to say.
    """

    video: str
    start_s: int
    end_s: int | None = None
    language: str = ""

    @property
    def key(self) -> str:
        """The moment as links carry it: `just-diagnosed~83-121~en`."""
        end_ms = None if self.end_s is None else self.end_s * 1000
        return moment_key(self.video, self.start_s * 1000, end_ms, self.language)


@dataclass(frozen=True, slots=True)
class AppointmentList:
    """What somebody wants to take along, in their order; nothing is in it twice."""

    moments: tuple[KeptMoment, ...] = ()
    questions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.moments or self.questions)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The list as the parameters of an address."""
        moments = (("m", moment.key) for moment in self.moments)
        return (*moments, *(("q", question) for question in self.questions))

    @property
    def query(self) -> str:
        """The list as the part of an address after the question mark."""
        return urlencode(self.pairs, safe="~")


def read_moment(text: str) -> KeptMoment | None:
    """Read a moment as links carry it; None for anything else."""
    match = _KEY.fullmatch(without_strays(text)) if len(text) <= _LONGEST_KEY else None
    if match is None:
        return None
    start, end = int(match["start"]), int(match["end"]) if match["end"] else None
    if start >= LONGEST_DAY_S:
        return None
    if end is not None and not start < end <= LONGEST_DAY_S:
        end = None
    return KeptMoment(match["video"], start, end, match["language"] or "")


def read_language(text: str) -> str:
    """The language of a moment, like `es-419`; "" for anything else."""
    return text if re.fullmatch(_LANGUAGE, text) else ""


def read_question(text: str) -> str:
    """A question made fit to be shown, and no longer than there is room for."""
    words = clean_question(text).text
    return words if len(words) <= LONGEST_QUESTION else cut_at_word(words, LONGEST_QUESTION)
