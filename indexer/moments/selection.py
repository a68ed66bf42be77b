"""From passages to moments: lands in the best ones, none twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from indexer.model import Hit
from indexer.moments.hits import make_hit
from indexer.moments.landing import Landing, beside, land, land_at, sentence_worth
from indexer.query.parser import Query
from indexer.ranking.evidence import Floats
from indexer.ranking.questions import CuratedQuestion, Match
from indexer.ranking.semantic import Meant, sentences_near
from indexer.settings import Settings
from indexer.storage.columns import identity

if TYPE_CHECKING:
    from indexer.generation import Generation


def moments_in(
    generation: Generation,
    query: Query,
    ranked: tuple[NDArray[Any], Floats],
    matches: Sequence[Match],
    meant: Meant | None,
    settings: Settings,
) -> Iterator[Hit]:
    """Land in passages, best first; what overlaps a moment already there is the same moment.

    Where a passage holds none of the words, the first few land on the sentence that is `meant`.

    What a video says in two languages is one moment, in that of the question where it is found.
    """
    weights = _weights(generation, query, settings)
    wordless = 0
    taken: dict[str, list[tuple[int, Landing]]] = {}
    is_own = _in_tongue(generation, ranked[0], query.tongue)
    in_tongue = ranked[0][is_own]
    for found, score, own in zip(*ranked, is_own, strict=True):
        row = int(found) if own else _said_in(generation, int(found), in_tongue)
        number = int(generation.rows.layout.track[row])
        others = taken.setdefault(generation.tracks[number].video, [])
        if _is_taken(generation, row, others):
            continue
        curated = _curated_in(generation, row, matches)
        landing = _landing(generation, row, weights, curated, meant, settings)
        match_ms = int(generation.tables.sentence_start_ms[landing.match])
        if any(other.start_ms <= match_ms < other.end_ms for _, other in others):
            continue
        if _is_said_in_another(landing, number, others):
            continue
        same_track = tuple(other for track, other in others if track == number)
        between = beside(generation.tables, landing, same_track)
        hit = make_hit(generation, number, between, weights, float(score))
        if between != landing and not hit.spans:
            continue  # between two moments too little was left to hold what was asked
        others.append((number, between))
        yield hit
        wordless += not hit.spans
        meant = meant if wordless < settings.landed_by_meaning else None


def _landing(
    generation: Generation,
    row: int,
    weights: Mapping[int, float],
    curated: CuratedQuestion | None,
    meant: Meant | None,
    settings: Settings,
) -> Landing:
    number = int(generation.rows.layout.track[row])
    track = generation.rows.first_sentence[number], generation.rows.first_sentence[number + 1]
    if curated:
        return land_at(generation.tables, curated.start_ms, curated.end_ms, track, settings)
    first, last = generation.rows.passage(row)
    worth = sentence_worth(generation.tables, first, last, weights)
    if meant is not None and not worth.any():
        worth = sentences_near(generation, meant, first, last)
    return land(generation.tables, first, worth, track, weights, settings)


def _curated_in(
    generation: Generation, row: int, matches: Sequence[Match]
) -> CuratedQuestion | None:
    """Find the curated answer that begins in a passage, that of the likest question."""
    video = generation.tracks[generation.rows.layout.track[row]].video
    start = int(generation.tables.passage_start_ms[row])
    end = int(generation.tables.passage_end_ms[row])
    begun = (
        match
        for match in sorted(matches, key=lambda match: -match.likeness)
        if match.question.video == video and start <= match.question.start_ms < end
    )
    return next((match.question for match in begun), None)


def _is_taken(generation: Generation, row: int, others: list[tuple[int, Landing]]) -> bool:
    """Tell whether a passage overlaps a moment of its video, in whatever language."""
    start = int(generation.tables.passage_start_ms[row])
    end = int(generation.tables.passage_end_ms[row])
    return any(start < other.end_ms and other.start_ms < end for _, other in others)


def _in_tongue(generation: Generation, rows: NDArray[Any], tongue: str) -> NDArray[Any]:
    """Tell which passages are in the language of the question."""
    own: NDArray[Any] = generation.rows.is_in(tongue)[generation.rows.layout.track[rows]]
    return own


def _said_in(generation: Generation, row: int, others: NDArray[Any]) -> int:
    """Find the first of other passages that is said where this one is, else this one."""
    tables = generation.tables
    video = generation.tracks[generation.rows.layout.track[row]].video
    start, end = tables.passage_start_ms[row], tables.passage_end_ms[row]
    for other in others:
        if generation.tracks[generation.rows.layout.track[other]].video != video:
            continue
        other_start, other_end = tables.passage_start_ms[other], tables.passage_end_ms[other]
        if _is_shared((start, end), (other_start, other_end)):
            return int(other)
    return row


def _is_shared(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two stretches of time share more than half of the shorter."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared > min(one[1] - one[0], other[1] - other[0])


def _is_said_in_another(landing: Landing, number: int, others: list[tuple[int, Landing]]) -> bool:
    """Tell whether a moment is there in another language; `number` is that of its track."""
    time = landing.start_ms, landing.end_ms
    return any(
        _is_shared(time, (other.start_ms, other.end_ms))
        for track, other in others
        if track != number
    )


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
            worth = weight * generation.terms.rarity(term)
            weights[identity(term)] = max(weights.get(identity(term), 0.0), worth)
    return weights
