"""One immutable index, opened: its catalogue, its transcripts, its rows and its terms."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, partial
from itertools import accumulate, pairwise
from math import log1p
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import parts, ranking, tables, vectors
from indexer.analysis import tokens_of
from indexer.asked import AskedQuestions, asked_questions
from indexer.budget import Budget
from indexer.counting import Filter, filters_of
from indexer.curated import CuratedQuestion, curated_questions
from indexer.errors import IndexerError
from indexer.heard_showing import readings_between
from indexer.heard_terms import marked
from indexer.hearing import hearer_of
from indexer.manifest import IndexedTrack, read_manifest, verify
from indexer.meaning import Meaning
from indexer.model import Answer, Hit
from indexer.postings import Postings
from indexer.query import Query, filters_applied
from indexer.related import AlsoAsked, Related
from indexer.searching import search, understood
from indexer.settings import SETTINGS, Settings
from indexer.spelling import Speller
from indexer.tables import identity
from indexer.vocabulary import Vocabulary
from indexer.within import Places, Within, places, within
from indexer.written import written_words
from transcripts import Sentence, Track, Transcript, primary


class Generation:
    """An opened generation. It never changes, and threads may share it. Raises IndexerError.

    `catalogue` is as it was when this was built, so that pages and index always agree. `vectors`
    are what its passages mean, None when it was built without a sentence model; `meaning` reads
    questions.
    """

    def __init__(self, folder: Path, meaning: Meaning | None = None) -> None:
        self._folder = folder
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
        self.first_sentence = [0, *accumulate(track.sentences for track in self.tracks)]
        self._rarities: dict[str, float] = {}
        self._impacts: dict[tuple[str, float, float], tuple[NDArray[Any], ranking.Floats]] = {}

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
        return filters_applied(text, self.catalogue, self.spoken_languages)

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
        known = self.videos.get(video)
        own = known.language if known else "en"
        alive = (track.language for track in self.tracks if track.video == video and not track.dead)
        return tuple(sorted(alive, key=lambda language: (language != own, language)))

    def transcript(self, video: str, language: str | None = None) -> Transcript | None:
        """Return what a video says, in the language asked for or else its own; None without one.

        Its sentences only: the words with their times stay in the library's captions.
        """
        there = self.languages(video)
        wanted = language if language in there else next(iter(there), None)
        for number, track in enumerate(self.tracks):
            if track.video == video and track.language == wanted and not track.dead:
                return self._transcript(number, track)
        return None

    @cached_property
    def spoken_languages(self) -> tuple[str, ...]:
        """The languages of the transcripts: that of most videos first, then by how much is said."""
        passages: Counter[str] = Counter()
        for track in self.tracks:
            if not track.dead:
                passages[track.language] += track.passages
        own = Counter(primary(video.language) for video in self.videos.values())
        return tuple(sorted(passages, key=lambda one: (-own[primary(one)], -passages[one], one)))

    @cached_property
    def track_numbers(self) -> dict[tuple[str, str], int]:
        """The number of each living track, by its video and language."""
        return {(t.video, t.language): n for n, t in enumerate(self.tracks) if not t.dead}

    @cached_property
    def layout(self) -> ranking.Layout:
        """Where the passages lie for ranking."""
        begins, ends = self.row_tokens
        counts = [track.passages for track in self.tracks]
        alive = [not track.dead for track in self.tracks]
        order = {video: number for number, video in enumerate(self.videos)}
        # Equally good passages come in the catalogue's order, however often tracks were changed.
        turns = [2 * order.get(t.video, 0) + (t.language != "en") for t in self.tracks]
        written = self.tables.wordings[0].before
        return ranking.lay_out(counts, alive, written[ends] - written[begins], turns)

    @cached_property
    def row_tokens(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the terms of each passage begin and end (exclusive), counted over all tracks."""
        first = self._track_starts + self.tables.passage_first
        last = self._track_starts + self.tables.passage_last
        return self.tables.token_offsets[first], self.tables.token_offsets[last]

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that can be offered beside an answer."""
        return filters_of(self.catalogue)

    @cached_property
    def _track_starts(self) -> NDArray[np.int64]:
        """The first sentence of each passage's track, counted over all tracks."""
        starts = np.asarray(self.first_sentence[:-1], np.int64)
        return np.repeat(starts, [track.passages for track in self.tracks])

    def passage(self, row: int) -> tuple[int, int]:
        """The sentences of a passage, first and last (exclusive), counted over all tracks."""
        start = int(self._track_starts[row])
        first, last = self.tables.passage_first[row], self.tables.passage_last[row]
        return start + int(first), start + int(last)

    def impacts(self, term: str, settings: Settings) -> tuple[NDArray[Any], ranking.Floats]:
        """The places that hold a term, and what BM25 gives each; worked out once, and kept."""
        key = (term, settings.k1, settings.b)
        found = self._impacts.get(key)
        if found is None:
            postings = self.postings.of(term)
            found = ranking.impacts(postings.rows, postings.counts, self.layout, settings)
            if len(found[0]):  # what nobody says is a stranger's word, and not kept
                self._impacts[key] = found
        return found

    def rows_between(self, video: str, start_ms: int, end_ms: int) -> NDArray[np.int64]:
        """The living passages of a video that overlap a stretch of it."""
        rows = self._rows_of.get(video, np.empty(0, np.int64))
        starts, ends = self.tables.passage_start_ms[rows], self.tables.passage_end_ms[rows]
        return rows[(starts < end_ms) & (ends > start_ms)]

    @cached_property
    def _rows_of(self) -> dict[str, NDArray[np.int64]]:
        """The living passages of each video, in rising order."""
        rows: dict[str, list[NDArray[np.int64]]] = {}
        first_row = [0, *accumulate(track.passages for track in self.tracks)]
        for track, span in zip(self.tracks, pairwise(first_row), strict=True):
            if not track.dead:
                rows.setdefault(track.video, []).append(np.arange(*span))
        return {video: np.concatenate(spans) for video, spans in rows.items()}

    def is_in(self, tongue: str) -> NDArray[np.bool_]:
        """Which tracks are in a language, whatever their region."""
        same: NDArray[np.bool_] = self._tongues == primary(tongue)
        return same

    @cached_property
    def _tongues(self) -> NDArray[np.str_]:
        return np.array([primary(track.language) for track in self.tracks], np.str_)

    @cached_property
    def curated_questions(self) -> tuple[CuratedQuestion, ...]:
        """The catalogue's questions that have the time of their answer."""
        return curated_questions(self.videos.values())

    @cached_property
    def asked_questions(self) -> AskedQuestions:
        """The questions that interviewers ask."""
        spans = zip(self.tracks, pairwise(self.first_sentence), strict=True)
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

    def said(self, term: str) -> int:
        """How many passages hold a term."""
        return len(self.impacts(term, SETTINGS)[0])

    def rarity(self, term: str) -> float:
        """What a term tells: the fewer passages hold it, the more."""
        known = self._rarities.get(term)
        if known is None:
            said = self.said(term)
            known = log1p(max(1, self.layout.rows) / (1 + said))
            if said:
                self._rarities[term] = known
        return known

    @cached_property
    def heard_names(self) -> dict[int, str]:
        """The names that may have been misheard, by the identity of their marked terms."""
        names = hearer_of(self.catalogue).names
        return {identity(marked(name)): name for name in reversed(names)}

    def readings(self, video: str, language: str) -> dict[int, tuple[str, ...]]:
        """What the captions of a video misheard, by the place of the sentence."""
        for number, track in enumerate(self.tracks):
            if (track.video, track.language, track.dead) == (video, language, False):
                first = self.first_sentence[number]
                return readings_between(self, first, first + track.sentences)
        return {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The glossary, cut as the transcripts are."""
        return Vocabulary(self.catalogue.terms, self.spoken_languages)

    @cached_property
    def speller(self) -> Speller:
        """The words of these transcripts and of the glossary."""
        tongues = [("" if t.dead else primary(t.language), t.sentences) for t in self.tracks]
        spoken = partial(written_words, self.tables, tongues)
        return Speller(spoken, self.catalogue.terms, self._terms_of, self.said)

    def _terms_of(self, word: str, language: str = "") -> tuple[str, ...]:
        """The terms that a language, or else the first, makes of a word; none of a mere filler."""
        first = next(iter(self.spoken_languages), "en")
        return tuple(dict.fromkeys(token.term for token in tokens_of(word, language or first)))

    def prove(self) -> None:
        """Raise IndexerError unless what this holds fits together and answers."""
        rows = sum(track.passages for track in self.tracks)
        if not rows == self.postings.rows == len(self.tables.passage_first):
            raise IndexerError(f"{self._folder}: tables and postings do not agree")
        if self.vectors and len(self.vectors) != rows:
            raise IndexerError(f"{self._folder}: tables and vectors do not agree")
        for row in {0, rows // 2, rows - 1} if rows else ():
            first, _ = self.passage(row)
            language = self.tracks[self.layout.track[row]].language
            for token in tokens_of(self.tables.sentence_text(first), language):
                if row not in self.postings.of(token.term).rows:
                    raise IndexerError(f"{self._folder}: {token.term!r} is not found where it is")

    def _transcript(self, number: int, entry: IndexedTrack) -> Transcript:
        track = Track(
            entry.video, entry.language, entry.kind, entry.ext, Path(entry.video) / entry.name
        )
        first = self.first_sentence[number]
        sentences = (self._sentence(n) for n in range(first, first + entry.sentences))
        return Transcript(track, (), tuple(sentences), entry.notes)

    def speaker_of(self, sentence: int) -> str:
        """Who says a sentence, by its number, as the captions name them; "" where they don't."""
        speaker = int(self.tables.sentence_speaker[sentence])
        track = bisect_right(self.first_sentence, sentence) - 1
        return self.tracks[track].speakers[speaker] if speaker >= 0 else ""

    def _sentence(self, number: int) -> Sentence:
        return Sentence(
            start_ms=int(self.tables.sentence_start_ms[number]),
            end_ms=int(self.tables.sentence_end_ms[number]),
            text=self.tables.sentence_text(number),
            first=0,
            last=0,
            speaker=self.speaker_of(number),
            question=bool(self.tables.sentence_question[number]),
            turn=int(self.tables.sentence_turn[number]),
        )
