"""Search, from the words of a query to moments: understanding, ranking, landing, one after another.

The seam for a larger engine is `_ranked`: weighted terms in, scored passages out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.hits import make_hit
from indexer.landing import Landing, holds_phrase, land
from indexer.model import Answer, Hit
from indexer.query import Query, understand
from indexer.settings import Settings
from indexer.tables import identity

if TYPE_CHECKING:
    from indexer.generation import Generation


def search(generation: Generation, text: str, limit: int, settings: Settings) -> Answer:
    """Find the moments that answer a query, best first."""
    query = understand(text, generation.catalogue, generation.spoken_languages)
    hits = tuple(_moments(generation, query, limit, settings)) if query.concepts else ()
    return Answer(query=text, hits=hits, words=tuple(c.shown for c in query.concepts))


def _ranked(
    generation: Generation, query: Query, settings: Settings
) -> tuple[NDArray[Any], ranking.Floats]:
    """Return the best passages, best first, and their scores."""
    layout = generation.layout
    concepts = [
        ranking.add_up([generation.impacts(t, settings) for t in concept.terms], layout.places)
        for concept in query.concepts
    ]
    score = ranking.with_neighbours(concepts, settings)
    rows, scores = ranking.best_rows(
        score, layout, _allowed(generation, query), settings.candidates
    )
    if not len(rows):
        return rows, scores
    scores = scores + settings.video * ranking.video_evidence(scores, layout.track[rows])
    order = np.argsort(-scores, kind="stable")
    return rows[order], scores[order]


def _allowed(generation: Generation, query: Query) -> NDArray[Any] | None:
    """Say which rows the filters leave; None when all are."""
    if query.videos is None and query.language is None:
        return None
    tracks = [
        (query.videos is None or track.video in query.videos)
        and (query.language is None or track.language.split("-")[0] == query.language)
        for track in generation.tracks
    ]
    return np.array(tracks, np.bool_)[generation.layout.track]


def _moments(generation: Generation, query: Query, limit: int, settings: Settings) -> list[Hit]:
    """Land in the best passages; one that overlaps a moment already there is the same moment."""
    rows, scores = _ranked(generation, query, settings)
    weights = _weights(generation, query, settings)
    taken: dict[int, list[Landing]] = {}
    found: list[Hit] = []
    for row, score in zip(rows, scores, strict=True):
        number = int(generation.layout.track[row])
        passage = generation.passage(int(row))
        others = taken.setdefault(number, [])
        if any(_overlap(passage, other) for other in others):
            continue
        if not _keeps(generation, query, passage):
            continue
        landing = land(generation.tables, passage, _track(generation, number), weights, settings)
        others.append(landing)
        found.append(make_hit(generation, number, landing, weights, float(score)))
        if len(found) == limit:
            break
    return _varied(found, settings)


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
    return front + left


def _weights(generation: Generation, query: Query, settings: Settings) -> Mapping[int, float]:
    """Say what each term is worth inside a passage: rarer terms more."""
    rows = max(1, generation.layout.rows)
    return {
        identity(term): float(np.log1p(rows / (1 + len(generation.impacts(term, settings)[0]))))
        for concept in query.concepts
        for term in concept.terms
    }


def _keeps(generation: Generation, query: Query, passage: tuple[int, int]) -> bool:
    """Tell whether a passage holds every phrase asked for, and none that is excluded."""

    def holds(phrase: Iterable[str]) -> bool:
        return holds_phrase(generation.tables, passage, [identity(term) for term in phrase])

    return all(map(holds, query.phrases)) and not any(map(holds, query.excluded))


def _track(generation: Generation, number: int) -> tuple[int, int]:
    return generation.first_sentence[number], generation.first_sentence[number + 1]


def _overlap(passage: tuple[int, int], moment: Landing) -> bool:
    first, last = passage
    return first < moment.last and moment.first < last
