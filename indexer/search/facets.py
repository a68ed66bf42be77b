"""What each filter would leave of an answer, so that a page can offer it with its number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog import Catalogue, base_language
from indexer.analysis.tokenizer import fold
from indexer.model import Count, Hit
from indexer.query.filters import FIELDS, choices, videos_named
from indexer.query.parser import Query
from indexer.ranking.matching import rows_kept
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.generation import Generation

MOST_OF_A_FIELD = 8
# Every phrase is looked for in all that is said; beyond so many nothing is counted.
_MOST_PHRASES = 8

Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that can be offered, and the videos that it leaves."""

    field: str
    value: str
    name: str
    videos: frozenset[str]


def filters_of(catalogue: Catalogue) -> tuple[Filter, ...]:
    """List the filters by series, topic and speaker, each with all videos that its value finds."""
    return tuple(filter_ for field in FIELDS for filter_ in _filters(field, catalogue))


def _filters(field: str, catalogue: Catalogue) -> Iterator[Filter]:
    known = choices(field, catalogue)
    for (slug, shown, *_), _videos in known:
        yield Filter(field, slug, shown, videos_named(fold(slug), known))


def counted(
    generation: Generation,
    query: Query,
    hits: Sequence[Hit],
    allowed: NDArray[Any] | None,
    settings: Settings,
) -> tuple[int, tuple[Count, ...]]:
    """Count, over all that holds anything asked for, the videos found and what a filter leaves."""
    if not hits or len(query.phrases) + len(query.excluded) > _MOST_PHRASES:
        return len({hit.video for hit in hits}), ()
    rows = _holding(generation, query, settings) & rows_kept(generation, query)
    tracks = np.unique(generation.rows.layout.track[rows if allowed is None else rows & allowed])
    found: dict[str, set[str]] = defaultdict(set)
    for number in tracks.tolist():
        found[generation.tracks[number].video].add(
            base_language(generation.tracks[number].language)
        )
    for hit in hits:
        found[hit.video].add(base_language(hit.language))
    return len(found), tuple(counts_of(found, hits, generation.filters))


def _holding(generation: Generation, query: Query, settings: Settings) -> Rows:
    """Say which rows hold anything that is asked for, in its own words or as it is also called."""
    layout = generation.rows.layout
    held = np.zeros(layout.places, np.bool_)
    for concept in query.concepts:
        for term in (term for forms in concept.words for term in forms):
            held[generation.terms.impacts(term, settings)[0]] = True
        for other in concept.alternatives:
            places = [generation.terms.impacts(term, settings)[0] for term in other.terms]
            together = places[0]
            for more in places[1:]:
                together = np.intersect1d(together, more, assume_unique=True)
            held[together] = True
    rows: Rows = held[layout.place] & layout.alive
    return rows


def counts_of(
    found: Mapping[str, Collection[str]], hits: Sequence[Hit], filters: Sequence[Filter]
) -> Iterator[Count]:
    """Count what filters leave of the videos found, each with the languages it is found in.

    Of each field the few that keep most of the hits; none that would leave all, or nothing.
    """
    by_field: dict[str, list[Count]] = {field: [] for field in (*FIELDS, "language")}
    moments_of = Counter(hit.video for hit in hits)
    for one in filters:
        videos = len(one.videos & found.keys())
        if 0 < videos < len(found):
            moments = sum(moments_of[video] for video in one.videos & moments_of.keys())
            by_field[one.field].append(Count(one.field, one.value, one.name, videos, moments))
    by_field["language"] = list(_languages(found, hits))
    for counts in by_field.values():
        counts.sort(key=lambda count: (-count.moments, -count.videos, count.name))
        yield from counts[:MOST_OF_A_FIELD]


def _languages(found: Mapping[str, Collection[str]], hits: Sequence[Hit]) -> Iterator[Count]:
    spoken = {language for languages in found.values() for language in languages}
    for language in sorted(spoken) if len(spoken) > 1 else ():
        videos = sum(language in languages for languages in found.values())
        moments = sum(base_language(hit.language) == language for hit in hits)
        yield Count("language", language, language, videos, moments)
