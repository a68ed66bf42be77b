"""Facets: what each filter would leave of an answer, for pages that offer it with its number."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog import Catalogue, base_language
from indexer.analysis.tokenizer import fold
from indexer.model import Hit
from indexer.query.filters import FIELDS, choices, videos_named
from indexer.search.answer import Count

MOST_OF_A_FIELD = 8


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


def count_facets(
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
