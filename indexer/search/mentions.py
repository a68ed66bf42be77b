"""Every sentence in which a term of the glossary is said, by any of its names: all, and each once.

A video counts in one language only, its own: what its other captions translate is not said twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from catalog import Term, base_language
from indexer.analysis.tokenizer import tokens_of
from indexer.mishearing.terms import PROBABLE, marked
from indexer.moments.heard_showing import heard_between
from indexer.ranking.matching import starts_of
from indexer.storage.columns import Array, identity
from transcripts import TrackKind

if TYPE_CHECKING:
    from indexer.generation import Generation

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence in which a term is said, and when it begins and ends.

    `spans` are where in `text` the names are, as character offsets. `heard` are the names that its
    captions have only misheard; one that a person found ends in "(reviewed)".
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


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence, counted over all tracks, its track, and where the names are in it."""

    sentence: int
    track: int
    spans: tuple[Span, ...]


class Said:
    """Where a term is said: videos in the order of the catalogue, each from its beginning."""

    def __init__(
        self, generation: Generation, places: tuple[_Place, ...], marks: frozenset[int]
    ) -> None:
        self._generation = generation
        self._places = places
        self._marks = marks

    def __len__(self) -> int:
        return len(self._places)

    @property
    def videos(self) -> int:
        """In how many videos it is said."""
        tracks = self._generation.tracks
        return len({tracks[place.track].video for place in self._places})

    def between(self, first: int, last: int) -> tuple[Saying, ...]:
        """The sentences from the first to the last (exclusive)."""
        return tuple(self._saying(place) for place in self._places[first:last])

    def _saying(self, place: _Place) -> Saying:
        tables, track = self._generation.tables, self._generation.tracks[place.track]
        speaker = int(tables.sentence_speaker[place.sentence])
        return Saying(
            video=track.video,
            language=track.language,
            captions=track.kind,
            start_ms=int(tables.sentence_start_ms[place.sentence]),
            end_ms=int(tables.sentence_end_ms[place.sentence]),
            text=tables.sentence_text(place.sentence),
            spans=place.spans,
            speaker=track.speakers[speaker] if speaker >= 0 else "",
            heard=heard_between(self._generation, place.sentence, place.sentence + 1, self._marks),
        )


def said_of(generation: Generation, term: Term) -> Said:
    """Find every sentence in which a term is said, in any word form of any of its names.

    What captions probably or, as a person found, surely misheard for it counts too.
    """
    marks = frozenset(identity(marked(name)) for name in (term.canonical, *term.variants))
    own = dict(_own_tracks(generation))
    found: dict[int, set[Span]] = {}
    for language in sorted({generation.tracks[number].language for number in own}):
        tracks = {number for number in own if generation.tracks[number].language == language}
        for sentence, span in _spoken(generation, _phrases(term, language)):
            if generation.rows.track_of(sentence) in tracks:
                found.setdefault(sentence, set()).add(span)
    for sentence, span in _misheard(generation, marks):
        if generation.rows.track_of(sentence) in own:
            found.setdefault(sentence, set()).add(span)
    return Said(generation, _in_order(generation, found, own), marks)


def _own_tracks(generation: Generation) -> Iterator[tuple[int, int]]:
    """Yield the living tracks in their video's own language, and the video's turn."""
    turns = {video: turn for turn, video in enumerate(generation.videos)}
    for number, track in enumerate(generation.tracks):
        if track.video in turns and not track.dead:
            own = generation.languages(track.video)
            if track.language == own[0]:
                yield number, turns[track.video]


def _phrases(term: Term, language: str) -> set[tuple[int, ...]]:
    spanish = term.spanish if base_language(language) == "es" else ()
    names = (term.canonical, *term.variants, *spanish)
    cut = (tuple(identity(t.term) for t in tokens_of(name, language)) for name in names)
    return {phrase for phrase in cut if phrase}


def _spoken(
    generation: Generation, phrases: Iterable[tuple[int, ...]]
) -> Iterator[tuple[int, Span]]:
    """Yield each sentence that holds a phrase, and its characters there."""
    tables = generation.tables
    for phrase in phrases:
        for terms, before in tables.wordings:
            starts = starts_of(terms, phrase)
            first = np.searchsorted(before, starts, side="right") - 1
            last = np.searchsorted(before, starts + len(phrase) - 1, side="right") - 1
            inside = _sentences(generation, first) == _sentences(generation, last)
            for begin, end in zip(first[inside].tolist(), last[inside].tolist(), strict=True):
                stop = int(tables.token_end[begin : end + 1].max())
                yield _sentence(generation, begin), (int(tables.token_start[begin]), stop)


def _misheard(generation: Generation, marks: frozenset[int]) -> Iterator[tuple[int, Span]]:
    tables = generation.tables
    wanted = np.array(sorted(marks), np.uint64)
    there = (tables.token_heard == PROBABLE) & np.isin(tables.token_term, wanted)
    for token in np.flatnonzero(there).tolist():
        span = (int(tables.token_start[token]), int(tables.token_end[token]))
        yield _sentence(generation, token), span


def _sentences(generation: Generation, tokens: Array) -> Array:
    return np.searchsorted(generation.tables.token_offsets, tokens, side="right") - 1


def _sentence(generation: Generation, token: int) -> int:
    return int(np.searchsorted(generation.tables.token_offsets, token, side="right")) - 1


def _in_order(
    generation: Generation, found: Mapping[int, set[Span]], turns: Mapping[int, int]
) -> tuple[_Place, ...]:
    places = (
        _Place(sentence, generation.rows.track_of(sentence), tuple(sorted(spans)))
        for sentence, spans in found.items()
    )
    return tuple(sorted(places, key=lambda place: (turns[place.track], place.sentence)))
