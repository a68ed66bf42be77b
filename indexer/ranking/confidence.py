"""How sure search is that anything here answers: measured, and said, never hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p
from typing import Literal, NamedTuple

import numpy as np

from indexer.arrays import Array, greatest
from indexer.model import Hit
from indexer.query.requirements import asks_nothing, asks_what, is_about_everything, is_numbered
from indexer.ranking.matching import WeightedConcept
from indexer.ranking.proximity import Evidence, whole_evidence
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


@dataclass(frozen=True, slots=True)
class _Moment:
    """The passages of a moment, and those of it and shortly before, where what it is about is said.

    `near` is how near it is to the question by meaning, or None where words alone decide.
    """

    video: str
    rows: Array
    context: Array
    near: float | None


@dataclass(frozen=True, slots=True)
class _Question:
    """The things asked for, and what each place holds of them: of a name, where it is whole."""

    reader: IndexReader
    concepts: Sequence[WeightedConcept]
    evidence: Sequence[Evidence]

    def spoken_in(self, rows: Array, settings: Settings) -> list[Asked]:
        """How far some passages speak of each thing."""
        layout = self.reader.rows.layout
        most = log1p(layout.rows)  # what a word tells that nobody here says
        places = layout.place[rows]
        return [
            spoken_of(one.worth / most, evidence, places, settings)
            for one, evidence in zip(self.concepts, self.evidence, strict=True)
        ]


def confidence_of(
    scored: ScoredPassages,
    concepts: Sequence[WeightedConcept],
    matches: Sequence[QuestionMatch],
    best: Hit,
    wording: str,
    settings: Settings,
) -> Confidence:
    """How sure it is that the best moment of what was scored for some concepts answers `wording`.

    Whatever was asked by number or by name has to be spoken of there. What else leaves a doubt is
    outweighed by a question here that asks the same, and by a moment near enough by meaning. What
    is in the answer of a question that lifts it clearly comes near at least.
    """
    moment = _moment(scored, best, settings)
    sponsored = scored.reader.rows.sponsored[moment.rows]
    if 2 * np.count_nonzero(sponsored) > len(sponsored):  # mostly a sponsor's message
        return "none"
    question = _question(scored, concepts, settings)
    asked = question.spoken_in(moment.rows, settings)
    sure = certainty(asked, moment.near, settings)
    words = moment.near is None
    enough = settings.sure_question_by_words if words else settings.sure_question
    alike = [one.question for one in matches if one.likeness >= enough]
    if alike:
        sure = max(sure, 1.0)
    elif any(one.lift >= settings.curated / 2 and _answers(best, one.question) for one in matches):
        sure = max(sure, settings.perhaps)
    near = moment.near is not None and moment.near >= settings.near_enough
    doubtful = not (alike or near) and (
        _is_a_topic(question.concepts, wording, settings)
        or _leaves_a_doubt(question, asked, moment, settings)
    )
    required = [
        concept
        for concept in question.concepts
        if concept.required and not any(_asks_for(one, concept) for one in alike)
    ]
    if doubtful or not all(_is_spoken_of(scored.reader, one, moment, settings) for one in required):
        sure = min(sure, _NOT_QUITE)
    if sure >= 1:
        return "answered"
    return "perhaps" if sure >= settings.perhaps else "none"


def _moment(scored: ScoredPassages, best: Hit, settings: Settings) -> _Moment:
    rows = scored.reader.rows
    there = rows.between(best.video, best.start_ms, best.end_ms)
    context = rows.between(best.video, best.start_ms - settings.context_ms, best.end_ms)
    near = None if scored.near is None else float(greatest(scored.near[there]))
    return _Moment(best.video, there, context, near)


def _question(
    scored: ScoredPassages, concepts: Sequence[WeightedConcept], settings: Settings
) -> _Question:
    """What was asked and looked for, but for words that ask for nothing, where others do.

    What was asked by number or by name asks enough: "cancer" beside it asks no more.
    """
    found = [*zip(concepts, scored.evidence, strict=False)]
    telling = [pair for pair in found if not asks_nothing(pair[0].shown)] or found
    if any(concept.required for concept, _ in telling):
        telling = [pair for pair in telling if not is_about_everything(pair[0].shown)]
    evidence = [whole_evidence(scored.reader, *pair, settings) for pair in telling]
    return _Question(scored.reader, [concept for concept, _ in telling], evidence)


def _leaves_a_doubt(
    question: _Question, asked: Sequence[Asked], moment: _Moment, settings: Settings
) -> bool:
    """Whether what is spoken of may answer something else: one shared word is no sense.

    Of a long question by words alone not all has to be said: people tell what is beside the point.
    """
    concepts, strict = question.concepts, moment.near is not None
    beside = [(a, one) for a, one in zip(asked, concepts, strict=True) if not one.required]
    alone = len(concepts) == 1
    if (
        _share([a for a, _ in beside], settings) < settings.beside
        or (len(beside) == len(asked) and _speaks_beside_the_point(beside, settings))
        or any(_only_nearly(question.reader, c, strict=strict, alone=alone) for c in concepts)
    ):
        return True
    if not strict:
        return len(asked) <= settings.short and not all(one.said for one in asked)
    around = question.spoken_in(moment.context, settings)
    return not all(one.said for one in asked) or any(
        one.others and not one.required and here.spoken < settings.named_at
        for one, here in zip(concepts, around, strict=True)
    )


def spoken_of(worth: float, evidence: Evidence, places: Array, settings: Settings) -> Asked:
    """Say of a thing of some worth, by its evidence, how far the `places` of a moment speak of it.

    It counts in full from `covered_at` of its best evidence on.
    """
    if not evidence.most:
        return Asked(worth, 0.0, said=False)
    here = float(greatest(evidence.held[places]))
    return Asked(worth, min(1.0, here / evidence.most / settings.covered_at), said=True)


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


def _is_a_topic(concepts: Sequence[WeightedConcept], wording: str, settings: Settings) -> bool:
    """Whether one everyday word is all that a whole sentence says: a topic, and no question.

    "Will my kids get it too" is not answered by whatever is said of children; "what is a biopsy"
    asks for no more than its one word.
    """
    if len(concepts) != 1 or concepts[0].required or concepts[0].whole:
        return False
    long = len(wording.split()) >= settings.sentence and not asks_what(wording)
    return long or len(concepts[0].shown) == 1


def _only_nearly(
    reader: IndexReader, concept: WeightedConcept, *, strict: bool, alone: bool
) -> bool:
    """Whether nobody says a thing, nor another name of it, only what comes near it.

    Of a name of several words one that nobody says is enough, and where it is asked `alone` that
    nobody says them together; those of one word count only there, or with a model (`strict`).
    """
    if concept.required or not concept.loose or concept.translated:
        return False
    if not (concept.whole or strict or alone):
        return False
    if reader.terms.say(concept.words) and not (concept.whole and alone):
        return False
    return not any(map(reader.names.are_said, concept.exact_ways))


def _answers(hit: Hit, question: AnsweredQuestion) -> bool:
    """Whether a hit is in the answer of a question."""
    inside = hit.start_ms < question.end_ms and hit.end_ms > question.start_ms
    return hit.video == question.video and inside


def _speaks_beside_the_point(
    asked: Sequence[tuple[Asked, WeightedConcept]], settings: Settings
) -> bool:
    """Whether only everyday words of several things are spoken of: one, or common ones.

    Common ones ("go away") only where something is asked that the glossary knows.
    """
    spoken = [(a, one) for a, one in asked if a.spoken >= settings.named_at]
    everyday = all(_is_everyday(one) for _, one in spoken)
    if not spoken or len(spoken) == len(asked) or not everyday:
        return False
    common = all(a.worth < settings.common for a, _ in spoken)
    return len(spoken) == 1 or (common and not all(_is_everyday(one) for _, one in asked))


def _is_everyday(concept: WeightedConcept) -> bool:
    """Whether a thing is a single word that names nothing the glossary knows."""
    return not (concept.whole or concept.others)


def _asks_for(question: AnsweredQuestion, concept: WeightedConcept) -> bool:
    """Whether a curated question names exactly this thing."""
    return any(question.terms.issuperset(way) for way in concept.exact_ways)


def _is_spoken_of(
    reader: IndexReader, concept: WeightedConcept, moment: _Moment, settings: Settings
) -> bool:
    """Whether exactly this thing is said in a moment, or in the title of its video.

    A medicine, gene or test may be named just before; a number has to be said there.
    """
    numbered = any(is_numbered(term) for forms in concept.words for term in forms)
    places = reader.rows.layout.place[moment.rows if numbered else moment.context]
    titled = {n for n, track in enumerate(reader.tracks) if track.video == moment.video}
    for way in concept.exact_ways:
        if np.isin(places, reader.names.impacts(way, settings)[0]).any():
            return True
        nowhere: frozenset[int] = frozenset()
        if titled.intersection(*(reader.title_terms.get(term, nowhere) for term in way)):
            return True
    return False
