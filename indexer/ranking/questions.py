"""Questions that are asked here, and where they are answered: curators' and interviewers'."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from msgspec.structs import replace

from indexer.arrays import Floats
from indexer.query.synonyms import Vocabulary
from indexer.ranking.curated import CuratedQuestions, curated_questions, plain_words
from indexer.ranking.interviewers import InterviewQuestions, interview_questions
from indexer.ranking.matching import Rarity, WeightedConcept
from indexer.ranking.question_match import QuestionMatch
from indexer.settings import Settings
from indexer.storage.reader import IndexReader


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """All questions of an index that have an answer: a curator's, and those of interviewers."""

    curated: CuratedQuestions
    interviewers: InterviewQuestions

    def matching(
        self,
        concepts: Sequence[WeightedConcept],
        rarity: Rarity,
        settings: Settings,
        wording: str = "",
        meaning: Callable[[], Floats | None] = lambda: None,
    ) -> list[QuestionMatch]:
        """Find the questions that ask what a query asks, and say how much they lift an answer.

        The very question is lifted more than any other: `wording` is that of the query.
        `meaning` tells how near each curated question is by meaning, where that is known; it is
        asked last.
        """
        asked = [
            replace(match, lift=settings.asked * match.likeness)
            for match in self.interviewers.matching(concepts, settings.asked_likeness)
        ]
        if not self.curated.questions:
            return asked
        return [*_once(self._curators(concepts, rarity, settings, wording, meaning)), *asked]

    def _curators(
        self,
        concepts: Sequence[WeightedConcept],
        rarity: Rarity,
        settings: Settings,
        wording: str,
        meaning: Callable[[], Floats | None],
    ) -> Iterator[QuestionMatch]:
        curated = self.curated
        likeness, spoken = curated.compared(concepts, rarity, settings)
        enough = (spoken >= settings.curated_spoken) | curated.clear(spoken, settings)
        close = np.where(enough, spoken, 0)
        other = curated.contradicted(concepts)
        plain = plain_words(wording) or None
        very = np.array([one == plain for one in curated.plain], np.bool_)
        near = meaning()
        if near is not None:
            meant = np.clip(near, 0, 1)
            likeness = np.maximum(likeness, np.minimum(meant, spoken))
            close += settings.curated_meaning * (meant - close)
        likeness[other], close[other] = 0, 0
        most = settings.curated if near is None else settings.curated_with_meaning
        lift = _lift(close, most, settings)
        if very.any():
            lift[very], likeness[very] = settings.curated_very, 1
        for place in np.flatnonzero(lift).tolist():
            question = curated.questions[place]
            yield QuestionMatch(question, float(likeness[place]), float(lift[place]))


def _once(matches: Iterable[QuestionMatch]) -> Iterator[QuestionMatch]:
    """Of a question in several languages, the one that is most like the query."""
    best: dict[tuple[str, int, int], QuestionMatch] = {}
    for match in matches:
        place = (match.question.video, match.question.start_ms, match.question.end_ms)
        if place not in best or match.lift > best[place].lift:
            best[place] = match
    yield from best.values()


def _lift(close: Floats, most: float, settings: Settings) -> Floats:
    """What answers gain by how near their questions are: the nearest, and those nearly as near."""
    least = max(settings.curated_close, float(close.max(initial=0)) - settings.curated_apart)
    lift = most * close**settings.curated_power
    return np.asarray(np.where(close >= least, lift, 0), np.float32)


def known_questions(reader: IndexReader, vocabulary: Vocabulary) -> KnownQuestions:
    """Collect the questions of an index; exact things in them are known by a vocabulary."""
    spans = zip(reader.tracks, pairwise(reader.rows.first_sentence), strict=True)
    living = [(track.video, *span) for track, span in spans if not track.dead]
    curated = curated_questions(reader, vocabulary)
    return KnownQuestions(curated, interview_questions(reader.columns, living))
