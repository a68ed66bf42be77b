"""What a search found, as the results page shows it: moments under their videos."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog import Catalogue, Person, Series, Video
from indexer import Hit


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is highlighted, or is not."""

    text: str
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One hit, ready to be shown: the question that it begins with, if any, and the answer.

    `answers` is the catalogue's question in whose time it lies, if any.
    """

    hit: Hit
    question: tuple[Piece, ...]
    answer: tuple[Piece, ...]
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The moments of one video, best first. `automatic` when any was heard by a machine."""

    video: Video
    series: Series
    speakers: tuple[Person, ...]
    moments: tuple[Moment, ...]
    automatic: bool


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """Split text at its highlights. Spans may overlap or touch; nothing of the text is lost."""
    found: list[Piece] = []
    done = 0
    for start, end in _joined(spans, len(text)):
        if start > done:
            found.append(Piece(text[done:start]))
        found.append(Piece(text[start:end], mark=True))
        done = end
    if done < len(text):
        found.append(Piece(text[done:]))
    return tuple(found)


def _joined(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def moment_of(hit: Hit, video: Video) -> Moment:
    """Split what a hit says where the answer begins."""
    at = hit.answer_at
    behind = ((start - at, end - at) for start, end in hit.spans)
    return Moment(
        hit,
        question=pieces(hit.text[:at].rstrip(), hit.spans),
        answer=pieces(hit.text[at:], behind),
        answers=_answered_at(video, hit.match_ms),
    )


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
    return Group(
        video=video,
        series=catalogue.series_of(video),
        speakers=tuple(catalogue.people[slug] for slug in video.speakers),
        moments=tuple(moment_of(hit, video) for hit in hits),
        automatic=any(hit.captions == "auto" for hit in hits),
    )
