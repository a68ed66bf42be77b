"""Scores passages for a query: what is said there and around it, and what is known of the video.

`Engine` is the narrow place between what is asked, as weighted terms, and scored passages: an
engine on other machines would take the place of `LocalEngine`, and nothing else would change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from indexer.arrays import Array, Floats
from indexer.deadline import Budget
from indexer.query.parser import Query
from indexer.ranking import evidence as ranking
from indexer.ranking.matching import allowed_rows
from indexer.ranking.questions import QuestionMatch
from indexer.ranking.weighting import WeightedConcept
from indexer.settings import Settings
from indexer.storage.reader import IndexReader


@dataclass(frozen=True, slots=True)
class WeightedQuery:
    """What is asked: weighted terms, what `query` filters by, and what is known to answer.

    `matches` are the questions that ask the same; `near` is how near each row is to the query by
    meaning, or None when words alone decide.
    """

    concepts: tuple[WeightedConcept, ...]
    query: Query
    matches: Sequence[QuestionMatch] = ()
    near: Floats | None = None


@dataclass(frozen=True, slots=True)
class ScoredPassages:
    """The best passages, best first: their rows and scores.

    `evidence` is what each place holds of each concept: of the first concepts only, of one at
    least, when the time was spent before all were looked at.
    """

    rows: Array = field(default_factory=lambda: np.empty(0, np.int64))
    scores: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    evidence: tuple[Floats, ...] = ()


class Engine(Protocol):
    """Finds the passages that are worth a closer look."""

    def score(self, asked: WeightedQuery, settings: Settings, budget: Budget) -> ScoredPassages:
        """Score passages for a query, at most `settings.candidates` of them."""


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Scores every passage of an index in this process."""

    reader: IndexReader

    def score(self, asked: WeightedQuery, settings: Settings, budget: Budget) -> ScoredPassages:
        """Score passages for a query, at most `settings.candidates` of them."""
        layout = self.reader.rows.layout
        evidence = _evidence_of(self.reader, asked.concepts, settings, budget)
        if not layout.rows:
            return ScoredPassages(evidence=evidence)
        score = _by_words(self.reader, asked, evidence, settings)
        if asked.near is not None:
            score = _with_meaning(score, asked.near, settings)
        score *= _by_language(self.reader, asked.query, settings)[layout.track]
        allowed = allowed_rows(self.reader, asked.query)
        rows, scores = ranking.best_rows(score, layout, allowed, settings.candidates)
        scores = scores + settings.video * ranking.video_evidence(scores, layout.track[rows])
        order = np.argsort(-scores, kind="stable")
        return ScoredPassages(rows[order], scores[order], evidence)


def _evidence_of(
    reader: IndexReader,
    concepts: Sequence[WeightedConcept],
    settings: Settings,
    budget: Budget,
) -> tuple[Floats, ...]:
    """Lay out over all places what each of them holds of each concept."""
    found: list[Floats] = []
    for concept in concepts:
        if found and budget.is_spent():
            break
        words = [[reader.terms.impacts(term, settings) for term in f] for f in concept.words]
        others = [
            (weight, [reader.terms.impacts(term, settings) for term in terms])
            for weight, terms in concept.others
        ]
        found.append(ranking.evidence(words, others, reader.rows.layout.places))
    return tuple(found)


def _by_words(
    reader: IndexReader, asked: WeightedQuery, evidence: Sequence[Floats], settings: Settings
) -> Floats:
    """Score all rows by what is said there and around, and by what is known of the video."""
    layout = reader.rows.layout
    if not evidence:
        return np.zeros(len(layout.track), np.float32)
    score = ranking.with_neighbours(evidence, settings)[layout.place]
    best = float(score.max())
    for match in asked.matches:
        rows, lift = _lifted(reader, match)
        score[rows] += best * lift
    named = settings.title * _named(reader, asked.concepts[: len(evidence)])[layout.track]
    return np.where(score > 0, score + named, score)


def _with_meaning(score: Floats, near: Floats, settings: Settings) -> Floats:
    """Mix the scores by words, as shares of the best, with the nearness of meaning."""
    share = score / (score.max(initial=0) or 1)
    mixed = (1 - settings.meaning) * share + settings.meaning * np.maximum(near, 0)
    mixed[(score == 0) & (near < settings.alike)] = 0
    return np.asarray(mixed, np.float32)


def _lifted(reader: IndexReader, match: QuestionMatch) -> tuple[Array, Floats]:
    """Return which rows an answer lifts, and by what share of the best score.

    Its beginning is lifted most: an answer is heard from there.
    """
    asked = match.question
    rows = reader.rows.between(asked.video, asked.start_ms, asked.end_ms)
    late_ms = np.maximum(0, reader.columns.passage_start_ms[rows] - asked.start_ms)
    late = late_ms / (asked.end_ms - asked.start_ms)
    return rows, (match.lift * (1 - late / 2)).astype(np.float32)


def _named(reader: IndexReader, concepts: Sequence[WeightedConcept]) -> Floats:
    """Return for each track what its title and its topics hold of the question."""
    worth = np.zeros(len(reader.tracks), np.float32)
    nowhere: frozenset[int] = frozenset()
    for concept in concepts:
        named = nowhere.union(*(_tracks_naming(way, reader.title_terms) for way in concept.ways))
        worth[list(named)] += concept.worth
    return worth


def _tracks_naming(
    words: Iterable[Sequence[str]], tracks: Mapping[str, frozenset[int]]
) -> frozenset[int]:
    """Return the tracks whose titles hold each of some words, in any of its forms."""
    nowhere: frozenset[int] = frozenset()
    each = (nowhere.union(*(tracks.get(form, nowhere) for form in forms)) for forms in words)
    return frozenset.intersection(*each)


def _by_language(reader: IndexReader, query: Query, settings: Settings) -> Floats:
    """Return what each track is worth by its language: that of the question before others."""
    same = reader.rows.is_in(query.tongue)
    return np.where(same, np.float32(1), np.float32(settings.other_tongue))
