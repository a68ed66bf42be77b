"""Search, from the words of a query to moments: understanding, ranking, landing, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from indexer.deadline import Budget
from indexer.model import Answer, Hit
from indexer.moments.selection import moments_in
from indexer.query.expansion import also_searched, concepts_in
from indexer.query.parser import Query, understand
from indexer.query.suggestions import FEW, suggested
from indexer.ranking.diversity import varied
from indexer.ranking.scorer import (
    allowed_rows,
    answered,
    evidence_of,
    matches_of,
    ranked,
    videos_allowed,
)
from indexer.ranking.semantic import Meant, meant_by
from indexer.search.facets import counted
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.generation import Generation


def search(
    generation: Generation,
    text: str,
    limit: int,
    settings: Settings,
    *,
    exact: bool = False,
    counts: bool = False,
    budget: Budget | None = None,
) -> Answer:
    """Find the moments that answer a query, best first; with `exact`, by the words typed only.

    With `counts` it is also counted what every filter would leave. When the budget is spent, what
    is found by then is the answer, and it says so.
    """
    budget = budget or Budget()
    query = understood(generation, text, exact)
    found = Answer(
        query=text,
        hits=(),
        words=tuple(concept.shown for concept in query.concepts),
        also=also_searched(query),
        answered=False,
        understood=query,
    )
    meant = None if exact or budget.is_spent() else meant_by(generation, query)
    if query.concepts or meant is not None:
        found = _searched(generation, query, meant, found, limit, settings, budget)
    elif query.is_narrowed and not query.phrases:
        found = replace(found, filtered=videos_allowed(generation, query))
    if counts and not budget.is_spent():
        rows = allowed_rows(generation, query)
        videos, filters = counted(generation, query, found.hits, rows, settings)
        found = replace(found, videos=videos, counts=filters)
    few = len(found.hits) < min(limit, FEW) or not found.answered
    if not budget.is_spent():
        found = replace(found, suggestions=suggested(text, generation.lexicon.speller, few=few))
    return replace(found, partial=budget.was_cut)


def understood(generation: Generation, text: str, exact: bool) -> Query:
    """Read a query as this generation understands it."""
    conceive = partial(concepts_in, generation, exact)
    return understand(text, generation.catalogue, generation.rows.spoken_languages, conceive)


def _searched(
    generation: Generation,
    query: Query,
    meant: Meant | None,
    found: Answer,
    limit: int,
    settings: Settings,
    budget: Budget,
) -> Answer:
    evidence = evidence_of(generation, query, settings, budget)
    query = replace(query, concepts=query.concepts[: len(evidence)])
    matches = matches_of(generation, query, settings)
    near = None if meant is None else meant.rows
    rows = ranked(generation, query, evidence, matches, near, settings)
    moments = moments_in(generation, query, rows, matches, meant, settings)
    best = list(_until_spent(islice(moments, max(limit, settings.fewest_found)), budget))
    kinds = {series.slug: series.kind for series in generation.catalogue.series}
    hits = tuple(varied(best, kinds, settings)[:limit])
    asked = any(match.likeness >= settings.sure_question for match in matches)
    sure = bool(hits) and (asked or answered(generation, query, evidence, near, hits[0], settings))
    return replace(found, hits=hits, answered=sure, meaning=meant is not None)


def _until_spent(moments: Iterator[Hit], budget: Budget) -> Iterator[Hit]:
    """Take moments, the first in any case."""
    for moment in moments:
        yield moment
        if budget.is_spent():
            return
