"""One immutable index, opened: its catalogue, its transcripts, its rows and its terms."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from indexer.analysis.tokenizer import tokens_of
from indexer.browse.related import AlsoAsked, Related
from indexer.deadline import Budget
from indexer.embedding.encoder import Meaning
from indexer.model import Answer, Hit
from indexer.moments.heard_showing import readings_between
from indexer.query.lexicon import Lexicon
from indexer.query.parser import Query, filters_applied
from indexer.ranking.asked import AskedQuestions, asked_questions
from indexer.ranking.questions import CuratedQuestion, curated_questions
from indexer.search.facets import Filter, filters_of
from indexer.search.search import search, understood
from indexer.search.within_video import Places, Within, places, within
from indexer.settings import SETTINGS, Settings
from indexer.storage import columns as tables
from indexer.storage import parts, vectors
from indexer.storage.bm25 import SpokenTerms
from indexer.storage.kept_transcripts import kept_transcript
from indexer.storage.layout import Rows
from indexer.storage.manifest import IndexedTrack, read_manifest, verify
from indexer.storage.postings import Postings
from transcripts import Transcript


class Generation:
    """An opened generation. It never changes, and threads may share it. Raises IndexerError.

    `catalogue` is as it was when this was built, so that pages and index always agree. `rows` says
    where things lie, `terms` what is said, `lexicon` what words mean. `vectors` are what its
    passages mean, None when it was built without a sentence model; `meaning` reads questions.
    """

    def __init__(self, folder: Path, meaning: Meaning | None = None) -> None:
        manifest = read_manifest(folder)
        verify(folder, manifest)
        self.name = manifest.name
        self.built_at = manifest.built_at
        self.built_by = manifest.built_by
        self.tracks = manifest.tracks
        self.catalogue = parts.read_catalogue(folder)
        self.videos = self.catalogue.videos
        self._topics = parts.read_topics(folder) if parts.TOPICS in manifest.files else {}
        self._related = parts.read_related(folder) if parts.RELATED in manifest.files else Related()
        self.tables = tables.load(folder / parts.TABLES)
        self.postings = Postings(
            folder / parts.POSTINGS, parts.files_in(parts.POSTINGS, manifest.files)
        )
        self.meaning = meaning or Meaning()
        there = parts.files_in(parts.VECTORS, manifest.files)
        self.vectors = vectors.load(folder / parts.VECTORS) if there else None
        self.rows = Rows(self.tracks, self.tables, self.videos)
        self.terms = SpokenTerms(self.postings, self.rows)
        self.lexicon = Lexicon(self.catalogue, self.rows, self.terms)

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
        `counts` the answer also has what every filter would leave. A spent budget leaves a partial
        answer.
        """
        return search(self, text, limit, settings, exact=exact, counts=counts, budget=budget)

    def within(
        self, text: str, tracks: Iterable[tuple[str, str]], *, exact: bool = False
    ) -> tuple[Within, ...]:
        """Find what a query asks for in some videos, each given with a language."""
        return within(self, understood(self, text, exact), tracks, SETTINGS)

    def places(self, query: Query, tracks: Iterable[tuple[str, str]]) -> tuple[Places, ...]:
        """Find when a query, as an answer has it, is mentioned in videos, each with a language."""
        return places(self, query, tracks, SETTINGS)

    @property
    def meaning_off(self) -> str:
        """Why questions are not read by their meaning here; "" when they are."""
        return self.meaning.why_not(self.vectors.identity if self.vectors else "")

    def filters_in(self, text: str) -> tuple[tuple[int, int], ...]:
        """The filters of a query that narrow it down, by its characters."""
        return filters_applied(text, self.catalogue, self.rows.spoken_languages)

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that can be offered beside an answer."""
        return filters_of(self.catalogue)

    def topic_moments(self, slug: str) -> tuple[Hit, ...]:
        """The moments of a topic, best first, chosen when this was built; none of an unknown one.

        They stand by where they come from, so their scores are in no order.
        """
        return self._topics.get(slug, ())

    def related_moments(self, video: str) -> tuple[Hit, ...]:
        """The moments of other videos that are nearest to one, chosen when this was built."""
        return self._related.moments.get(video, ())

    def also_asked(self, video: str, start_ms: int) -> tuple[AlsoAsked, ...]:
        """The questions most like the one that a video answers from a time on, nearest first."""
        return self._related.asked.get(video, {}).get(start_ms, ())

    def languages(self, video: str) -> tuple[str, ...]:
        """The languages in which a video has a transcript, its own first."""
        return self.rows.languages(video)

    def transcript(self, video: str, language: str | None = None) -> Transcript | None:
        """Return what a video says, in the language asked for or else its own; None without one.

        Its sentences only: the words with their times stay in the library's captions.
        """
        there = self.languages(video)
        wanted = language if language in there else next(iter(there), None)
        number = self._first_track(video, wanted)
        return None if number is None else kept_transcript(self.rows, number)

    def readings(self, video: str, language: str) -> dict[int, tuple[str, ...]]:
        """What the captions of a video misheard, by the place of the sentence."""
        number = self._first_track(video, language)
        if number is None:
            return {}
        first = self.rows.first_sentence[number]
        return readings_between(self, first, first + self.tracks[number].sentences)

    def _first_track(self, video: str, language: str | None) -> int | None:
        """The number of the first living track of a video in a language."""
        wanted = (video, language, False)
        found = (n for n, t in enumerate(self.tracks) if (t.video, t.language, t.dead) == wanted)
        return next(found, None)

    @cached_property
    def curated_questions(self) -> tuple[CuratedQuestion, ...]:
        """The catalogue's questions that have the time of their answer."""
        return curated_questions(self.videos.values())

    @cached_property
    def asked_questions(self) -> AskedQuestions:
        """The questions that interviewers ask."""
        spans = zip(self.tracks, pairwise(self.rows.first_sentence), strict=True)
        return asked_questions(self.tables, [(t.video, *s) for t, s in spans if not t.dead])

    @cached_property
    def tracks_named(self) -> dict[str, frozenset[int]]:
        """The numbers of the tracks whose video's title and topics hold a term."""
        named: dict[str, set[int]] = {}
        for number, track in enumerate(self.tracks):
            for term in self._names_of(track):
                named.setdefault(term, set()).add(number)
        return {term: frozenset(numbers) for term, numbers in named.items()}

    def _names_of(self, track: IndexedTrack) -> frozenset[str]:
        video = self.videos.get(track.video)
        if track.dead or video is None:
            return frozenset()
        topics = [self.catalogue.topics[slug].title for slug in video.topics]
        texts = (video.title, *topics)
        return frozenset(t.term for text in texts for t in tokens_of(text, video.language))
