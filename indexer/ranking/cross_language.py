"""What a passage in another language is worth beside those in the language of the question."""

from collections.abc import Sequence

import numpy as np

from indexer.arrays import Array, Bools, Floats
from indexer.ranking.matching import WeightedConcept
from indexer.ranking.proximity import Evidence, spread, whole_evidence
from indexer.settings import Settings
from indexer.storage.reader import IndexReader


def language_worth(
    reader: IndexReader,
    language: str,
    concepts: Sequence[WeightedConcept],
    evidence: Sequence[Evidence],
    settings: Settings,
) -> Floats:
    """Return what each row is worth by its language, one worth for all where there is only one.

    That of the question comes before others.

    Another language is worth more where the question was translated or what it requires is said
    in no other, nothing in its own language speaks of all of it, and what has to be said is said
    there.
    """
    layout = reader.rows.layout
    in_language = reader.rows.is_in(language)
    if in_language.all():
        return np.ones(1, np.float32)
    worth = np.where(in_language, np.float32(1), np.float32(settings.other_language))[layout.track]
    same = in_language[layout.track]
    own = layout.place[same & layout.alive]
    if not any(
        one.translated or (one.required and not some.held[own].any())
        for one, some in zip(concepts, evidence, strict=False)
    ):
        return worth
    if not _is_covered(evidence, own, settings):
        there = np.ones(layout.places, np.bool_)
        for concept, some in zip(concepts, evidence, strict=False):
            if concept.required:
                there &= spread(some.held, settings.spread_fade) > 0
        worth[~same & there[layout.place]] = settings.translated_language
    return worth


def may_lift(
    reader: IndexReader,
    language: str,
    concepts: Sequence[WeightedConcept],
    evidence: Sequence[Evidence],
    settings: Settings,
) -> Bools:
    """Return which rows a question may lift.

    Those in another language only where no passage in that of the query speaks of all it asks.
    """
    layout = reader.rows.layout
    same = reader.rows.is_in(language)[layout.track]
    own = layout.place[same & layout.alive]
    if same.all() or not concepts:
        return same | (not concepts)
    held = np.ones(len(own), np.bool_)
    for concept, some in zip(concepts, evidence, strict=False):
        said = whole_evidence(reader, concept, some, settings)
        held &= said.held[own] >= settings.covered_at * (said.most or 1)
    return same | (not held.any())


def _is_covered(evidence: Sequence[Evidence], places: Array, settings: Settings) -> bool:
    """Whether near one of some places all is spoken of that is spoken of anywhere."""
    held = np.ones(len(places), np.bool_)
    for concept in evidence:
        near = spread(concept.held, settings.spread_fade)[places]
        held &= near >= settings.covered_at * concept.most
    return bool(held.any())
