"""How sure search is that anything here answers: measured, and said, never hidden."""

from collections.abc import Iterable, Sequence
from math import log1p
from typing import Literal

import numpy as np

from indexer.arrays import Array, Floats
from indexer.model import Hit
from indexer.ranking.matching import WeightedConcept
from indexer.ranking.questions import AnsweredQuestion, QuestionMatch
from indexer.ranking.scorer import ScoredPassages
from indexer.settings import SETTINGS, Settings
from indexer.storage.reader import IndexReader

# Near enough to be an answer, but for one thing.
_NOT_QUITE = np.nextafter(1.0, 0)
# "answered": the best moment is likely to answer; "perhaps": it comes near; "none": nothing does.
Confidence = Literal["answered", "perhaps", "none"]


def confidence_of(
    scored: ScoredPassages,
    concepts: Sequence[WeightedConcept],
    matches: Iterable[QuestionMatch],
    best: Hit,
    settings: Settings,
) -> Confidence:
    """How sure it is that the best moment of what was scored for some concepts answers.

    Whatever was asked by number or by name has to be spoken of there.
    """
    reader = scored.reader
    rows = reader.rows
    there = rows.between(best.video, best.start_ms, best.end_ms)
    most = log1p(rows.layout.rows)  # what a word tells that nobody here says
    asked = [
        (one.worth / most, _evidence(reader, one, held, settings))
        for one, held in zip(concepts, scored.evidence, strict=False)
    ]
    alike = None if scored.near is None else float(scored.near[there].max(initial=0))
    places = rows.layout.place[there]
    sure = certainty(asked, places, alike, settings)
    alike_questions = [one.question for one in matches if one.likeness >= settings.sure_question]
    if alike_questions:
        sure = max(sure, 1.0)
    beside = [one for one, concept in zip(asked, concepts, strict=False) if not concept.required]
    if not alike_questions and _share(beside, places, settings) < settings.beside:
        sure = min(sure, _NOT_QUITE)
    if any(_only_nearly(reader, concept) for concept in concepts) and not alike_questions:
        sure = min(sure, _NOT_QUITE)
    short = alike is None and len(asked) <= settings.short
    if short and not all(held.any() for _, held in asked):
        sure = min(sure, _NOT_QUITE)  # by words alone: nobody says a part of the little asked
    required = [
        concept
        for concept in concepts
        if concept.required and not any(_asks_for(one, concept) for one in alike_questions)
    ]
    sold = rows.asides.rows[rows.asides.sponsored]
    if np.isin(there, sold).mean() > 0.5:  # mostly a sponsor's message
        return "none"
    if not all(_is_spoken_of(reader, one, there, best.video, settings) for one in required):
        sure = min(sure, _NOT_QUITE)
    if sure >= 1:
        return "answered"
    return "perhaps" if sure >= settings.perhaps else "none"


def certainty(
    asked: Sequence[tuple[float, Floats]], places: Array, alike: float | None, settings: Settings
) -> float:
    """How much of what was asked is spoken of in the `places` of a moment, of what is enough.

    Each thing asked for has its worth, from 0 to 1, and its evidence. It counts in full from
    `covered_at` of its best evidence on. What nobody says counts as asked and not found, and more
    than what is said elsewhere (`unsaid`). Of a long question, which says much beside the point, a
    smaller share is demanded; where the one thing
    that was asked for is found, nothing more can be. `alike` is how near the moment is to the
    question by meaning, or None where that is not known.
    """
    whole = sum(worth for worth, _ in asked)
    share = _share(asked, places, settings) if asked and len(places) else 0.0
    if share > 0.999 and (len(asked) == 1 or alike is None):
        return 1.0
    spoken = share * float(whole**settings.forgiving)
    if alike is None:
        return spoken / settings.sure
    return (spoken + settings.sure_by_meaning * alike) / settings.sure_with_meaning


def _share(asked: Sequence[tuple[float, Floats]], places: Array, settings: Settings) -> float:
    """How much of what was asked is spoken of in some places, from 0 to 1; 1 of nothing."""
    whole = sum(worth for worth, _ in asked)
    held = sum(worth * _spoken_of(evidence, places, settings) for worth, evidence in asked)
    nowhere = sum(worth for worth, evidence in asked if not evidence.max(initial=0))
    demanded = whole + (settings.unsaid - 1) * nowhere
    return held / demanded if demanded else 1.0


def _only_nearly(reader: IndexReader, concept: WeightedConcept) -> bool:
    """Whether nobody says a word of a name, nor another name of it, only what comes near it."""
    named = concept.whole and concept.loose and not concept.translated
    if not named or reader.terms.say(concept.words):
        return False
    return not any(len(reader.names.impacts(way, SETTINGS)[0]) for way in concept.exact_ways)


def _asks_for(question: AnsweredQuestion, concept: WeightedConcept) -> bool:
    """Whether a curated question names exactly this thing."""
    return any(question.terms.issuperset(way) for way in concept.exact_ways)


def _evidence(
    reader: IndexReader, concept: WeightedConcept, evidence: Floats, settings: Settings
) -> Floats:
    """The evidence of a concept; of a name of several words, only where it is said as one."""
    if not concept.whole:
        return evidence
    said = np.zeros_like(evidence)
    for way in concept.names:
        said[reader.names.impacts(way, settings)[0]] = 1
    return evidence * said


def _spoken_of(evidence: Floats, places: Array, settings: Settings) -> float:
    most = float(evidence.max(initial=0))
    here = float(evidence[places].max(initial=0))
    return min(1.0, here / most / settings.covered_at) if most else 0.0


def _is_spoken_of(
    reader: IndexReader, concept: WeightedConcept, rows: Array, video: str, settings: Settings
) -> bool:
    """Whether exactly this thing is said in some passages, or in the title of their video."""
    places = reader.rows.layout.place[rows]
    titled = {n for n, track in enumerate(reader.tracks) if track.video == video}
    for way in concept.exact_ways:
        if np.isin(places, reader.names.impacts(way, settings)[0]).any():
            return True
        nowhere: frozenset[int] = frozenset()
        if titled.intersection(*(reader.title_terms.get(term, nowhere) for term in way)):
            return True
    return False
