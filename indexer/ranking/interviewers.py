"""The questions of interviewers, and which of them a query asks.

What follows a question that asks the same as a query is likely to answer it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from catalog import ANSWER_MS
from indexer.arrays import Array, Bools
from indexer.ranking.matching import WeightedConcept
from indexer.ranking.question_match import AnsweredQuestion, QuestionMatch
from indexer.storage.columns import Columns, identity

_NOWHERE: Array = np.empty(0, np.int64)


@dataclass(frozen=True)
class InterviewQuestions:
    """The questions of all tracks that count, by the number of their sentence.

    `token_term` are their terms by identity, each once a question, `token_question` says whose each
    is, and `token_worth` what it tells: the rarer it is, the more.
    """

    sentence: Array
    video: tuple[str, ...]
    start_ms: Array
    end_ms: Array
    token_term: Array
    token_question: Array
    token_worth: NDArray[np.float64]

    def matching(
        self, concepts: Sequence[WeightedConcept], least: float
    ) -> Iterator[QuestionMatch]:
        """Find the questions that a query is like, as curated ones are found."""
        whole, asked = 0.0, np.zeros(len(self.sentence))
        found = [self._shared(concept) for concept in concepts]
        for concept, (questions, _) in zip(concepts, found, strict=True):
            whole += concept.worth
            asked[questions] += concept.worth  # once, also where a question is there twice
        spoken = asked / max(whole, 1e-9)
        if not spoken.max(initial=0) >= least:
            return
        own = self._sums(np.flatnonzero(self._held(found))) / self._told
        likeness = np.minimum(spoken, own)
        for number in np.flatnonzero(likeness >= least).tolist():
            start, end = int(self.start_ms[number]), int(self.end_ms[number])
            question = AnsweredQuestion(self.video[number], start, end)
            yield QuestionMatch(question, float(likeness[number]))

    def _held(self, found: Iterable[tuple[Array, list[Array]]]) -> Bools:
        """Which terms of all questions are of a concept that their question holds."""
        held = np.zeros(len(self.token_term), np.bool_)
        for questions, tokens in found:
            if len(tokens) == 1:
                held[tokens[0]] = True
                continue
            shared = np.zeros(len(self.sentence), np.bool_)
            shared[questions] = True
            for one in tokens:
                held[one] |= shared[self.token_question[one]]
        return held

    def _shared(self, concept: WeightedConcept) -> tuple[Array, list[Array]]:
        """The questions that hold a concept, some twice, and the places of all terms of it."""
        if not concept.others and len(concept.words) == 1:  # as of most
            there = self._places(concept.words[0])
            return self.token_question[there], [there]
        holding, tokens = [_NOWHERE], []
        for words in concept.ways:
            places = [self._places(forms) for forms in words]
            if all(map(len, places)):
                holding.append(self._holding(places))
                tokens += places
        return holding[-1] if len(holding) < 3 else np.concatenate(holding), tokens

    def _holding(self, places: Sequence[Array]) -> Array:
        """The questions that hold each of some words, given by where these are among all terms."""
        if len(places) == 1:
            return self.token_question[places[0]]
        words = np.zeros(len(self.sentence), np.int64)
        for one in places:
            words[self.token_question[one]] += 1
        return np.flatnonzero(words == len(places))

    def _places(self, forms: Sequence[str]) -> Array:
        """Where any of some terms stands among the terms of all questions."""
        found = [self._by_term.get(identity(form), _NOWHERE) for form in forms]
        return found[0] if len(found) == 1 else np.concatenate(found)

    @cached_property
    def _by_term(self) -> dict[int, Array]:
        order = np.argsort(self.token_term, kind="stable")
        terms, begins = np.unique(self.token_term[order], return_index=True)
        places = (order[begin:end] for begin, end in pairwise([*begins.tolist(), len(order)]))
        return dict(zip(terms.tolist(), places, strict=True))

    @cached_property
    def _told(self) -> NDArray[np.float64]:
        """What the terms of each question tell in all."""
        return np.maximum(self._sums(np.arange(len(self.token_term))), 1e-9)

    def _sums(self, tokens: Array) -> NDArray[np.float64]:
        """What some of the terms tell, by their place, for each question."""
        worth, number = self.token_worth[tokens], self.token_question[tokens]
        return np.bincount(number, weights=worth, minlength=len(self.sentence)).astype(np.float64)


def interview_questions(
    columns: Columns, tracks: Iterable[tuple[str, int, int]]
) -> InterviewQuestions:
    """Collect the questions of tracks, each given by its video and its sentences (last exclusive).

    An answer ends where the next question is asked, or after a minute. A question that has no
    term of its own ("Really?") is none.
    """
    sentences: list[int] = []
    videos: list[str] = []
    ends: list[int] = []
    for video, first, last in tracks:
        asked = first + np.flatnonzero(columns.sentence_question[first:last])
        asked = asked[columns.sentence_tokens[asked] > 0]
        starts = columns.sentence_start_ms[asked].astype(np.int64)
        follow = np.append(starts[1:], np.iinfo(np.int64).max)
        sentences += asked.tolist()
        videos += [video] * len(asked)
        ends += np.maximum(starts + 1, np.minimum(follow, starts + ANSWER_MS)).tolist()
    sentence = np.array(sentences, np.int64)
    begins, lasts = columns.token_offsets[sentence], columns.token_offsets[sentence + 1]
    number = np.repeat(np.arange(len(sentence)), lasts - begins)
    token = np.repeat(lasts - np.cumsum(lasts - begins), lasts - begins) + np.arange(len(number))
    term = columns.token_term[token]
    order = np.lexsort((term, number))
    number, term = number[order], term[order]
    once = np.ones(len(number), np.bool_)
    once[1:] = (number[1:] != number[:-1]) | (term[1:] != term[:-1])
    number, term = number[once], term[once]
    known, counts = np.unique(columns.token_term, return_counts=True)
    said = counts[np.searchsorted(known, term)]
    return InterviewQuestions(
        sentence=sentence,
        video=tuple(videos),
        start_ms=columns.sentence_start_ms[sentence],
        end_ms=np.array(ends, np.int64),
        token_term=term,
        token_question=number,
        token_worth=np.log1p(len(columns.token_term) / (1.0 + said)),
    )
