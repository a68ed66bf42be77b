"""What belongs together: moments of other videos, and questions that are like one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.model import Hit
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class AlsoAsked:
    """A question of the catalogue, and where it is answered."""

    text: str
    video: str
    start_ms: int
    url: str


# Moments by the video that they belong to; questions by the video and the time of the one that
# they are like.
Moments = dict[str, tuple[Hit, ...]]
Asked = dict[str, dict[int, tuple[AlsoAsked, ...]]]


@dataclass(frozen=True, slots=True)
class Related:
    """What belongs together, the nearest first."""

    moments: Moments = field(default_factory=dict)
    asked: Asked = field(default_factory=dict)


def choose(hits: Iterable[Hit], settings: Settings) -> tuple[Hit, ...]:
    """Choose the first that do not overlap, not many of one video."""
    chosen: list[Hit] = []
    videos: Counter[str] = Counter()
    for hit in hits:
        if videos[hit.video] < settings.related_of_a_video and not any(
            _overlap(hit, one) for one in chosen
        ):
            videos[hit.video] += 1
            chosen.append(hit)
        if len(chosen) == settings.related_moments:
            break
    return tuple(chosen)


def choose_questions(
    asked: AlsoAsked, nearest: Iterable[AlsoAsked], settings: Settings
) -> tuple[AlsoAsked, ...]:
    """Choose the first that ask something else than `asked` and each other."""
    chosen: list[AlsoAsked] = []
    videos: Counter[str] = Counter()
    known = {_wording(asked.text)}
    for one in nearest:
        if videos[one.video] < settings.related_of_a_video and _wording(one.text) not in known:
            videos[one.video] += 1
            known.add(_wording(one.text))
            chosen.append(one)
        if len(chosen) == settings.also_asked:
            break
    return tuple(chosen)


def _overlap(one: Hit, other: Hit) -> bool:
    together = one.start_ms < other.end_ms and other.start_ms < one.end_ms
    return one.video == other.video and together


def _wording(text: str) -> str:
    """A question without what is written differently each time: capitals, spaces, punctuation."""
    kept = "".join(c if c.isalnum() else " " for c in text.casefold())
    return " ".join(kept.split())
