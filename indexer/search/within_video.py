"""Where one video says what a query asks for: its sentences, each with what to highlight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from indexer.moments.landing import highlights
from indexer.query.parser import Phrase, Query
from indexer.ranking.matching import rows_with
from indexer.ranking.sought import Held, Sought, sought_by
from indexer.settings import Settings
from indexer.storage.columns import identity

if TYPE_CHECKING:
    from indexer.generation import Generation

# A sentence is a place when it holds this share of what the best sentence of the video holds.
_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that says what was asked for.

    `place` counts the sentences of the transcript, `spans` are highlights as (start, end)
    character offsets into `text`.
    """

    place: int
    start_ms: int
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The mentions in one track of a video, in the order they are said.

    `starts_ms` is when each sentence that is one begins, by its place; `mention` reads the one at
    a place. `end_ms` is when the last word ends; `unsaid` are the things asked for of which
    nothing is said.
    """

    video: str
    language: str
    starts_ms: Mapping[int, int]
    mention: Callable[[int], Mention]
    end_ms: int
    unsaid: tuple[str, ...] = ()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All of them, read. A long track can have very many."""
        return tuple(self.mention(place) for place in self.starts_ms)


@dataclass(frozen=True, slots=True)
class Places:
    """When the mentions in one track of a video begin, in order, and when its last word ends."""

    video: str
    language: str
    starts_ms: tuple[int, ...]
    end_ms: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What one track holds of a query: its mentions, and which of the terms, by their columns.

    Sentences count over all tracks; `first` and `last` (exclusive) are those of the track.
    """

    number: int
    first: int
    last: int
    sentences: NDArray[Any]
    held: Held


def within(
    generation: Generation, query: Query, tracks: Iterable[tuple[str, str]], settings: Settings
) -> tuple[Within, ...]:
    """Find what a query asks for in each of some tracks, given by video and language.

    Filters narrow down videos, and so mean nothing here. A track that is not there is left out.
    """
    sought = sought_by(generation, query, settings)
    weights = dict.fromkeys(sought.terms, 1.0)
    return tuple(
        Within(
            generation.tracks[found.number].video,
            generation.tracks[found.number].language,
            _starts_ms(generation, found),
            partial(_mention, generation, found.first, weights),
            _end_ms(generation, found),
            tuple(part.shown for part in sought.parts if not part.share(found.held)[0]),
        )
        for found in _found(generation, query, sought, tracks)
    )


def places(
    generation: Generation, query: Query, tracks: Iterable[tuple[str, str]], settings: Settings
) -> tuple[Places, ...]:
    """Find when, in each of some tracks, what a query asks for is mentioned, as `within` does."""
    sought = sought_by(generation, query, settings)
    starts_ms = generation.tables.sentence_start_ms
    return tuple(
        Places(
            generation.tracks[found.number].video,
            generation.tracks[found.number].language,
            tuple(starts_ms[found.sentences].tolist()),
            _end_ms(generation, found),
        )
        for found in _found(generation, query, sought, tracks)
    )


def _found(
    generation: Generation, query: Query, sought: Sought, tracks: Iterable[tuple[str, str]]
) -> Iterator[_Found]:
    saying = [generation.tables.concordance.sentences_with(term) for term in sought.terms]
    for track in tracks:
        number = generation.rows.track_numbers.get(track)
        if number is not None:
            first, last = generation.rows.first_sentence[number : number + 2]
            held = np.zeros((last - first, len(saying)), np.bool_)
            for column, sentences in enumerate(saying):
                begin, end = np.searchsorted(sentences, (first, last))
                held[sentences[begin:end] - first, column] = True
            kept = _mentioned(generation, query, sought, first, held)
            yield _Found(number, first, last, kept, np.atleast_2d(held.any(axis=0)))


def _mentioned(
    generation: Generation, query: Query, sought: Sought, first: int, held: Held
) -> NDArray[Any]:
    """Choose the sentences of a track that hold nearly as much as its best one."""
    there = np.flatnonzero(held.any(axis=1))
    worth = sought.worth(held[there])
    sentences = first + there
    if query.phrases or query.excluded:
        kept = np.array([_is_kept(generation, query, one) for one in sentences.tolist()], np.bool_)
        worth, sentences = worth[kept], sentences[kept]
    enough: NDArray[Any] = sentences[(worth > 0) & (worth >= _ENOUGH * worth.max(initial=0.0))]
    return enough


def _starts_ms(generation: Generation, found: _Found) -> dict[int, int]:
    starts_ms = generation.tables.sentence_start_ms[found.sentences].tolist()
    return dict(zip((found.sentences - found.first).tolist(), starts_ms, strict=True))


def _mention(
    generation: Generation, first: int, weights: Mapping[int, float], place: int
) -> Mention:
    sentence = first + place
    text, spans = highlights(generation.tables, sentence, sentence + 1, weights)
    return Mention(place, int(generation.tables.sentence_start_ms[sentence]), text, spans)


def _end_ms(generation: Generation, found: _Found) -> int:
    ends_ms = generation.tables.sentence_end_ms
    return int(ends_ms[found.last - 1]) if found.last > found.first else 0


def _is_kept(generation: Generation, query: Query, sentence: int) -> bool:
    """Tell whether a sentence holds every phrase of a query and none that it excludes."""
    wanted = all(_holds(generation, sentence, phrase) for phrase in query.phrases)
    return wanted and not any(_holds(generation, sentence, phrase) for phrase in query.excluded)


def _holds(generation: Generation, sentence: int, phrase: Phrase) -> bool:
    begin, end = generation.tables.token_offsets[[sentence, sentence + 1]]
    return any(
        bool(rows_with(said, before[[begin]], before[[end]], [*map(identity, terms)])[0])
        for said, before in generation.tables.wordings
        for terms in phrase
    )
