"""Questions that a curator wrote down with the time of their answer: evidence of the best kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from catalog import Video
from indexer.analysis.tokenizer import tokens_of
from indexer.query.concepts import Concept

Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class CuratedQuestion:
    """A question of the catalogue, by its terms, and where it is answered."""

    video: str
    start_ms: int
    end_ms: int
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A question that is asked here, and how like it the query is: 0 not at all, 1 the very same.

    `lift` is how much of the best score its answer gains.
    """

    question: CuratedQuestion
    likeness: float
    lift: float = 0.0


def curated_questions(videos: Iterable[Video]) -> tuple[CuratedQuestion, ...]:
    """Collect the questions whose answer has a time; without an end it is a minute long."""
    return tuple(
        CuratedQuestion(
            video=video.slug,
            start_ms=span[0],
            end_ms=span[1],
            terms=frozenset(t.term for t in tokens_of(question.text, video.language)),
        )
        for video in videos
        for question in video.questions
        if (span := question.answer_span)
    )


def matching(
    concepts: Sequence[Concept],
    questions: Sequence[CuratedQuestion],
    rarity: Rarity,
    least: float,
) -> list[Match]:
    """Find the curated questions that a query is like.

    Likeness is the share of what the query asks that the question asks too, or the other way
    round, whichever is less; rarer words weigh more.
    """
    wanted = [(concept, _worth(concept, rarity)) for concept in concepts]
    whole = sum(worth for _, worth in wanted)
    found = []
    for question in questions:
        shared = [(_shared(question, concept), worth) for concept, worth in wanted]
        asked = sum(worth for terms, worth in shared if terms)
        held = frozenset[str]().union(*(terms for terms, _ in shared))
        own = sum(map(rarity, question.terms))
        likeness = min(asked / whole, sum(map(rarity, held)) / own) if held else 0.0
        if likeness >= least:
            found.append(Match(question, likeness))
    return found


def _worth(concept: Concept, rarity: Rarity) -> float:
    """Say what a concept tells: as much as its rarest word."""
    return max(rarity(term) for forms in concept.words for term in forms)


def _shared(question: CuratedQuestion, concept: Concept) -> frozenset[str]:
    """Return the terms of a question that are a concept, in its own words or as also called."""
    own = [frozenset(forms) & question.terms for forms in concept.words]
    if all(own):
        return frozenset().union(*own)
    others = (frozenset(other.terms) for other in concept.alternatives)
    return next((terms for terms in others if terms <= question.terms), frozenset())
