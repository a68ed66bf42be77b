"""Search, from the words of a query to moments: understanding, ranking, landing, one after another.

The seam for a larger engine is `_ranked`: weighted terms in, scored passages out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.analysis import fold
from indexer.concepts import Concept, concepts_of
from indexer.curated import Match, matching
from indexer.hits import make_hit
from indexer.landing import Landing, beside, holds_phrase, land
from indexer.model import Answer, Hit
from indexer.query import Phrase, Query, understand
from indexer.settings import Settings
from indexer.tables import identity
from indexer.vocabulary import NO_VOCABULARY
from transcripts import primary

if TYPE_CHECKING:
    from indexer.generation import Generation


def search(
    generation: Generation, text: str, limit: int, settings: Settings, exact: bool = False
) -> Answer:
    """Find the moments that answer a query, best first; with `exact`, by the words typed only."""
    conceive = partial(_concepts, generation, exact)
    query = understand(text, generation.catalogue, generation.spoken_languages, conceive)
    hits = tuple(_moments(generation, query, limit, settings)) if query.concepts else ()
    return Answer(
        query=text,
        hits=hits,
        words=tuple(concept.shown for concept in query.concepts),
        also=tuple(_also(query)),
    )


def _concepts(generation: Generation, exact: bool, text: str) -> tuple[Concept, ...]:
    """Make concepts of a text, with only those alternatives that anybody says."""
    if exact:
        return concepts_of(text, generation.spoken_languages, NO_VOCABULARY, lambda _: ())
    found = concepts_of(
        text, generation.spoken_languages, generation.vocabulary, generation.speller.near
    )
    return tuple(
        replace(
            concept,
            words=tuple(_spoken_forms(generation, forms) for forms in concept.words),
            alternatives=tuple(
                other
                for other in concept.alternatives
                if all(generation.said(term) for term in other.terms)
            ),
        )
        for concept in found
    )


def _spoken_forms(generation: Generation, forms: tuple[str, ...]) -> tuple[str, ...]:
    """Take a word as the question's own language makes it; as others do, if nobody says that."""
    return forms[:1] if generation.said(forms[0]) else forms


def _also(query: Query) -> Iterator[str]:
    """Name what was searched for beside the words typed, each once."""
    seen = {fold(concept.shown) for concept in query.concepts}
    for concept in query.concepts:
        for other in concept.alternatives:
            if fold(other.shown) not in seen:
                seen.add(fold(other.shown))
                yield other.shown


def _ranked(
    generation: Generation, query: Query, settings: Settings
) -> tuple[NDArray[Any], ranking.Floats]:
    """Return the best passages, best first, and their scores."""
    layout = generation.layout
    concepts = [_evidence(generation, concept, settings) for concept in query.concepts]
    score = ranking.with_neighbours(concepts, settings)
    if not layout.rows:
        return np.empty(0, np.int64), score[:0]
    best = float(score.max())
    for match in _curated(generation, query, settings):
        asked = match.question
        rows = generation.rows_between(asked.video, asked.start_ms, asked.end_ms)
        # An answer is heard from its beginning.
        late = (generation.tables.passage_start_ms[rows] - asked.start_ms) / (
            asked.end_ms - asked.start_ms
        )
        lift = settings.curated * match.likeness * best
        score[layout.place[rows]] += lift * (1 - late / 2)
    if settings.title:
        named = _named(generation, query)[layout.track]
        held = score[layout.place] > 0
        score[layout.place[held]] += settings.title * named[held]
    score[layout.place] *= _in_tongue(generation, query, settings)[layout.track]
    rows, scores = ranking.best_rows(
        score, layout, _allowed(generation, query), settings.candidates
    )
    if not len(rows):
        return rows, scores
    scores = scores + settings.video * ranking.video_evidence(scores, layout.track[rows])
    order = np.argsort(-scores, kind="stable")
    return rows[order], scores[order]


def _named(generation: Generation, query: Query) -> ranking.Floats:
    """Say for each track what its title and its topics hold of the question."""
    worth = np.zeros(len(generation.tracks), np.float32)
    for concept in query.concepts:
        for number, names in enumerate(generation.names_of_tracks):
            own = all(any(term in names for term in forms) for forms in concept.words)
            if own or any(names.issuperset(other.terms) for other in concept.alternatives):
                worth[number] += max(generation.rarity(t) for f in concept.words for t in f)
    return worth


def _in_tongue(generation: Generation, query: Query, settings: Settings) -> ranking.Floats:
    """Say what each track is worth by its language: that of the question before others."""
    same = (primary(track.language) == primary(query.tongue) for track in generation.tracks)
    return np.array([1.0 if one else settings.other_tongue for one in same], np.float32)


