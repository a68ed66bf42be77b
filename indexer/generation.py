"""One immutable generation of the index, as other rooms see it: its data, and what answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from catalog import Term, WrittenAnswer
from indexer.browse.related import Related, RelatedFinder
from indexer.browse.topics import moments_of_topic
from indexer.embedding.encoder import QueryEncoder
from indexer.model import AlsoAsked, Hit
from indexer.moments.interviewer import places_of_interviewer
from indexer.moments.readable import readable_sentences
from indexer.moments.snippets import misheard_by_sentence
from indexer.query.parser import Query, filters_applied
from indexer.search.answer import Answer
from indexer.search.facets import Filter
from indexer.search.mentions import Mentions, TermCount, mentions_of, said_terms
from indexer.search.search import Searcher
from indexer.search.within_video import TrackMentions, within
from indexer.search.written import WrittenQuestion, asked_in_writing, written_questions
from indexer.settings import SETTINGS
from indexer.storage.reader import IndexReader, open_index
from transcripts import Transcript

# Of so many tracks what is read is kept, a tenth of a second's work for three hours of talk.
_READABLE_TRACKS = 32
# Of so many topics the moments are kept.
_TOPICS = 256
# A search through so many passages takes some 4 ms, of a short question 45 at the worst.
_QUICK_ROWS = 50_000


class Generation:
    """An opened generation. It never changes, and threads may share it.

    `reader` is its data, `meaning` reads questions where there is a sentence model. `catalogue` is
    as it was when this was built, so that pages and index always agree.
    """

    def __init__(
        self,
        reader: IndexReader,
        meaning: QueryEncoder | None = None,
        searcher: Searcher | None = None,
    ) -> None:
        self.reader = reader
        self.meaning = meaning or QueryEncoder()
        self.searcher = searcher or Searcher(reader, self.meaning)
        self.search = self.searcher.search
        self.name = reader.name
        self.built_at = reader.built_at
        self.tracks = reader.tracks
        self.catalogue = reader.catalogue
        self.videos = reader.videos
        self._topic_moments: dict[str, tuple[Hit, ...]] = {}

    def within(
        self, text: str, tracks: Iterable[tuple[str, str]], *, exact: bool = False
    ) -> tuple[TrackMentions, ...]:
        """Find what a query asks for in some videos, each given with a language."""
        return self.said_within(self.searcher.parsed(text, exact=exact), tracks)

    def mentions(self, term: Term) -> Mentions:
        """Find every sentence in which a term of the glossary is said."""
        return mentions_of(self.reader, term)

    @cached_property
    def said(self) -> Mapping[str, int]:
        """In how many sentences each term of the glossary is said, of those that are said."""
        return {name: one.sentences for name, one in self._said.items()}

    def said_in(self, term: Term) -> tuple[str, ...]:
        """The videos in which a term of the glossary is said."""
        there = self._said.get(term.canonical)
        return tuple(self.tracks[number].video for number in there.tracks) if there else ()

    @cached_property
    def _said(self) -> Mapping[str, TermCount]:
        return said_terms(self.reader)

    def said_within(
        self, query: Query, tracks: Iterable[tuple[str, str]]
    ) -> tuple[TrackMentions, ...]:
        """Find what a query, as an answer has it, asks for in videos, each with a language."""
        return tuple(within(self.reader, query, tracks, SETTINGS))

    def asked_in_writing(self, query: Query) -> WrittenAnswer | None:
        """The question like a query, as an answer has it, that a page elsewhere answers."""
        return asked_in_writing(query, self._written)

    @cached_property
    def _written(self) -> tuple[WrittenQuestion, ...]:
        return written_questions(self.catalogue, self.searcher.parsed)

    def whole(self) -> bool:
        """Whether all of it can be searched now. Raises EngineAway where it is not here at all."""
        return True

    @property
    def is_lacking(self) -> bool:
        """Whether a page that was just made may lack something, so that it is not kept."""
        return False

    @property
    def is_quick(self) -> bool:
        """Whether search takes milliseconds: by words alone, through passages that are here."""
        by_words = self.reader.vectors is None or not self.meaning.may_read
        few = self.reader.rows.layout.rows <= _QUICK_ROWS
        return by_words and few and not self.searcher.reranker.is_loaded

    @property
    def meaning_off(self) -> str:
        """Why questions are not read by their meaning here; "" when they are."""
        vectors = self.reader.vectors
        return self.meaning.why_not(vectors.identity if vectors else "")

    def filters_in(self, text: str) -> tuple[tuple[int, int], ...]:
        """The filters of a query that narrow it down, by its characters."""
        return filters_applied(text, self.catalogue, self.reader.rows.spoken_languages)

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that can be offered beside an answer."""
        return self.searcher.filters

    @property
    def topics_kept(self) -> tuple[str, ...]:
        """The topics of which the moments are kept, so that it is worth finding them ahead."""
        return tuple(self.catalogue.topics)[:_TOPICS]

    def topic_moments(
        self, slug: str, search: Callable[..., Answer] | None = None
    ) -> tuple[Hit, ...]:
        """The moments of a topic, best first; none of an unknown one.

        They stand by where they come from, so their scores are in no order. Where they are not
        known yet they are found by `search`, which may take its time, or at once.
        """
        found = self._topic_moments.get(slug)
        topic = self.catalogue.topics.get(slug)
        if found is None and topic:
            ask = partial(search or self.search, limit=SETTINGS.topic_moments)
            rarity = self.reader.terms.rarity
            found = moments_of_topic(topic, self.catalogue, ask, rarity, SETTINGS)
            if len(self._topic_moments) < _TOPICS:
                self._topic_moments[slug] = found
        return found or ()

    def related_moments(self, video: str) -> tuple[Hit, ...]:
        """The moments of other videos that are nearest to one."""
        return self._related_to(video).moments

    def also_asked(self, video: str, start_ms: int) -> tuple[AlsoAsked, ...]:
        """The questions most like the one that a video answers from a time on, nearest first."""
        return self._related_to(video).asked.get(start_ms, ())

    @cached_property
    def _related_to(self) -> Callable[[str], Related]:
        return RelatedFinder(self.reader, SETTINGS).of

    def languages(self, video: str) -> tuple[str, ...]:
        """The languages in which a video has a transcript, its own first."""
        return self.reader.rows.languages(video)

    def transcript(self, video: str, language: str | None = None) -> Transcript | None:
        """Return what a video says, in the language asked for or else its own; None without one.

        Its sentences only: the words with their times stay in the library's captions.
        """
        return self.reader.transcript(video, language)

    @cached_property
    def laid_out(self) -> dict[Any, Any]:
        """Transcripts as pages lay them out, kept by who does (`transcript_layout.py`)."""
        return {}

    def came_at(self, video: str) -> str:
        """When what a video says came here last (ISO 8601, UTC); "" where that is not known."""
        return self._came_at.get(video, "")

    @cached_property
    def _came_at(self) -> Mapping[str, str]:
        came: dict[str, str] = {}
        for track in self.tracks:
            if not track.dead:
                came[track.video] = max(track.came_at, came.get(track.video, ""))
        return came

    def uploaded_at(self, video: str) -> str:
        """When a video was uploaded, as its site said (ISO 8601); "" where that is not known."""
        return self._uploaded_at.get(video, "")

    @cached_property
    def _uploaded_at(self) -> Mapping[str, str]:
        alive = (track for track in self.tracks if track.uploaded_at and not track.dead)
        return {track.video: track.uploaded_at for track in alive}

    def readable(self, video: str, language: str) -> Sequence[str]:
        """What each sentence of a video says as it is read; none where captions have marks."""
        number = self.reader.track_number(video, language)
        return () if number is None else self._readable(number)

    @cached_property
    def _readable(self) -> Callable[[int], Sequence[str]]:
        def read(track: int) -> Sequence[str]:
            return readable_sentences(self.reader, track, *self.reader.rows.sentences_of(track))

        return lru_cache(_READABLE_TRACKS)(read)

    def readings(self, video: str, language: str) -> dict[int, tuple[str, ...]]:
        """What the captions of a video misheard, by the place of the sentence."""
        number = self.reader.track_number(video, language)
        if number is None:
            return {}
        return misheard_by_sentence(self.reader, *self.reader.rows.sentences_of(number))

    def asked_at(self, video: str, language: str) -> frozenset[int]:
        """The places of what an interviewer says in a video; none where it is not clear who."""
        number = self.reader.track_number(video, language)
        if number is None:
            return frozenset()
        columns, rows = self.reader.columns, self.reader.rows
        return places_of_interviewer(columns, rows.sentences_of(number))


@dataclass(frozen=True, slots=True)
class OpenedGeneration:
    """A generation that is whole. `trouble` is why it stands in for the one that was meant.

    `stamp` tells the pointer that was followed from every other.
    """

    generation: Generation
    trouble: str = ""
    stamp: object = None


def open_generation(folder: Path, meaning: QueryEncoder | None = None) -> Generation:
    """Check every file of a generation and open it. Raises IndexerError."""
    return Generation(open_index(folder), meaning)
