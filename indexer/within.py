"""Where one video says what a query asks for: its sentences, each with what to highlight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.concepts import Concept
from indexer.landing import highlights
from indexer.phrases import rows_with
from indexer.query import Phrase, Query
from indexer.scoring import worth_of
from indexer.searching import understood
from indexer.settings import SETTINGS, Settings
from indexer.tables import identity

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

    `end_ms` is when its last word ends; `unsaid` are the things asked for of which it says none.
    """

    video: str
    language: str
    mentions: tuple[Mention, ...]
    end_ms: int
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sought:
    """One concept by the identities of its terms: any form of each word, all of another name."""

    shown: str
    worth: float
    words: Sequence[frozenset[int]]
    others: Sequence[tuple[float, frozenset[int]]]

    def share(self, terms: frozenset[int]) -> float:
        """How much of it is among terms: its own words count in part, other names whole."""
        own = sum(not forms.isdisjoint(terms) for forms in self.words) / len(self.words)
        return max(own, *(weight for weight, other in self.others if other <= terms), 0.0)


def within(
    generation: Generation,
    text: str,
    tracks: Iterable[tuple[str, str]],
    settings: Settings = SETTINGS,
    *,
    exact: bool = False,
) -> tuple[Within, ...]:
    """Find what a query asks for in each of some tracks, given by video and language.

    Filters narrow down videos, and so mean nothing here. A track that is not there is left out.
    """
    query = understood(generation, text, exact)
    numbers = {(t.video, t.language): n for n, t in enumerate(generation.tracks) if not t.dead}
    known = (numbers[track] for track in tracks if track in numbers)
    return tuple(_within(generation, query, number, settings) for number in known)


def _within(generation: Generation, query: Query, number: int, settings: Settings) -> Within:
    tables, track = generation.tables, generation.tracks[number]
    first = generation.first_sentence[number]
    last = first + track.sentences
    held = _terms_held(generation, query, first, last)
    sought = [_sought(generation, concept, settings) for concept in query.concepts]
    # Many sentences hold the same few terms.
    worth_of_terms = {
        terms: sum(one.worth * one.share(terms) for one in sought) for terms in set(held.values())
    }
    worth = {
        sentence: worth_of_terms[terms]
        for sentence, terms in held.items()
        if _is_kept(generation, query, sentence)
    }
    least = _ENOUGH * max(worth.values(), default=0.0)
    places = sorted(sentence for sentence, one in worth.items() if one and one >= least)
    weights = dict.fromkeys(_identities(query), 1.0)
    mentions = tuple(_mention(generation, sentence, first, weights) for sentence in places)
    end_ms = int(tables.sentence_end_ms[last - 1]) if last > first else 0
    said = frozenset[int]().union(*held.values())
    unsaid = (one.shown for one in sought if not one.share(said))
    return Within(track.video, track.language, mentions, end_ms, tuple(unsaid))


def _mention(
    generation: Generation, sentence: int, first: int, weights: Mapping[int, float]
) -> Mention:
    text, spans = highlights(generation.tables, sentence, sentence + 1, weights)
    start_ms = int(generation.tables.sentence_start_ms[sentence])
    return Mention(sentence - first, start_ms, text, spans)


def _terms_held(
    generation: Generation, query: Query, first: int, last: int
) -> dict[int, frozenset[int]]:
    """Say which of the terms asked for, by identity, each sentence holds that holds any."""
    tables = generation.tables
    begin, end = int(tables.token_offsets[first]), int(tables.token_offsets[last])
    wanted = np.fromiter(_identities(query), np.uint64)
    found = begin + np.flatnonzero(np.isin(tables.token_term[begin:end], wanted))
    sentences = np.searchsorted(tables.token_offsets, found, side="right") - 1
    held: dict[int, set[int]] = {}
    for sentence, token in zip(sentences.tolist(), found.tolist(), strict=True):
        held.setdefault(sentence, set()).add(int(tables.token_term[token]))
    return {sentence: frozenset(terms) for sentence, terms in held.items()}


def _identities(query: Query) -> frozenset[int]:
    own = (term for concept in query.concepts for forms in concept.words for term in forms)
    others = (
        t for concept in query.concepts for other in concept.alternatives for t in other.terms
    )
    return frozenset(identity(term) for term in (*own, *others))


def _sought(generation: Generation, concept: Concept, settings: Settings) -> _Sought:
    return _Sought(
        concept.shown,
        worth_of(generation, concept),
        [frozenset(map(identity, forms)) for forms in concept.words],
        [
            (settings.weight_of(other), frozenset(map(identity, other.terms)))
            for other in concept.alternatives
        ],
    )


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
