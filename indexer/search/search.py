"""Search, from the words of a query to moments: understanding, ranking, landing, one by one."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import islice

from indexer.deadline import Budget
from indexer.embedding.encoder import QueryEncoder
from indexer.model import Hit
from indexer.moments.selection import Wanted, moments_in, varied
from indexer.query.expansion import Lexicon, also_searched, concepts_in
from indexer.query.parser import Query, parse_query
from indexer.query.suggestions import FEW, suggested
from indexer.ranking.confidence import is_answered
from indexer.ranking.matching import allowed_rows, term_weights, videos_allowed, weigh
from indexer.ranking.questions import KnownQuestions, known_questions
from indexer.ranking.scorer import Engine, LocalEngine, ScoredPassages, WeightedQuery
from indexer.ranking.semantic import Nearness, Semantics
from indexer.search.answer import Answer
from indexer.search.facets import Filter, counted, filters_of
from indexer.settings import SETTINGS, Settings
from indexer.storage.reader import IndexReader


class Searcher:
    """Answers queries over one opened index. Threads may share it."""

    def __init__(
        self, reader: IndexReader, encoder: QueryEncoder, engine: Engine | None = None
    ) -> None:
        self.reader = reader
        self.lexicon = Lexicon(reader)
        self._semantics = Semantics(reader, encoder)
        self._engine = engine or LocalEngine(reader)

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that can be offered beside an answer."""
        return filters_of(self.reader.catalogue)

    @cached_property
    def _questions(self) -> KnownQuestions:
        return known_questions(self.reader)

    def parsed(self, text: str, *, exact: bool = False) -> Query:
        """Read a query as this index understands it; with `exact`, only the words typed."""
        expand = partial(concepts_in, self.lexicon, exact)
        return parse_query(text, self.reader.catalogue, self.reader.rows.spoken_languages, expand)

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        exact: bool = False,
        counts: bool = False,
        settings: Settings = SETTINGS,
        budget: Budget | None = None,
    ) -> Answer:
        """Find the moments that answer a query, best first. Any text is accepted.

        With `exact` only the words typed are searched, not what else they may be called. With
        `counts` the answer also has what every filter would leave. When the budget is spent, what
        is found by then is the answer, and it says so.
        """
        budget = budget or Budget()
        query = self.parsed(text, exact=exact)
        found = Answer(
            query=text,
            hits=(),
            words=tuple(concept.shown for concept in query.concepts),
            also=also_searched(query),
            answered=False,
            parsed=query,
        )
        scored = ScoredPassages()
        near = None
        if not (exact or self.reader.vectors is None or budget.is_spent()):
            near = self._semantics.nearness(query, self.lexicon.speller)
        if query.concepts or near is not None:
            found, scored = self._searched(query, near, found, limit, settings, budget)
        elif query.is_narrowed and not query.phrases:
            found = replace(found, filtered=videos_allowed(self.reader, query))
        if counts and not budget.is_spent():
            allowed = allowed_rows(self.reader, query)
            facets = counted(self.reader, query, found.hits, scored, allowed, self.filters)
            found = replace(found, videos=facets.videos, counts=facets.counts)
        few = len(found.hits) < min(limit, FEW) or not found.answered
        if not budget.is_spent():
            found = replace(found, suggestions=suggested(text, self.lexicon.speller, few=few))
        return replace(found, partial=budget.was_cut)

    def _searched(
        self,
        query: Query,
        near: Nearness | None,
        found: Answer,
        limit: int,
        settings: Settings,
        budget: Budget,
    ) -> tuple[Answer, ScoredPassages]:
        reader = self.reader
        concepts = weigh(query.concepts, reader.terms.rarity, settings)
        matches = self._questions.matching(concepts, reader.terms.rarity, settings)
        rows = None if near is None else near.rows
        scored = self._engine.score(WeightedQuery(concepts, query, matches, rows), settings, budget)
        concepts = concepts[: len(scored.evidence)]
        weights = term_weights(concepts, reader.terms.rarity)
        wanted = Wanted(query.question_language, weights, matches, near)
        moments = moments_in(reader, scored, wanted, self._semantics, settings)
        best = list(_until_spent(islice(moments, max(limit, settings.fewest_found)), budget))
        kinds = {series.slug: series.kind for series in reader.catalogue.series}
        hits = tuple(varied(best, kinds, settings)[:limit])
        asked = list(zip(concepts, scored.evidence, strict=True))
        sure = bool(hits) and (
            any(match.likeness >= settings.sure_question for match in matches)
            or is_answered(reader.rows, asked, rows, hits[0], settings)
        )
        return replace(found, hits=hits, answered=sure, meaning=near is not None), scored


def _until_spent(moments: Iterator[Hit], budget: Budget) -> Iterator[Hit]:
    """Take moments, the first in any case."""
    for moment in moments:
        yield moment
        if budget.is_spent():
            return
