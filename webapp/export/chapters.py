"""Chapters of a video: for its description at YouTube, and as a WebVTT file for players."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from catalog import ANSWER_MS, Video, clock
from webapp.presenters.results.questions import cut_at_word

# What YouTube asks for: the first at 0:00, three at least, each of ten seconds at least.
FEWEST, SHORTEST_S = 3, 10
_LONGEST_TITLE = 100
_INTRODUCTION = {"en": "Introduction", "es": "Introducción"}
# Its descriptions hold no such marks; these look like them.
_BRACKETS = str.maketrans("<>", "‹›")


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of a video."""

    title: str
    start_ms: int
    end_ms: int


def parts_of(video: Video, spoken_ms: int) -> tuple[Section, ...]:
    """The chapters of a video, else the questions whose place is known, in order.

    The last one ends with the video, or with what is said in it until `spoken_ms`.
    """
    named = [(one.start_ms, one.title) for one in video.chapters] or [
        (one.start_ms, one.text) for one in video.questions if one.start_ms is not None
    ]
    titles: dict[int, list[str]] = {}
    for start_ms, title in sorted(named, key=lambda one: one[0]):
        titles.setdefault(start_ms, []).append(" ".join(title.split()))
    starts = [*titles]
    if not starts:
        return ()
    end_ms = video.duration_ms or spoken_ms
    ends = [*starts[1:], end_ms if end_ms > starts[-1] else starts[-1] + ANSWER_MS]
    return tuple(
        Section(" / ".join(titles[start_ms]), start_ms, until)
        for start_ms, until in zip(starts, ends, strict=True)
    )


def description(parts: Sequence[Section], language: str) -> str:
    """Lines for a description at YouTube, "" where it would make no chapters of them."""
    fitting = [*_long_enough([*_from_the_beginning(parts, language)])]
    if len(fitting) < FEWEST:
        return ""
    return "".join(f"{clock(one.start_ms)} {_shown(one.title)}\n" for one in fitting)


def _from_the_beginning(parts: Sequence[Section], language: str) -> Iterator[Section]:
    """The parts from 0:00 on: one that begins soon begins there, before others is another."""
    if not parts:
        return
    first, *rest = parts
    if first.start_ms < SHORTEST_S * 1000:
        yield replace(first, start_ms=0)
    else:
        yield Section(_INTRODUCTION.get(language, _INTRODUCTION["en"]), 0, first.start_ms)
        yield first
    yield from rest


def _long_enough(parts: Sequence[Section]) -> Iterator[Section]:
    """The same, with those that are too short joined to the next, or the last to the one before."""
    kept: list[Section] = []
    for part in parts:
        if kept and _seconds(kept[-1]) < SHORTEST_S:
            kept[-1] = _joined(kept[-1], part)
        else:
            kept.append(part)
    if len(kept) > 1 and _seconds(kept[-1]) < SHORTEST_S:
        last = kept.pop()
        kept[-1] = _joined(kept[-1], last)
    yield from kept


def _joined(one: Section, other: Section) -> Section:
    return Section(f"{one.title} / {other.title}", one.start_ms, other.end_ms)


def _seconds(part: Section) -> int:
    """How long a part is as YouTube reads it, whose times are whole seconds."""
    return part.end_ms // 1000 - part.start_ms // 1000


def _shown(title: str) -> str:
    """A title on one line, without marks that a description cannot hold, and not too long."""
    plain = " ".join(title.translate(_BRACKETS).split())
    return plain if len(plain) <= _LONGEST_TITLE else f"{cut_at_word(plain, _LONGEST_TITLE - 2)} …"
