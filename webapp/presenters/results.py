"""What a search found, as the results page shows it: moments under their videos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog import Catalogue, Person, Series, Video
from indexer import Hit
from webapp.presenters.speakers import labels, person_named
from webapp.rendering.highlights import Piece, pieces


@dataclass(frozen=True, slots=True)
class Part:
    """What one speaker says of a moment in a row; `asked` when it only leads to the answer.

    `speaker` says who, where somebody begins to speak and captions tell that, else "".
    """

    pieces: tuple[Piece, ...]
    speaker: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One hit, ready to be shown: the question that it begins with, if any, and the answer.

    `answers` is the catalogue's question in whose time it lies, if any.
    """

    hit: Hit
    parts: tuple[Part, ...]
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The moments of one video, best first. `automatic` when any was heard by a machine."""

    video: Video
    series: Series
    speakers: tuple[Person, ...]
    moments: tuple[Moment, ...]
    automatic: bool


def moment_of(hit: Hit, video: Video, people: Sequence[Person] = ()) -> Moment:
    """Split what a hit says where the answer begins, and where another speaker does."""
    called = labels([(_name(speaker, people), turn) for _, speaker, turn in hit.turns])
    names = {at: name for (at, _, _), name in zip(hit.turns, called, strict=True)}
    cuts = sorted({0, hit.answer_at, *names} - {len(hit.text)})
    parts = tuple(
        Part(
            pieces(hit.text[start:end].rstrip(), ((a - start, b - start) for a, b in hit.spans)),
            names.get(start, ""),
            asked=start < hit.answer_at,
        )
        for start, end in pairwise([*cuts, len(hit.text)])
    )
    return Moment(hit, parts, _answered_at(video, hit.match_ms))


def _name(speaker: str, people: Sequence[Person]) -> str:
    """The catalogue's name for a speaker, or as captions write it."""
    person = person_named(speaker, people)
    return person.name if person else speaker


def _answered_at(video: Video, at_ms: int) -> str:
    """The last question of the catalogue that is being answered at a time, or nothing."""
    texts = [
        question.text
        for question in video.questions
        if question.start_ms is not None and question.end_ms is not None
        if question.start_ms <= at_ms < question.end_ms
    ]
    return texts[-1] if texts else ""


def group_by_video(hits: Iterable[Hit], catalogue: Catalogue) -> tuple[Group, ...]:
    """Put hits under their videos; videos and moments keep the order of the hits."""
    by_video: dict[str, list[Hit]] = {}
    for hit in hits:
        by_video.setdefault(hit.video, []).append(hit)
    videos = catalogue.videos
    return tuple(_group(videos[slug], found, catalogue) for slug, found in by_video.items())


def _group(video: Video, hits: list[Hit], catalogue: Catalogue) -> Group:
    people = tuple(catalogue.people[slug] for slug in video.speakers)
    return Group(
        video=video,
        series=catalogue.series_of(video),
        speakers=people,
        moments=tuple(moment_of(hit, video, people) for hit in hits),
        automatic=any(hit.captions == "auto" for hit in hits),
    )
