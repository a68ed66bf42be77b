"""Scores passages for a query: what is said there and around it, and what is known of the video.

The seam for a larger engine is `ranked`: weighted terms in, scored passages out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log1p
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog import base_language
from indexer.deadline import Budget
from indexer.model import Hit
from indexer.query.concepts import Concept
from indexer.query.parser import Query
from indexer.ranking import evidence as ranking
from indexer.ranking.confidence import Asked, assured
from indexer.ranking.matching import rows_kept
from indexer.ranking.questions import Match, matching
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.generation import Generation

Evidence = Sequence[ranking.Floats]


def evidence_of(
    generation: Generation, query: Query, settings: Settings, budget: Budget
) -> Evidence:
    """Lay out over all places what each of them holds of each concept of a query.

    Of its first concepts only, of one at least, when the budget is spent.
    """
    found: list[ranking.Floats] = []
    for concept in query.concepts:
        if found and budget.is_spent():
            break
        found.append(_evidence(generation, concept, settings))
    return found


def matches_of(generation: Generation, query: Query, settings: Settings) -> list[Match]:
    """Find the questions that ask what a query asks: a curator's, and those of interviewers."""
    curated = matching(
        query.concepts,
        generation.curated_questions,
        generation.terms.rarity,
        settings.curated_likeness,
    )
    asked = generation.asked_questions.matching(
        query.concepts, generation.terms.rarity, settings.asked_likeness
    )
    return [
        *(replace(match, lift=settings.curated * match.likeness) for match in curated),
        *(replace(match, lift=settings.asked * match.likeness) for match in asked),
    ]


def ranked(
    generation: Generation,
    query: Query,
    evidence: Evidence,
    matches: Sequence[Match],
    meant: ranking.Floats | None,
    settings: Settings,
) -> tuple[NDArray[Any], ranking.Floats]:
    """Return the best passages, best first, and their scores.

    `meant` is how near each row is to the query by meaning, or None when words alone decide.
    """
    layout = generation.rows.layout
    if not layout.rows:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    score = _by_words(generation, query, evidence, matches, settings)
    if meant is not None:
        score = _with_meaning(score, meant, settings)
    score *= _in_tongue(generation, query, settings)[layout.track]
    rows, scores = ranking.best_rows(
        score, layout, allowed_rows(generation, query), settings.candidates
    )
    scores = scores + settings.video * ranking.video_evidence(scores, layout.track[rows])
    order = np.argsort(-scores, kind="stable")
    return rows[order], scores[order]


def _by_words(
    generation: Generation,
    query: Query,
    evidence: Evidence,
    matches: Sequence[Match],
    settings: Settings,
) -> ranking.Floats:
    """Score all rows by what is said there and around, and by what is known of the video."""
    layout = generation.rows.layout
    if not evidence:
        return np.zeros(len(layout.track), np.float32)
    score = ranking.with_neighbours(evidence, settings)[layout.place]
    best = float(score.max())
    for match in matches:
        rows, lift = _lifted(generation, match)
        score[rows] += best * lift
    named = settings.title * _named(generation, query)[layout.track]
    return np.where(score > 0, score + named, score)


def _with_meaning(
    score: ranking.Floats, meant: ranking.Floats, settings: Settings
) -> ranking.Floats:
    """Mix the scores by words, as shares of the best, with the nearness of meaning."""
    share = score / (score.max(initial=0) or 1)
    mixed = (1 - settings.meaning) * share + settings.meaning * np.maximum(meant, 0)
    mixed[(score == 0) & (meant < settings.alike)] = 0
    return np.asarray(mixed, np.float32)


def allowed_rows(generation: Generation, query: Query) -> NDArray[Any] | None:
    """Say which rows the filters, phrases and exclusions of a query leave; None when all are."""
    if query.phrases or query.excluded:
        kept = rows_kept(generation, query)
        return kept if (some := _filtered(generation, query)) is None else kept & some
    return _filtered(generation, query)


def videos_allowed(generation: Generation, query: Query) -> tuple[str, ...]:
    """List the videos in which a query without words may find something, as the catalogue does."""
    rows = allowed_rows(generation, query)
    kept = generation.rows.layout.alive if rows is None else generation.rows.layout.alive & rows
    tracks = np.unique(generation.rows.layout.track[kept]).tolist()
    left = {generation.tracks[number].video for number in tracks}
    return tuple(slug for slug in generation.videos if slug in left)


def answered(
    generation: Generation,
    query: Query,
    evidence: Evidence,
    meant: ranking.Floats | None,
    best: Hit,
    settings: Settings,
) -> bool:
    """Tell whether the best moment is likely to answer."""
    most = log1p(generation.rows.layout.rows)
    asked = [
        Asked(worth_of(generation, concept) / most, one)
        for concept, one in zip(query.concepts, evidence, strict=True)
    ]
    rows = generation.rows.between(best.video, best.start_ms, best.end_ms)
    alike = None if meant is None else float(meant[rows].max(initial=0))
    return assured(asked, generation.rows.layout.place[rows], alike, settings)


def _filtered(generation: Generation, query: Query) -> NDArray[Any] | None:
    if not query.is_narrowed:
        return None
    tracks = [
        (query.videos is None or track.video in query.videos)
        and track.video not in query.barred
        and (query.language is None or base_language(track.language) == query.language)
        and base_language(track.language) not in query.barred_languages
        for track in generation.tracks
    ]
    return np.array(tracks, np.bool_)[generation.rows.layout.track]


def _evidence(generation: Generation, concept: Concept, settings: Settings) -> ranking.Floats:
    words = [
        [generation.terms.impacts(term, settings) for term in forms] for forms in concept.words
    ]
    alternatives = [
        (
            settings.weight_of(other),
            [generation.terms.impacts(term, settings) for term in other.terms],
        )
        for other in concept.alternatives
    ]
    return ranking.evidence(words, alternatives, generation.rows.layout.places)


def _lifted(generation: Generation, match: Match) -> tuple[NDArray[np.int64], ranking.Floats]:
    """Say which rows an answer lifts, and by what share of the best score.

    Its beginning is lifted most: an answer is heard from there.
    """
    asked = match.question
    rows = generation.rows.between(asked.video, asked.start_ms, asked.end_ms)
    late_ms = np.maximum(0, generation.tables.passage_start_ms[rows] - asked.start_ms)
    late = late_ms / (asked.end_ms - asked.start_ms)
    return rows, (match.lift * (1 - late / 2)).astype(np.float32)


def _named(generation: Generation, query: Query) -> ranking.Floats:
    """Say for each track what its title and its topics hold of the question."""
    worth = np.zeros(len(generation.tracks), np.float32)
    nowhere: frozenset[int] = frozenset()
    tracks = generation.tracks_named
    for concept in query.concepts:
        own = (nowhere.union(*(tracks.get(t, nowhere) for t in f)) for f in concept.words)
        others = (
            frozenset.intersection(*(tracks.get(term, nowhere) for term in other.terms))
            for other in concept.alternatives
        )
        named = frozenset.intersection(*own).union(*others)
        worth[list(named)] += worth_of(generation, concept)
    return worth


def _in_tongue(generation: Generation, query: Query, settings: Settings) -> ranking.Floats:
    """Say what each track is worth by its language: that of the question before others."""
    same = generation.rows.is_in(query.tongue)
    return np.where(same, np.float32(1), np.float32(settings.other_tongue))


def worth_of(generation: Generation, concept: Concept) -> float:
    """Say what a concept tells: as much as its rarest word."""
    return max(generation.terms.rarity(term) for forms in concept.words for term in forms)
