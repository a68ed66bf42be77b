"""Answers queries over a generation whose passages are on other machines.

An engine's candidates are ranked and landed in as they are where everything is here: with what is
said around them, and with the statistics of the whole library.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from typing import Any

from catalog import Term, Video
from indexer.analysis.tokenizer import tokens_of
from indexer.browse.related import Related, RelatedFinder
from indexer.deadline import Budget, time_limit
from indexer.embedding.encoder import QueryEncoder
from indexer.engine.outline import Outline, OutlinedLexicon
from indexer.engine.part import PartReader
from indexer.engine.parts import CANDIDATES, Numbered, Parts
from indexer.errors import EngineAway, PartMissing
from indexer.generation import Generation
from indexer.model import Hit
from indexer.moments.readable import readable_sentences
from indexer.moments.snippets import misheard_by_sentence
from indexer.query.parser import Query
from indexer.ranking.curated import curated_questions
from indexer.ranking.engine import Engine, Found
from indexer.ranking.matching import WeightedConcept, videos_allowed
from indexer.ranking.questions import KnownQuestions
from indexer.ranking.scorer import LocalScorer, ScoredPassages, WeightedQuery
from indexer.search.answer import Answer
from indexer.search.mentions import MentionedSentence, Mentions, Place, TermCount, marks_of
from indexer.search.search import Searcher
from indexer.search.within_video import TrackMentions, within
from indexer.settings import SETTINGS, Settings
from transcripts import Transcript

# So many passages may be related to what a video, or one of its questions, is about.
_RELATED = 120
_VIDEOS = 512
_BEST = 60
# What a search may wait for an engine in all.
_SECONDS, _LEAST_SECONDS = 1.8, 0.3
# What whoever asks whether it is there waits for it.
_LOOK_SECONDS = 1.0
# As long as a page may take to be written.
_LACKING_SECONDS = 30.0
_READABLE_TRACKS = 32


class RemoteScorer:
    """Scores what an engine finds, and what is around that."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._outline, self._engine = parts.outline, parts.engine

    def score(self, asked: WeightedQuery, settings: Settings, budget: Budget) -> ScoredPassages:
        """Score passages for a query, at most `settings.candidates` of them."""
        with time_limit(max(_LEAST_SECONDS, min(budget.left, _SECONDS))):
            part, whole = self._part(asked)
        return replace(LocalScorer(part).score(asked, settings, budget), incomplete=not whole)

    def _part(self, asked: WeightedQuery) -> tuple[PartReader, bool]:
        """What is worth a closer look, and whether all was asked that is there."""
        found: list[Found] = []
        missing: PartMissing | None = None
        for search in self._searches(asked):
            try:
                found += search()
            except PartMissing as err:
                missing = err
                found += err.found
        if missing and not found:
            raise missing  # an outage is never shown as "no results"
        places = {one[:2] for one in found}
        part, sent = self._parts.around(places | self._answers(asked))
        return part, sent and not missing

    def _searches(self, asked: WeightedQuery) -> Iterator[Callable[[], Sequence[Found]]]:
        candidates, query = partial(self._engine.candidates, asked.concepts), asked.query
        # What a passage is worth is told by the best of all, also of what is left out.
        narrowed = query.is_narrowed or query.phrases or query.excluded
        asks = ((query, CANDIDATES), (Query(), _BEST)) if narrowed else ((query, CANDIDATES),)
        if asked.concepts:
            yield from (partial(candidates, *one) for one in asks)
        vector = asked.meant().vector
        if vector is not None:
            yield from (partial(self._engine.nearest, vector, *one) for one in asks)

    def _answers(self, asked: WeightedQuery) -> set[Numbered]:
        """The passages that answer a question that asks the same."""
        rows = self._outline.rows
        return {
            (int(track := rows.layout.track[row]), int(row) - rows.first_row[track])
            for match in asked.meant().matches
            for row in rows.between(
                match.question.video, match.question.start_ms, match.question.end_ms
            )
        }

    def videos_holding(
        self, asked: WeightedQuery, scored: ScoredPassages
    ) -> Mapping[str, Collection[str]]:
        """All videos that hold anything asked for and pass its filters, each with languages."""
        del scored
        try:
            return self._engine.videos_holding(asked.concepts, asked.query)
        except EngineAway:  # there are answers, so only their number is not known
            return {}

    def videos_left(self, query: Query) -> tuple[str, ...]:
        """The videos in which a query without words may find something, as the catalogue does."""
        if not query.excluded:
            return videos_allowed(self._outline, query)
        left = self._engine.videos_holding((), query)
        return tuple(slug for slug in self._outline.videos if slug in left)


class RemoteSearcher(Searcher):
    """Understands queries by an outline."""

    def __init__(self, parts: Parts, encoder: QueryEncoder) -> None:
        self._outline = parts.outline
        lexicon = OutlinedLexicon(parts.outline)
        super().__init__(parts.outline, encoder, RemoteScorer(parts), lexicon=lexicon)

    @cached_property
    def _questions(self) -> KnownQuestions:
        curated = curated_questions(self._outline, self.lexicon.vocabulary)
        return KnownQuestions(curated, self._outline.facts.questions)


