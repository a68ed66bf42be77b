"""How sure search is that anything here answers: measured, and said, never hidden."""

from collections.abc import Iterable, Sequence
from math import log1p
from typing import Literal, NamedTuple

import numpy as np

from indexer.arrays import Array, Floats
from indexer.model import Hit
from indexer.ranking.matching import WeightedConcept
from indexer.ranking.proximity import whole_evidence
from indexer.ranking.question_match import AnsweredQuestion, QuestionMatch
from indexer.ranking.scorer import ScoredPassages
from indexer.settings import Settings
from indexer.storage.reader import IndexReader

# Near enough to be an answer, but for one thing.
_NOT_QUITE = np.nextafter(1.0, 0)
# "answered": the best moment is likely to answer; "perhaps": it comes near; "none": nothing does.
Confidence = Literal["answered", "perhaps", "none"]


class Asked(NamedTuple):
    """A thing asked for: its worth, how far a moment speaks of it, and whether anybody does.

    The first two are from 0 to 1.
    """

    worth: float
    spoken: float
    said: bool


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
    places = rows.layout.place[there]
    asked = [
        spoken_of(one.worth / most, whole_evidence(reader, one, held, settings), places, settings)
        for one, held in zip(concepts, scored.evidence, strict=False)
    ]
    alike = None if scored.near is None else float(scored.near[there].max(initial=0))
    sure = certainty(asked, alike, settings)
    alike_questions = [one.question for one in matches if one.likeness >= settings.sure_question]
    if alike_questions:
        sure = max(sure, 1.0)
    beside = [one for one, concept in zip(asked, concepts, strict=False) if not concept.required]
    if not alike_questions and _share(beside, settings) < settings.beside:
        sure = min(sure, _NOT_QUITE)
    if any(_only_nearly(reader, concept) for concept in concepts) and not alike_questions:
        sure = min(sure, _NOT_QUITE)
    short = alike is None and len(asked) <= settings.short
    if short and not all(one.said for one in asked):
        sure = min(sure, _NOT_QUITE)  # by words alone: nobody says a part of the little asked
    required = [
        concept
        for concept in concepts
        if concept.required and not any(_asks_for(one, concept) for one in alike_questions)
    ]
    if rows.sponsored[there].mean() > 0.5:  # mostly a sponsor's message
        return "none"
    if not all(_is_spoken_of(reader, one, there, best.video, settings) for one in required):
        sure = min(sure, _NOT_QUITE)
    if sure >= 1:
        return "answered"
    return "perhaps" if sure >= settings.perhaps else "none"


def spoken_of(worth: float, evidence: Floats, places: Array, settings: Settings) -> Asked:
    """Say of a thing of some worth, by its evidence, how far the `places` of a moment speak of it.

    It counts in full from `covered_at` of its best evidence on.
    """
    most = float(evidence.max(initial=0))
    if not most:
        return Asked(worth, 0.0, said=False)
    here = float(evidence[places].max(initial=0))
    return Asked(worth, min(1.0, here / most / settings.covered_at), said=True)


def certainty(asked: Sequence[Asked], alike: float | None, settings: Settings) -> float:
    """How much of what was asked is spoken of in a moment, of what is enough.

    What nobody says counts as asked and not found, and more than what is said elsewhere
    (`unsaid`). Of a long question, which says much beside the point, a smaller share is demanded;
    where the one thing that was asked for is found, nothing more can be. `alike` is how near the
    moment is to the question by meaning, or None where that is not known.
    """
    whole = sum(one.worth for one in asked)
    share = _share(asked, settings) if asked else 0.0
    if share > 0.999 and (len(asked) == 1 or alike is None):
        return 1.0
    spoken = share * float(whole**settings.forgiving)
    if alike is None:
        return spoken / settings.sure
    return (spoken + settings.sure_by_meaning * alike) / settings.sure_with_meaning


def _share(asked: Sequence[Asked], settings: Settings) -> float:
    """How much of what was asked is spoken of, from 0 to 1; 1 of nothing."""
    whole = sum(one.worth for one in asked)
    held = sum(one.worth * one.spoken for one in asked)
    nowhere = sum(one.worth for one in asked if not one.said)
    demanded = whole + (settings.unsaid - 1) * nowhere
    return held / demanded if demanded else 1.0


def _only_nearly(reader: IndexReader, concept: WeightedConcept) -> bool:
    """Whether nobody says a word of a name, nor another name of it, only what comes near it."""
    named = concept.whole and concept.loose and not concept.translated
    if not named or reader.terms.say(concept.words):
        return False
    return not any(map(reader.names.are_said, concept.exact_ways))


def _asks_for(question: AnsweredQuestion, concept: WeightedConcept) -> bool:
    """Whether a curated question names exactly this thing."""
    return any(question.terms.issuperset(way) for way in concept.exact_ways)


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
