"""Questions that are asked here, and where the answer is: a curator's, and those of interviewers.

What follows a question that asks the same as a query is likely to answer it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from catalog import ANSWER_MS, Video
from indexer.analysis.tokenizer import tokens_of
from indexer.arrays import Array, Bools, Floats
from indexer.query.rewriting import idioms_in
from indexer.query.synonyms import listed_terms
from indexer.ranking.matching import Rarity, WeightedConcept
from indexer.settings import Settings
from indexer.storage.columns import Columns, identity
from indexer.storage.reader import IndexReader


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question, and where it is answered.

    `text` and `terms` are those of a curator's question, `plain` its words however it is written.
    It is `translated` where the answer is in another language.
    """

    video: str
    start_ms: int
    end_ms: int
    terms: frozenset[str] = frozenset()
    text: str = ""
    plain: str = ""
    translated: bool = False


@dataclass(frozen=True, slots=True)
class QuestionMatch:
    """A question that is asked here, and how like it the query is: 0 not at all, 1 the very same.

    `lift` is how much of the best score its answer gains.
    """

    question: AnsweredQuestion
    likeness: float
    lift: float = 0.0


def curated_questions(videos: Iterable[Video]) -> tuple[AnsweredQuestion, ...]:
    """Collect the questions whose answer has a time, in each language that they are written in.

    Without an end an answer is a minute long.
    """
    return tuple(
        AnsweredQuestion(
            video=video.slug,
            start_ms=span[0],
            end_ms=span[1],
            terms=_terms(text, language),
            text=text,
            plain=_plain(text),
            translated=language != video.language,
        )
        for video in videos
        for question in video.questions
        if (span := question.answer_span)
        for language, text in ((video.language, question.text), *question.translations.items())
    )


def _terms(text: str, language: str) -> frozenset[str]:
    """The terms of a question; of an idiom, those that it stands for."""
    idioms = [(start, end, listed_terms(plain, own)) for start, end, plain, own in idioms_in(text)]
    tokens = tokens_of(text, language)
    said = (t for t in tokens if not any(start <= t.start < end for start, end, _ in idioms))
    return frozenset((*(t.term for t in said), *(term for *_, terms in idioms for term in terms)))


def _curated_matches(
    concepts: Sequence[WeightedConcept], questions: Sequence[AnsweredQuestion], rarity: Rarity
) -> list[QuestionMatch]:
    """Find the curated questions that a query is like.

    Likeness is the share of what the query asks that the question asks too, or the other way
    round, whichever is less; rarer words weigh more.
    """
    whole = sum(concept.worth for concept in concepts)
    found = []
    for question in questions:
        shared = [(_shared(question, concept), concept.worth) for concept in concepts]
        asked = sum(worth for terms, worth in shared if terms)
        held = frozenset[str]().union(*(terms for terms, _ in shared))
        own = sum(map(rarity, question.terms))
        likeness = min(asked / whole, sum(map(rarity, held)) / own) if held else 0.0
        found.append(QuestionMatch(question, likeness))
    return found


def _nearest(
    matches: Sequence[QuestionMatch], near: Floats, settings: Settings
) -> list[QuestionMatch]:
    """Count as like, too, what is nearest by meaning, if it is near enough."""
    least = max(settings.curated_near, float(near.max(initial=0)) - settings.curated_apart)
    return [
        _meant(match, alike, settings) if alike >= least else match
        for match, alike in zip(matches, near.tolist(), strict=True)
    ]


def _once(matches: Iterable[QuestionMatch]) -> Iterator[QuestionMatch]:
    """Of a question in several languages, the one that is most like the query."""
    best: dict[tuple[str, int, int], QuestionMatch] = {}
    for match in matches:
        place = (match.question.video, match.question.start_ms, match.question.end_ms)
        if place not in best or match.lift > best[place].lift:
            best[place] = match
    yield from best.values()


def _meant(match: QuestionMatch, near: float, settings: Settings) -> QuestionMatch:
    if match.likeness >= max(near, settings.curated_likeness):
        return match
    return replace(
        match, likeness=min(1.0, near), lift=settings.curated * near**settings.curated_power
    )