class RemoteMentions(Mentions):
    """Where a term is said; what is said there is fetched as it is shown."""

    def __init__(self, parts: Parts, term: Term) -> None:
        super().__init__(parts.outline, parts.outline.places(term), marks_of(term))
        self._parts = parts

    def between(self, first: int, last: int) -> tuple[MentionedSentence, ...]:
        """The sentences from the first to the last (exclusive)."""
        places = self._places[first:last]
        part = self._parts.whole({place.track for place in places})
        begins = self._parts.outline.rows.first_sentence
        here = []
        for place in places:
            track = part.numbers.index(place.track)
            moved = part.rows.first_sentence[track] - begins[place.track]
            here.append(Place(place.sentence + moved, track, place.spans))
        return Mentions(part, tuple(here), self._marks).between(0, len(here))


class RemoteGeneration(Generation):
    """A generation whose passages are on other machines."""

    def __init__(
        self, outline: Outline, engine: Engine, meaning: QueryEncoder | None = None
    ) -> None:
        meaning = meaning or QueryEncoder()
        self._parts = Parts(outline, engine)
        super().__init__(outline, meaning, RemoteSearcher(self._parts, meaning))
        self._outline = outline
        self._lacked = float("-inf")

    def whole(self) -> bool:
        """Whether all shards answer now; they are asked for next to nothing."""
        try:
            with time_limit(_LOOK_SECONDS):
                self._parts.engine.candidates((), Query(), 1)
        except PartMissing:
            return False
        return True

    def mentions(self, term: Term) -> Mentions:
        """Find every sentence in which a term of the glossary is said."""
        return RemoteMentions(self._parts, term)

    @cached_property
    def _said(self) -> Mapping[str, TermCount]:
        return self._outline.facts.said_terms

    def said_within(
        self, query: Query, tracks: Iterable[tuple[str, str]]
    ) -> tuple[TrackMentions, ...]:
        """Find what a query, as an answer has it, asks for in videos, each with a language."""
        known = self._outline.rows.track_numbers
        there = [track for track in tracks if track in known]
        part = self._parts.whole({known[track] for track in there})
        return tuple(within(part, query, there, SETTINGS))

    def transcript(self, video: str, language: str | None = None) -> Transcript | None:
        """Return what a video says, in the language asked for or else its own; None without one."""
        there = self.languages(video)
        wanted = language if language in there else next(iter(there), None)
        part = self._track(video, wanted)
        return part.transcript(video, wanted) if part else None

    def _track(self, video: str, language: str | None) -> PartReader | None:
        number = self._outline.track_number(video, language)
        return None if number is None else self._parts.whole({number})

    @cached_property
    def _readable(self) -> Callable[[int], Sequence[str]]:
        def read(track: int) -> Sequence[str]:
            part = self._parts.whole({track})
            return readable_sentences(part, 0, *part.rows.sentences_of(0))

        return lru_cache(_READABLE_TRACKS)(read)

    def readings(self, video: str, language: str) -> dict[int, tuple[str, ...]]:
        """What the captions of a video misheard, by the place of the sentence."""
        part = self._track(video, language)
        return misheard_by_sentence(part, *part.rows.sentences_of(0)) if part else {}

    @property
    def is_quick(self) -> bool:
        """It waits for other machines."""
        return False

    @property
    def is_lacking(self) -> bool:
        """Whether a moment ago something was left out that could not be reached."""
        return time.monotonic() - self._lacked < _LACKING_SECONDS

    def topic_moments(
        self, slug: str, search: Callable[..., Answer] | None = None
    ) -> tuple[Hit, ...]:
        """The moments of a topic, best first. Raises PartMissing where some cannot be reached."""

        def ask(text: str, **named: Any) -> Answer:
            answer = (search or self.search)(text, **named)
            if answer.incomplete:
                raise PartMissing(f"{self.name}: some moments of a topic cannot be reached")
            return answer

        return super().topic_moments(slug, ask)

    @cached_property
    def _related_to(self) -> Callable[[str], Related]:
        found = lru_cache(_VIDEOS)(self._found_related)

        def related(slug: str) -> Related:
            try:
                return found(slug)
            except EngineAway:  # a page does without them, and is not kept
                self._lacked = time.monotonic()
                return Related()

        return related

    def _found_related(self, slug: str) -> Related:
        video = self._outline.videos.get(slug)
        if video is None:
            return Related()
        part, whole = self._parts.around(self._near(video))
        if not whole:
            raise PartMissing(f"{self.name}: some related moments cannot be reached")
        return RelatedFinder(part, SETTINGS, self._outline.facts.common).of(slug)

    def _near(self, video: Video) -> set[Numbered]:
        """A video's own passages, and those nearest to what it and its questions are about."""
        rows, engine = self._outline.rows, self._parts.engine
        tracks = [n for (slug, _), n in rows.track_numbers.items() if slug == video.slug]
        places = {(n, place) for n in tracks for place in range(self._outline.tracks[n].passages)}
        found: list[Found] = []
        for text in [question.text for question in video.questions] or [video.title]:
            terms = {token.term for token in tokens_of(text, video.language)}
            concepts = [WeightedConcept(term, 1.0, ((term,),)) for term in sorted(terms)]
            found += engine.candidates(concepts, Query(), _RELATED)
        if tracks:
            own = RelatedFinder(self._parts.whole(tracks), SETTINGS, self._outline.facts.common)
            others = Query(barred=frozenset((video.slug,)))
            for about in own.about(video):
                found += engine.nearest(about, others, _RELATED)
        return places | {one[:2] for one in found}