def _curated(generation: Generation, query: Query, settings: Settings) -> list[Match]:
    questions = generation.curated_questions
    return matching(query.concepts, questions, generation.rarity, settings.curated_likeness)


def _evidence(generation: Generation, concept: Concept, settings: Settings) -> ranking.Floats:
    words = [[generation.impacts(term, settings) for term in forms] for forms in concept.words]
    alternatives = [
        (settings.weight_of(other), [generation.impacts(term, settings) for term in other.terms])
        for other in concept.alternatives
    ]
    return ranking.evidence(words, alternatives, generation.layout.places)


def _allowed(generation: Generation, query: Query) -> NDArray[Any] | None:
    """Say which rows the filters leave; None when all are."""
    if query.videos is None and query.language is None and not query.barred:
        return None
    tracks = [
        (query.videos is None or track.video in query.videos)
        and track.video not in query.barred
        and (query.language is None or track.language.split("-")[0] == query.language)
        for track in generation.tracks
    ]
    return np.array(tracks, np.bool_)[generation.layout.track]


def _moments(generation: Generation, query: Query, limit: int, settings: Settings) -> list[Hit]:
    """Land in the best passages; one that overlaps a moment already there is the same moment."""
    rows, scores = _ranked(generation, query, settings)
    weights = _weights(generation, query, settings)
    taken: dict[str, list[tuple[int, Landing]]] = {}
    found: list[Hit] = []
    for row, score in zip(rows, scores, strict=True):
        number = int(generation.layout.track[row])
        others = taken.setdefault(generation.tracks[number].video, [])
        passage = generation.passage(int(row))
        if _is_taken(generation, int(row), others) or not _keeps(generation, query, passage):
            continue
        landing = land(generation.tables, passage, _track(generation, number), weights, settings)
        match_ms = int(generation.tables.sentence_start_ms[landing.match])
        if any(other.start_ms <= match_ms < other.end_ms for _, other in others):
            continue
        same_track = [other for track, other in others if track == number]
        between = beside(generation.tables, landing, same_track)
        hit = make_hit(generation, number, between, weights, float(score))
        if between != landing and not hit.spans:
            continue  # between two moments too little was left to hold what was asked
        others.append((number, between))
        found.append(hit)
        if len(found) == max(limit, settings.fewest_found):
            break
    return _varied(found, settings)[:limit]


def _is_taken(generation: Generation, row: int, others: list[tuple[int, Landing]]) -> bool:
    """Tell whether a passage overlaps a moment of its video, in whatever language."""
    start = int(generation.tables.passage_start_ms[row])
    end = int(generation.tables.passage_end_ms[row])
    return any(start < other.end_ms and other.start_ms < end for _, other in others)


def _varied(hits: list[Hit], settings: Settings) -> list[Hit]:
    """Let no video fill the first places while another answers nearly as well."""
    left = list(hits)
    front: list[Hit] = []
    while left and len(front) < settings.first_places:
        filled = {
            hit.video
            for hit in front
            if sum(other.video == hit.video for other in front) >= settings.most_of_a_video
        }
        enough = settings.answers_too * left[0].score
        other = (hit for hit in left if hit.video not in filled and hit.score >= enough)
        front.append(next(other, left[0]))
        left.remove(front[-1])
    return _never_rising(front + left)


def _never_rising(hits: list[Hit]) -> list[Hit]:
    """Give no hit a higher score than the one before it has."""
    least = float("inf")
    kept = []
    for hit in hits:
        least = min(least, hit.score)
        kept.append(replace(hit, score=least))
    return kept


def _weights(generation: Generation, query: Query, settings: Settings) -> Mapping[int, float]:
    """Say what each term is worth inside a passage: rarer terms more."""
    weights: dict[int, float] = {}
    for concept in query.concepts:
        own = [(1.0, term) for forms in concept.words for term in forms]
        others = [
            (settings.weight_of(other) / len(other.terms), term)
            for other in concept.alternatives
            for term in other.terms
        ]
        for weight, term in (*own, *others):
            worth = weight * generation.rarity(term)
            weights[identity(term)] = max(weights.get(identity(term), 0.0), worth)
    return weights


def _keeps(generation: Generation, query: Query, passage: tuple[int, int]) -> bool:
    """Tell whether a passage holds every phrase asked for, and none that is excluded."""

    def holds(phrase: Phrase) -> bool:
        tables = generation.tables
        return any(holds_phrase(tables, passage, [*map(identity, terms)]) for terms in phrase)

    return all(map(holds, query.phrases)) and not any(map(holds, query.excluded))


def _track(generation: Generation, number: int) -> tuple[int, int]:
    return generation.first_sentence[number], generation.first_sentence[number + 1]
