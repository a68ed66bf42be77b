"""Every sentence in which a term of the glossary is said, by any of its names: all, and each once.

A video counts in one language only, its own: what its other captions translate is not said twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from catalog import Term, base_language
from indexer.analysis.tokenizer import tokens_of
from indexer.arrays import Array
from indexer.mishearing.terms import PROBABLE, misheard_term
from indexer.moments.readable import readable_sentences
from indexer.moments.snippets import misheard_names
from indexer.storage.columns import identity
from indexer.storage.reader import IndexReader
from transcripts import TrackKind

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MentionedSentence:
    """A sentence in which a term is said, and when it begins and ends.

    `spans` are where in `text` the names are, as character offsets. `heard` are the names that its
    captions have only misheard; one that a person found ends in "(reviewed)". `readable` is `text`
    as it is read, "" where captions have marks. `made_by` names the speech model that wrote the
    captions here, if one did.
    """

    video: str
    language: str
    captions: TrackKind
    start_ms: int
    end_ms: int
    text: str
    spans: tuple[Span, ...]
    speaker: str = ""
    heard: tuple[str, ...] = ()
    readable: str = ""
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence, counted over all tracks, its track, and where the names are in it."""

    sentence: int
    track: int
    spans: tuple[Span, ...]


class Mentions:
    """Where a term is said: videos in the order of the catalogue, each from its beginning."""

    def __init__(
        self, reader: IndexReader, places: tuple[Place, ...], marks: frozenset[int]
    ) -> None:
        self._reader = reader
        self._places = places
        self._marks = marks

    def __len__(self) -> int:
        return len(self._places)

    @property
    def videos(self) -> int:
        """In how many videos it is said."""
        tracks = self._reader.tracks
        return len({tracks[place.track].video for place in self._places})

    def between(self, first: int, last: int) -> tuple[MentionedSentence, ...]:
        """The sentences from the first to the last (exclusive)."""
        return tuple(self._sentence(place) for place in self._places[first:last])

    def _sentence(self, place: Place) -> MentionedSentence:
        columns, track = self._reader.columns, self._reader.tracks[place.track]
        there = place.sentence, place.sentence + 1
        return MentionedSentence(
            video=track.video,
            language=track.language,
            captions=track.kind,
            start_ms=int(columns.sentence_start_ms[place.sentence]),
            end_ms=int(columns.sentence_end_ms[place.sentence]),
            text=columns.sentence_text(place.sentence),
            spans=place.spans,
            speaker=self._reader.speaker_of(place.sentence),
            heard=misheard_names(self._reader, *there, self._marks),
            readable=" ".join(readable_sentences(self._reader, place.track, *there)),
            made_by=track.made_by,
        )


def mentions_of(reader: IndexReader, term: Term) -> Mentions:
    """Find every sentence in which a term is said, in any word form of any of its names.

    What captions probably or, as a person found, surely misheard for it counts too.
    """
    return Mentions(reader, places_of(reader, term), marks_of(term))


def places_of(reader: IndexReader, term: Term) -> tuple[Place, ...]:
    """Where a term is said, in the same order."""
    own = dict(_own_tracks(reader))
    named = _named(reader, term, marks_of(term), own)
    found: dict[int, set[Span]] = {}
    for sentence, *span in named.T.tolist():
        found.setdefault(sentence, set()).add((span[0], span[1]))
    return _in_order(reader, found, own)


@dataclass(frozen=True, slots=True)
class TermCount:
    """In how many sentences a term is said, and in which tracks, by their numbers."""

    sentences: int
    tracks: tuple[int, ...]


def said_terms(reader: IndexReader) -> dict[str, TermCount]:
    """Where each term of the glossary is said that is said at all."""
    own = dict(_own_tracks(reader))
    found: dict[str, TermCount] = {}
    for term in reader.catalogue.terms:
        sentences = np.unique(_named(reader, term, marks_of(term), own)[0])
        if len(sentences):
            tracks = np.unique(reader.rows.tracks_of(sentences))
            found[term.canonical] = TermCount(len(sentences), tuple(tracks.tolist()))
    return found


def _own_tracks(reader: IndexReader) -> Iterator[tuple[int, int]]:
    """Yield the living tracks in their video's own language, and the video's turn."""
    turns = {video: turn for turn, video in enumerate(reader.videos)}
    for number, track in enumerate(reader.tracks):
        if track.video in turns and not track.dead:
            own = reader.rows.languages(track.video)
            if track.language == own[0]:
                yield number, turns[track.video]


def marks_of(term: Term) -> frozenset[int]:
    """What stands in the columns where captions probably misheard a term."""
    return frozenset(identity(misheard_term(name)) for name in (term.canonical, *term.variants))


def _named(reader: IndexReader, term: Term, marks: frozenset[int], own: Mapping[int, int]) -> Array:
    """Where a term is named in some tracks: sentences, and the characters there: (3, places)."""
    found: list[Array] = []
    for language in sorted({reader.tracks[number].language for number in own}):
        tracks = [number for number in own if reader.tracks[number].language == language]
        places = (_spoken(reader, phrase) for phrase in _phrases(term, language))
        found += (one[:, np.isin(reader.rows.tracks_of(one[0]), tracks)] for one in places)
    misheard = _misheard(reader, marks)
    found.append(misheard[:, np.isin(reader.rows.tracks_of(misheard[0]), list(own))])
    return np.concatenate(found, axis=1)


def _phrases(term: Term, language: str) -> set[tuple[int, ...]]:
    spanish = term.spanish if base_language(language) == "es" else ()
    names = (term.canonical, *term.variants, *spanish)
    cut = (tuple(identity(t.term) for t in tokens_of(name, language)) for name in names)
    return {phrase for phrase in cut if phrase}


def _spoken(reader: IndexReader, phrase: tuple[int, ...]) -> Array:
    """Sentences that hold a phrase, and its characters there."""
    columns = reader.columns
    first, last = reader.positions.occurrences(phrase)
    stops = columns.token_end[first]
    for further in range(1, int((last - first).max(initial=0)) + 1):
        stops = np.maximum(stops, columns.token_end[np.minimum(first + further, last)])
    return np.array([columns.sentences_of(first), columns.token_start[first], stops], np.int64)


def _misheard(reader: IndexReader, marks: frozenset[int]) -> Array:
    columns = reader.columns
    tokens = reader.positions.misheard(marks, PROBABLE)
    there = columns.sentences_of(tokens), columns.token_start[tokens], columns.token_end[tokens]
    return np.array(there, np.int64)


def _in_order(
    reader: IndexReader, found: Mapping[int, set[Span]], turns: Mapping[int, int]
) -> tuple[Place, ...]:
    places = (
        Place(sentence, reader.rows.track_of(sentence), tuple(sorted(spans)))
        for sentence, spans in found.items()
    )
    return tuple(sorted(places, key=lambda place: (turns[place.track], place.sentence)))
