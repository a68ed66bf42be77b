"""Orders what was found so that the first places serve more than one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.model import Hit
from indexer.settings import Settings

Kinds = Mapping[str, str | None]


def varied(hits: Sequence[Hit], kinds: Kinds, settings: Settings) -> list[Hit]:
    """Let no video fill the first places, and none but in-depth answers the very first.

    `hits` come best first; `kinds` has the kind of each series. Another hit is brought forward
    only when it answers nearly as well. No score rises from one hit to the next.
    """
    return _never_rising(_with_an_intro(_of_several_videos(hits, settings), kinds, settings))


def _of_several_videos(hits: Sequence[Hit], settings: Settings) -> list[Hit]:
    """Let no video fill the first places while another answers nearly as well."""
    left = list(hits)
    front: list[Hit] = []
    while left and len(front) < settings.first_places:
        filled = {
            hit.video
            for hit in front
            if sum(other.video == hit.video for other in front) >= settings.most_of_a_video
        }
        enough = settings.answers_too * left[0].score
        other = (hit for hit in left if hit.video not in filled and hit.score >= enough)
        front.append(next(other, left[0]))
        left.remove(front[-1])
    return front + left


def _with_an_intro(hits: list[Hit], kinds: Kinds, settings: Settings) -> list[Hit]:
    """Bring the best intro answer into the very first places when only in-depth ones are there."""
    front, left = hits[: settings.intro_within], hits[settings.intro_within :]
    if any(kinds.get(hit.series) != "in-depth" for hit in front):
        return hits
    enough = max((hit.score for hit in front), default=0.0) * settings.intro_too
    intros = (hit for hit in left if kinds.get(hit.series) == "intro" and hit.score >= enough)
    intro = next(intros, None)
    if intro is None:
        return hits
    left.remove(intro)
    return [*front[:-1], intro, *front[-1:], *left]


def _never_rising(hits: Sequence[Hit]) -> list[Hit]:
    """Give no hit a higher score than the one before it has."""
    least = float("inf")
    kept = []
    for hit in hits:
        least = min(least, hit.score)
        kept.append(replace(hit, score=least) if hit.score > least else hit)
    return kept
