"""Proximity: what each place holds of a concept, and what is said in its neighbourhood."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array, Floats, greatest, picked
from indexer.ranking.matching import WeightedConcept
from indexer.settings import SETTINGS, Settings
from indexer.storage.bm25 import Posting
from indexer.storage.reader import IndexReader

# Evidence reaches fifteen passages, less than the gap between two tracks: none hears another.
_STEPS = (1, 2, 4, 8)


class Evidence(NamedTuple):
    """What each place holds of a concept, and the most that any does."""

    held: Floats
    most: float

    @classmethod
    def of(cls, held: Floats) -> "Evidence":
        """What places hold, while it is still in the processor's cache."""
        return cls(held, float(greatest(held)))


def evidence_of_concept(
    reader: IndexReader, concept: WeightedConcept, settings: Settings
) -> Evidence:
    """Lay one concept out over all places: its own words, or else what it may also be called.

    Of the forms that a word may take the best counts. A name of several words counts where all of
    them are said together. The best of the concept's own words and its other names is what a place
    holds of it.
    """
    dense = np.zeros(reader.rows.layout.places, np.float32)
    if not (concept.whole and (concept.strict or _lacks_a_word(reader, concept))):
        for forms in concept.words:
            _add_best(dense, [reader.terms.impacts(term, settings) for term in forms])
    if concept.whole:
        dense *= np.float32(settings.apart)
        for name in concept.own_names:
            at, score = reader.names.impacts(name, settings)
            dense[at] = np.maximum(dense[at], score * np.float32(len(name)))
    if not concept.others:
        return Evidence.of(dense)
    # A rare long name of a thing is worth no more than the thing itself; a translation as much.
    own = greatest(dense)
    names = {terms: reader.names.impacts(terms, settings) for _, terms in concept.others}
    foreign = max((names[terms][1].max(initial=0) for terms in concept.translated), default=0)
    for weight, terms in concept.others:
        at, score = names[terms]
        worth = 1.0 if concept.required and not own and terms not in concept.loose else weight
        if own and foreign and terms in concept.translated:
            score = score * (own / foreign)
        dense[at] = np.maximum(dense[at], worth * np.minimum(score, own or np.inf))
    return Evidence.of(dense)


def _lacks_a_word(reader: IndexReader, concept: WeightedConcept) -> bool:
    """Whether nobody says a word of a name, but something that it is also called.

    What is said of the brain is not said of brain fog, where memory problems are.
    """
    if reader.terms.say(concept.words):
        return False
    # In another language only a translation will do.
    others = concept.translated or [terms for _, terms in concept.others]
    return any(len(reader.names.impacts(terms, SETTINGS)[0]) for terms in others)


def _add_best(dense: Floats, forms: Sequence[Posting]) -> None:
    """Add to each place the best of the forms of a word there."""
    if len(forms) == 1:
        at, score = forms[0]
        dense[at] += score
        return
    best = np.zeros_like(dense)
    for at, score in forms:
        best[at] = np.maximum(best[at], score)
    dense += best


def with_proximity(concepts: Sequence[Evidence], settings: Settings) -> tuple[Array, Floats]:
    """Add up the concepts of a query where any is held, and what is said in the proximity of that.

    Returns those places and their scores. A place near which more of the question is spoken of
    comes first; one that holds none of it has no score, whatever is around it.
    """
    own = concepts[0].held.copy()
    for one in concepts[1:]:
        own += one.held
    at = np.flatnonzero(own > 0)
    around = smoothed(own, settings.smooth_fade, settings.ahead, at)
    total = picked(own, at) + settings.smooth * around
    covered = np.zeros_like(total)
    scratch = np.empty_like(own)
    whole = 0.0
    for one in concepts:  # one by one: together they would leave the processor's cache
        near = picked(spread(one.held, settings.spread_fade, scratch), at)
        total += settings.spread * near
        covered += np.minimum(near / np.float32(settings.covered_at), one.most)
        whole += one.most
    if len(concepts) > 1 and whole:
        total *= 1 - settings.cover + settings.cover * covered / np.float32(whole)
    return at, total


def smoothed(values: Floats, fade: float, ahead: float, at: Array | None = None) -> Floats:
    """Sum up what is near some places, or all, fading by `fade` a place, as a share of all weights.

    What follows weighs `ahead`, what went before the rest of one: an answer is heard from its
    beginning. Shifts double, so that a reach of fifteen places takes four steps each way.
    """
    before, after, faded = values.copy(), values.copy(), np.empty_like(values)
    for step in _STEPS:
        weight = np.float32(fade**step)
        before[step:] += np.multiply(before[:-step], weight, out=faded[step:])
        after[:-step] += np.multiply(after[step:], weight, out=faded[step:])
    whole = np.float32((1 + fade) / (1 - fade))
    past, future = np.float32(2 - 2 * ahead), np.float32(2 * ahead)
    own = values
    if at is not None:
        before, after, own = picked(before, at), picked(after, at), picked(own, at)
    return (past * (before - own) + future * (after - own) + own) / whole


def spread(
    values: Floats, fade: float, scratch: Floats | None = None, *, behind: float | None = None
) -> Floats:
    """Give each place the best value near it, fading by `fade` a place.

    Behind where a value stands it fades by `behind`, if that is another.
    """
    near = values.copy()
    faded = np.empty_like(values) if scratch is None else scratch
    for step in _STEPS:
        np.multiply(near, np.float32(fade**step), out=faded)
        np.maximum(near[:-step], faded[step:], out=near[:-step])
        if behind is not None:
            np.multiply(near, np.float32(behind**step), out=faded)
        np.maximum(near[step:], faded[:-step], out=near[step:])
    return near


def whole_evidence(
    reader: IndexReader, concept: WeightedConcept, evidence: Evidence, settings: Settings
) -> Evidence:
    """The evidence of a concept; of a name of several words, only where it is said as one."""
    if not concept.whole:
        return evidence
    said = np.zeros_like(evidence.held)
    for way in concept.names:
        said[reader.names.impacts(way, settings)[0]] = 1
    return Evidence.of(evidence.held * said)