def _plain(text: str) -> str:
    """The words of a question, however they are written."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _shared(question: AnsweredQuestion, concept: WeightedConcept) -> frozenset[str]:
    """Return the terms of a question that are a concept, in its own words or as also called."""
    own = [frozenset(forms) & question.terms for forms in concept.words]
    if all(own):
        return frozenset().union(*own)
    others = (frozenset(terms) for _, terms in concept.others)
    return next((terms for terms in others if terms <= question.terms), frozenset())


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
        whole = 0.0
        asked = np.zeros(len(self.sentence))
        held = np.zeros(len(self.token_term), np.bool_)
        for concept in concepts:
            shared, tokens = self._shared(concept)
            whole, asked = whole + concept.worth, asked + concept.worth * shared
            held[tokens[shared[self.token_question[tokens]]]] = True
        own = self._sums(self.token_worth * held) / np.maximum(self._told, 1e-9)
        likeness = np.minimum(asked / max(whole, 1e-9), own)
        for number in np.flatnonzero(likeness >= least).tolist():
            start, end = int(self.start_ms[number]), int(self.end_ms[number])
            question = AnsweredQuestion(self.video[number], start, end)
            yield QuestionMatch(question, float(likeness[number]))

    def _shared(self, concept: WeightedConcept) -> tuple[Bools, Array]:
        """Say which questions hold a concept, and which terms are of it, by their place."""
        shared = np.zeros(len(self.sentence), np.bool_)
        theirs = [np.empty(0, np.int64)]
        for words in concept.ways:
            tokens = [np.concatenate([self._places(term) for term in forms]) for forms in words]
            if not all(map(len, tokens)):
                continue
            holding = np.ones(len(self.sentence), np.bool_)
            for places in tokens:
                some = np.zeros(len(self.sentence), np.bool_)
                some[self.token_question[places]] = True
                holding &= some
            shared |= holding
            theirs += tokens
        return shared, np.concatenate(theirs)

    def _places(self, term: str) -> Array:
        """Where a term stands among the terms of all questions."""
        order, sorted_terms = self._by_term
        wanted = np.uint64(identity(term))
        begin = np.searchsorted(sorted_terms, wanted, side="left")
        end = np.searchsorted(sorted_terms, wanted, side="right")
        places: Array = order[begin:end]
        return places

    @cached_property
    def _by_term(self) -> tuple[Array, Array]:
        order = np.argsort(self.token_term, kind="stable")
        return order, self.token_term[order]

    @cached_property
    def _told(self) -> NDArray[np.float64]:
        """What the terms of each question tell in all."""
        return self._sums(self.token_worth)

    def _sums(self, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        counts = np.bincount(self.token_question, weights=worth, minlength=len(self.sentence))
        return counts.astype(np.float64)


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


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """All questions of an index that have an answer: a curator's, and those of interviewers."""

    curated: tuple[AnsweredQuestion, ...]
    interviewers: InterviewQuestions

    def matching(
        self,
        concepts: Sequence[WeightedConcept],
        rarity: Rarity,
        settings: Settings,
        near: Floats | None = None,
        wording: str = "",
    ) -> list[QuestionMatch]:
        """Find the questions that ask what a query asks, and say how much they lift an answer.

        The very question is lifted twice as much as any other: `wording` is that of the query.
        `near` is how near each curated question is by meaning, where that is known.
        """
        plain = _plain(wording)
        curated = [
            replace(match, lift=settings.curated * match.likeness)
            if match.question.plain != plain
            else QuestionMatch(match.question, 1.0, 2 * settings.curated)
            for match in _curated_matches(concepts, self.curated, rarity)
        ]
        if near is not None:
            curated = _nearest(curated, near, settings)
        asked = self.interviewers.matching(concepts, settings.asked_likeness)
        return [
            *_once(match for match in curated if match.likeness >= settings.curated_likeness),
            *(replace(match, lift=settings.asked * match.likeness) for match in asked),
        ]


def known_questions(reader: IndexReader) -> KnownQuestions:
    """Collect the questions of an index."""
    spans = zip(reader.tracks, pairwise(reader.rows.first_sentence), strict=True)
    living = [(track.video, *span) for track, span in spans if not track.dead]
    curated = curated_questions(reader.videos.values())
    return KnownQuestions(curated, interview_questions(reader.columns, living))
