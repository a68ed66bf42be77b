"""Finds what belongs together in a generation: by meaning where it can be, else by words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from indexer.browse.nearness import nearness_of
from indexer.browse.related import Asked, Moments, Related
from indexer.browse.related_meaning import asked_by_meaning, moments_by_meaning
from indexer.browse.related_passages import Places
from indexer.browse.related_words import asked_by_words, moments_by_words, shares_of
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.generation import Generation

# Whatever changes what belongs together changes this.
RELATED_AS = "1"


def find_related(
    generation: Generation, settings: Settings, step: Callable[[str], None]
) -> Related:
    """Find the moments that belong to each video, and the questions that are like each other one.

    Words decide where meaning finds no moment, or has nothing to compare. `step` is told each
    video's title.
    """
    places = Places(generation)
    found = _by_meaning(places, settings)
    for number, (slug, video) in enumerate(generation.videos.items()):
        shares = shares_of(places, settings)
        if not found.moments.get(slug):
            found.moments[slug] = moments_by_words(places, number, shares, settings)
        asked = found.asked.setdefault(slug, {})
        for one in places.questions[slug]:
            if one.asked.start_ms not in asked:
                asked[one.asked.start_ms] = asked_by_words(places, one, shares, settings)
        step(video.title)
    return found


def _by_meaning(places: Places, settings: Settings) -> Related:
    """What can be found by vectors: nothing while some passages have none."""
    vectors = places.generation.vectors
    if vectors is None or vectors.account.lacking or not len(vectors):
        return Related()
    near = nearness_of(vectors.values, vectors.scales)
    moments: Moments = dict(moments_by_meaning(places, near, settings))
    asked: Asked = {}
    for one, like in asked_by_meaning(places, near, settings):
        asked.setdefault(one.video, {})[one.start_ms] = like
    return Related(moments, asked)
