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
    """One hit, ready to be shown."""

    hit: Hit
    pieces: tuple[Piece, ...]


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
        moments=tuple(Moment(hit, pieces(hit.text, hit.spans)) for hit in hits),
        automatic=any(hit.captions == "auto" for hit in hits),
    )
