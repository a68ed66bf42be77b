"""Scores passages for a query: what is said there and around it, and what is known of the video.

`Scorer` takes weighted terms and gives scored passages. `LocalScorer` looks at every passage of an
index in this process; where the passages are on other machines, an `Engine` sends as many as are
worth a closer look, and they are scored in the same way (`indexer/engine/remote.py`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from indexer.arrays import Array, Bools, Floats, picked
from indexer.deadline import Budget
from indexer.query.parser import Query
from indexer.ranking.best_rows import best_rows, video_evidence
from indexer.ranking.cross_language import language_worth, may_lift
from indexer.ranking.matching import WeightedConcept, allowed_rows, videos_allowed
from indexer.ranking.proximity import (
    Evidence,
    evidence_of_concept,
    smoothed,
    spread,
    with_proximity,
)
from indexer.ranking.question_match import QuestionMatch
from indexer.settings import Settings
from indexer.storage.bm25 import Layout
from indexer.storage.reader import IndexReader


class Meant(NamedTuple):
    """What a question means, and which questions ask the same.

    `vector` is None when words alone decide.
    """

    vector: Floats | None = None
    matches: Sequence[QuestionMatch] = ()


@dataclass(frozen=True, slots=True)
class WeightedQuery:
    """What is asked: weighted terms, what `query` filters by, and what is known to answer.

    `meant` waits for what the question means.
    """

    concepts: tuple[WeightedConcept, ...]
    query: Query
    meant: Callable[[], Meant] = Meant


@dataclass(frozen=True, slots=True, eq=False)
class ScoredPassages:
    """The best passages, best first: their rows in `reader`, and scores.

    `reader` holds these and what is said around them: all of an index that is here, or as much as
    an engine elsewhere sends. `evidence` is what each of its places holds of each concept: of the
    first concepts only, of one at least, when the time was spent before all were looked at. `near`
    is how near each of its rows is by meaning, or None when words alone decide. `incomplete` says
    that some of the library could not be reached.
    """

    reader: IndexReader
    rows: Array
    scores: Floats
    evidence: tuple[Evidence, ...] = ()
    near: Floats | None = None
    incomplete: bool = False


class Scorer(Protocol):
    """Finds the passages that are worth a closer look."""

    def score(self, asked: WeightedQuery, settings: Settings, budget: Budget) -> ScoredPassages:
        """Score passages for a query, at most `settings.candidates` of them."""

    def videos_holding(
        self, asked: WeightedQuery, scored: ScoredPassages
    ) -> Mapping[str, Collection[str]]:
        """All videos that hold anything asked for and pass its filters, each with languages."""

    def videos_left(self, query: Query) -> tuple[str, ...]:
        """The videos in which a query without words may find something, as the catalogue does."""


@dataclass(frozen=True, slots=True)
class LocalScorer:
    """Scores every passage of an index in this process."""

    reader: IndexReader

    def score(self, asked: WeightedQuery, settings: Settings, budget: Budget) -> ScoredPassages:
        """Score passages for a query, at most `settings.candidates` of them."""
        reader, layout = self.reader, self.reader.rows.layout
        evidence = _evidence_of(reader, asked.concepts, settings, budget)
        if not layout.rows:
            return ScoredPassages(reader, np.arange(0), np.zeros(0, np.float32), evidence)
        score = _by_words(reader, asked, evidence, settings)
        language = asked.query.question_language
        worth = language_worth(reader, language, asked.concepts, evidence, settings)
        meant, near = asked.meant(), None
        if meant.vector is not None and reader.vectors is not None:
            near = reader.vectors.nearness(meant.vector)
            score = _with_meaning(score, near, layout, settings)
        score *= worth
        asides = reader.rows.asides
        score[asides.rows] *= asides.worth(settings)
        if meant.matches:
            best = float(score.max(initial=0)) or 1.0
            may = may_lift(reader, language, asked.concepts, evidence, settings)
            score += best * _lifts(reader, meant.matches, may, settings)
        allowed = allowed_rows(reader, asked.query)
        rows, scores = best_rows(score, layout, allowed, settings)
        scores = scores + settings.video * video_evidence(scores, layout.track[rows])
        order = np.argsort(-scores, kind="stable")
        return ScoredPassages(reader, rows[order], scores[order], evidence, near)

    def videos_holding(
        self, asked: WeightedQuery, scored: ScoredPassages
    ) -> Mapping[str, Collection[str]]:
        """All videos that hold anything asked for and pass its filters, each with languages."""
        layout = self.reader.rows.layout
        held = np.zeros(layout.places, np.bool_)
        for evidence in scored.evidence:
            held |= evidence.held > 0
        rows = picked(held, layout.place)
        allowed = allowed_rows(self.reader, asked.query)
        return self.reader.rows.languages_holding(rows if allowed is None else rows & allowed)

    def videos_left(self, query: Query) -> tuple[str, ...]:
        """The videos in which a query without words may find something, as the catalogue does."""
        return videos_allowed(self.reader, query)


def _evidence_of(
    reader: IndexReader,
    concepts: Sequence[WeightedConcept],
    settings: Settings,
    budget: Budget,
) -> tuple[Evidence, ...]:
    """Lay out over all places what each of them holds of each concept."""
    found: list[Evidence] = []
    for concept in concepts:
        if found and budget.is_spent():
            break
        found.append(evidence_of_concept(reader, concept, settings))
    return tuple(found)


def _by_words(
    reader: IndexReader, asked: WeightedQuery, evidence: Sequence[Evidence], settings: Settings
) -> Floats:
    """Score all rows by what is said there and around, and by what is known of the video."""
    layout = reader.rows.layout
    score = np.zeros(len(layout.track), np.float32)
    if not evidence:
        return score
    at, total = with_proximity(evidence, settings)
    rows = picked(layout.row, at)
    whole = sum(concept.worth for concept in asked.concepts)
    for concept in asked.concepts:
        if concept.required:
            loss = settings.missing * (concept.worth / whole) ** 0.5
            total *= _with_required(reader, concept, loss, settings)[rows]
    named = settings.title * _named(reader, asked.concepts[: len(evidence)])
    if named.any():
        total += picked(named, picked(layout.track, rows)) * (total > 0)
    score[rows] = total
    return score


def _with_meaning(score: Floats, near: Floats, layout: Layout, settings: Settings) -> Floats:
    """Mix the scores by words, as shares of the best, with the nearness of meaning, as it goes on.

    What a passage means is heard in those after it too, where an answer begins with it.
    """
    share = score / (score.max(initial=0) or 1)
    own = np.zeros(layout.places, np.float32)
    own[layout.place] = np.maximum(near, 0)
    around = smoothed(own, settings.smooth_fade, settings.ahead)
    meant = (1 - settings.meaning_around) * own + settings.meaning_around * around
    mixed = (1 - settings.meaning) * share + settings.meaning * picked(meant, layout.place)
    mixed *= (score != 0) | (near >= settings.alike)
    return np.asarray(mixed, np.float32)


def _with_required(
    reader: IndexReader, concept: WeightedConcept, loss: float, settings: Settings
) -> Floats:
    """What each row keeps of its score where exactly this thing was asked for.

    All of it where that is said, or in the video's title; less, the farther off that is said: what
    was named before is still meant for a while.
    """
    layout = reader.rows.layout
    said = np.zeros(layout.places, np.float32)
    titled: set[int] = set()
    for way in concept.exact_ways:
        said[reader.names.impacts(way, settings)[0]] = 1
        titled |= _tracks_naming([(term,) for term in way], reader.title_terms)
    near = spread(said, settings.spread_fade, behind=settings.named_fade)[layout.place]
    near[np.isin(layout.track, list(titled))] = 1
    return 1 - np.float32(loss) * (1 - near)


def _lifts(
    reader: IndexReader, matches: Iterable[QuestionMatch], may: Bools, settings: Settings
) -> Floats:
    """Return how much each row is lifted: by the question that lifts it most.

    The very question lifts its answer in whatever language, any other only rows that it `may`.
    """
    lifts = np.zeros(len(reader.rows.layout.track), np.float32)
    for match in matches:
        rows, lift = _lifted(reader, match)
        own = lift if match.lift >= settings.curated_very else lift * may[rows]
        lifts[rows] = np.maximum(lifts[rows], own)
    return lifts


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
        if named:
            worth[list(named)] += concept.worth
    return worth


def _tracks_naming(
    words: Iterable[Sequence[str]], tracks: Mapping[str, frozenset[int]]
) -> frozenset[int]:
    """Return the tracks whose titles hold each of some words, in any of its forms."""
    nowhere: frozenset[int] = frozenset()
    found: frozenset[int] | None = None
    for forms in words:
        named = nowhere.union(*[tracks.get(form, nowhere) for form in forms])
        found = named if found is None else found & named
        if not found:
            break
    return found or nowhere
