"""Search, from the words of a query to moments: understanding, ranking, landing, one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial

from msgspec import structs

from catalog import base_language
from indexer.analysis.analysed import Analyse, AnalysedText, Once, once
from indexer.arrays import Floats
from indexer.deadline import Budget
from indexer.embedding.encoder import QueryEncoder
from indexer.model import Hit
from indexer.moments.highlighted import Highlighted
from indexer.moments.selection import MomentQuery, moments_in
from indexer.query.expansion import Lexicon, also_searched, concepts_in
from indexer.query.parser import Expand, Query, parse_query
from indexer.query.rewriting import is_courtesy
from indexer.query.suggestions import FEW, suggest
from indexer.ranking.confidence import Confidence, confidence_of
from indexer.ranking.matching import WeightedConcept, term_weights, weigh
from indexer.ranking.questions import KnownQuestions, known_questions
from indexer.ranking.reranker import Reranker
from indexer.ranking.scorer import LocalScorer, Meant, Scorer, WeightedQuery
from indexer.ranking.semantic import MeaningOfQuery, Semantics
from indexer.search.answer import Answer
from indexer.search.facets import Filter, count_facets, filters_of
from indexer.search.unsaid import unsaid_in
from indexer.second_thread import computing
from indexer.settings import SETTINGS, Settings
from indexer.storage.reader import IndexReader
from indexer.urgency.at_once import at_once_first
from indexer.urgency.signs import Urgency, urgency_of

# Every phrase is looked for in all that is said; beyond so many nothing is counted.
_MOST_PHRASES = 8


class Searcher:
    """Answers queries over one opened index. Threads may share it."""

    def __init__(
        self,
        reader: IndexReader,
        encoder: QueryEncoder,
        scorer: Scorer | None = None,
        reranker: Reranker | None = None,
        lexicon: Lexicon | None = None,
    ) -> None:
        self.reader = reader
        self.lexicon = lexicon or Lexicon(reader)
        vectors = reader.vectors
        self._semantics = Semantics(encoder, vectors.account) if vectors else None
        self._scorer = scorer or LocalScorer(reader)
        self.reranker = reranker or Reranker()

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that can be offered beside an answer."""
        return filters_of(self.reader.catalogue)

    @cached_property
    def _questions(self) -> KnownQuestions:
        return known_questions(self.reader, self.lexicon.vocabulary)

    @cached_property
    def _meanings(self) -> Floats | None:
        """What the curated questions mean, worked out once."""
        texts = [question.text for question in self._questions.curated.questions]
        return self._semantics.texts(texts) if self._semantics else None

    def _near_questions(self, vector: Floats) -> Floats | None:
        if self._semantics is None or self._meanings is None:
            return None
        return self._semantics.likeness(self._meanings, vector)

    def parsed(self, text: str, *, exact: bool = False) -> Query:
        """Read a query as this index understands it; with `exact`, only the words typed."""
        respell = self.lexicon.respeller.found_in
        expand = partial(concepts_in, self.lexicon, respell, AnalysedText, exact)
        return self._parsed(text, expand, AnalysedText)

    def _parsed(self, text: str, expand: Expand, analyse: Analyse) -> Query:
        catalogue, spoken = self.reader.catalogue, self.reader.rows.spoken_languages
        return parse_query(text, catalogue, spoken, expand, self.lexicon.field, analyse)

    @computing()
    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        exact: bool = False,
        counts: bool = False,
        settings: Settings = SETTINGS,
        budget: Budget | None = None,
        urgency: Urgency | None = None,
    ) -> Answer:
        """Find the moments that answer a query, best first. Any text is accepted.

        With `exact` only the words typed are searched, not what else they may be called. With
        `counts` the answer also has what every filter would leave. When the budget is spent, what
        is found by then is the answer, and it says so. `urgency` is what of the query should not
        wait, where that was looked for already.
        """
        budget = budget or Budget()
        analyse = Once(AnalysedText).__getitem__
        respell = Once(partial(self.lexicon.respeller.found_in, analyse=analyse)).__getitem__
        expand: Expand = partial(concepts_in, self.lexicon, respell, analyse, exact)
        meaning = None
        if self._semantics and not exact and not budget.is_spent():
            meaning = MeaningOfQuery(self._semantics)
            expand = meaning.ahead_of(expand)
        query = self._parsed(text, expand, analyse)
        found = Answer(
            query=text,
            hits=(),
            words=tuple(concept.shown for concept in query.concepts),
            also=also_searched(query),
            confidence="none",
            urgency=urgency_of(text) if urgency is None else urgency,
            parsed=query,
        )
        if exact:
            settings = replace(settings, reranked=0)
        suggested = partial(suggest, text, self.lexicon.speller, respell=respell, analyse=analyse)
        usual = once(partial(suggested, few=False))
        vector = once(partial(self._vector, query, meaning, usual))
        if query.concepts or vector() is not None:
            found = self._searched(query, vector, found, limit, settings, budget, counts=counts)
        elif query.is_narrowed and not query.phrases:
            found = structs.replace(found, filtered=self._scorer.videos_left(query))
        few = len(found.hits) < min(limit, FEW) or not found.answered
        if not budget.is_spent():
            others = suggested(few=True) if few else usual()
            found = structs.replace(found, suggestions=others)
        return structs.replace(found, partial=budget.was_cut or found.incomplete)

    def _vector(
        self, query: Query, meaning: MeaningOfQuery | None, meanwhile: Callable[[], object]
    ) -> Floats | None:
        if meaning is None:
            return None
        speller, said = self.lexicon.speller, self.lexicon.document_frequency
        return meaning.vector(query, speller, said, meanwhile)

    def _meant(
        self,
        query: Query,
        concepts: Sequence[WeightedConcept],
        vector: Callable[[], Floats | None],
        settings: Settings,
    ) -> Meant:
        def near() -> Floats | None:
            own = vector()
            return None if own is None else self._near_questions(own)

        rarity, wording = self.reader.terms.rarity, query.wording
        matches = self._questions.matching(concepts, rarity, settings, wording, near)
        return Meant(vector(), matches)

    def _searched(
        self,
        query: Query,
        vector: Callable[[], Floats | None],
        found: Answer,
        limit: int,
        settings: Settings,
        budget: Budget,
        *,
        counts: bool,
    ) -> Answer:
        rarity = self.reader.terms.rarity
        concepts = weigh(query.concepts, rarity, settings)
        meant = once(partial(self._meant, query, concepts, vector, settings))
        asked = WeightedQuery(concepts, query, meant)
        scored = self._scorer.score(asked, settings, budget)
        own, matches = meant()
        scored = self.reranker.reordered(query.wording, scored, matches, settings, budget)
        weights = term_weights(concepts[: len(scored.evidence)], rarity)
        language, semantics = query.question_language, self._semantics
        highlighted = Highlighted.of({terms for one in concepts for terms in one.highlighted})
        wanted = MomentQuery(language, weights, highlighted, matches, own, semantics)
        moments = moments_in(scored, wanted, settings)
        hits = at_once_first(_until_spent(moments, budget), found.urgency, limit)
        sure: Confidence = "none"
        if hits and not is_courtesy(query.wording):
            sure = confidence_of(scored, concepts, matches, hits[0], query.wording, settings)
        unsaid = () if scored.incomplete else unsaid_in(scored.reader, concepts)
        found = structs.replace(
            found,
            hits=hits,
            confidence=sure,
            unsaid=unsaid,
            meaning=own is not None,
            incomplete=scored.incomplete,
        )
        if not counts or budget.is_spent():
            return found
        videos: dict[str, set[str]] = {}
        for hit in hits:
            videos.setdefault(hit.video, set()).add(base_language(hit.language))
        if not hits or len(query.phrases) + len(query.excluded) > _MOST_PHRASES:
            return structs.replace(found, videos=len(videos))
        for video, languages in self._scorer.videos_holding(asked, scored).items():
            videos.setdefault(video, set()).update(languages)
        facets = tuple(count_facets(videos, hits, self.filters))
        return structs.replace(found, videos=len(videos), counts=facets)


def _until_spent(moments: Iterator[Hit], budget: Budget) -> Iterator[Hit]:
    """Take moments, the first in any case."""
    for moment in moments:
        yield moment
        if budget.is_spent():
            return
