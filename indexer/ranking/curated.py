"""The questions of curators, and how like each of them a query is, in whatever words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np

from indexer.analysis.tokenizer import tokens_of
from indexer.arrays import Array, Bools, Floats
from indexer.query.everyday import sets_in, sets_of
from indexer.query.rewriting import idioms_in
from indexer.query.synonyms import Terms, Vocabulary, listed_terms
from indexer.ranking.matching import Rarity, WeightedConcept
from indexer.ranking.question_match import AnsweredQuestion
from indexer.ranking.rivals import NamedThings, named_things
from indexer.settings import Settings
from indexer.storage.columns import identity
from indexer.storage.reader import IndexReader

# No term is this.
_UNSAID = ""
# Which questions hold something, by their places.
_Places = Mapping[int, Array]


@dataclass(frozen=True, eq=False)
class CuratedQuestions:
    """The questions whose answer has a time.

    By the identity of a term, `asking` has the questions that say it, and `answering` those whose
    answer does; `alike` has those with a word of each everyday set. `worth` is what the terms of
    each question tell in all, `plain` its words however they are written, `named` which exact
    things they are about.
    """

    questions: tuple[AnsweredQuestion, ...] = ()
    asking: _Places = field(default_factory=dict)
    answering: _Places = field(default_factory=dict)
    alike: _Places = field(default_factory=dict)
    worth: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    plain: tuple[str, ...] = ()
    named: NamedThings = field(default_factory=NamedThings)

    def compared(
        self, concepts: Sequence[WeightedConcept], rarity: Rarity, settings: Settings
    ) -> tuple[Floats, Floats]:
        """How like a query is to each question, and how near in whatever words, from 0 to 1.

        It is like by its own words and names only: by the share of what it asks that the question
        asks too, or the other way round, whichever is less. Near is what the question or its
        answer speaks of, also in what people say in place of that; what fewer of them speak of
        weighs more, but what nobody here says at all does not tell which of them is asked.
        """
        if not concepts or not self.questions:
            nothing = np.zeros(len(self.questions), np.float32)
            return nothing, nothing.copy()
        held = [self._held(*one, settings) for one in _with_sets(concepts)]
        grades = np.array([one.grades for one in held], np.float32)
        shared = np.array([one.shared for one in held], np.bool_)
        own = self._own([term for one in held for term in one.covered.items()], rarity)
        worth = np.array([concept.worth for concept in concepts], np.float32)
        weights = np.log1p(len(self.questions) / (0.5 + np.count_nonzero(grades, axis=1)))
        nobodys = (worth >= rarity(_UNSAID)) & ~grades.any(axis=1)
        weights[nobodys] *= settings.curated_unsaid
        spoken = weights @ grades / weights.sum()
        alone = len(concepts) == 1  # one word says little of what is asked
        share = settings.curated_own_alone if alone else settings.curated_own
        near = spoken + share * (own - spoken)
        likeness = np.minimum(worth @ shared / worth.sum(), own)
        return likeness.astype(np.float32), np.where(spoken > 0, near, 0).astype(np.float32)

    @cached_property
    def _answers(self) -> Array:
        """The number of each question's answer."""
        numbers: dict[tuple[str, int], int] = {}
        places = [(one.video, one.start_ms) for one in self.questions]
        return np.array([numbers.setdefault(place, len(numbers)) for place in places], np.int64)

    def clear(self, near: Floats, settings: Settings) -> Bools:
        """The nearest question, in each language, where none with another answer is as near."""
        same = self._answers == self._answers[near.argmax()]
        rival = near[~same].max(initial=0)
        clear: Bools = same & bool(rival < near.max() - settings.curated_apart)
        return clear

    def contradicted(self, concepts: Sequence[WeightedConcept]) -> Bools:
        """Which questions a query contradicts: by naming what they do not ask.

        They name another thing of that kind, or their answers do not speak of it either and they
        name anything else.
        """
        found = np.zeros(len(self.questions), np.bool_)
        named = frozenset(name for concept in concepts for name in concept.exact_ways)
        for concept in concepts:
            if concept.required:
                ways = [self._together(name, 0.5) for name in concept.exact_ways]
                held = np.max(ways, axis=0)
                rivals = self.named.rivals(concept, named, len(found))
                found |= (held < 1) & (rivals.same_kind | (rivals.other & (held == 0)))
        return found

    def _held(self, concept: WeightedConcept, sets: frozenset[int], settings: Settings) -> "_Held":
        """What the questions hold of a concept."""
        grades = np.zeros(len(self.questions), np.float32)
        shared = np.zeros(len(self.questions), np.bool_)
        covered: dict[str, Bools] = {}
        own = ((1.0, name) for name in concept.own_names)
        others = ((settings.curated_other, name) for _, name in concept.others)
        for worth, name in chain(own, others):
            if all(identity(t) in self.asking or identity(t) in self.answering for t in name):
                together = self._together(name, settings.curated_answer)
                np.maximum(grades, worth * together, out=grades)
                asking = together == 1
                shared |= asking
                covered |= {term: covered.get(term, np.False_) | asking for term in name}
        for number in sets & self.alike.keys():
            places = self.alike[number]
            grades[places] = np.maximum(grades[places], settings.curated_everyday)
        return _Held(grades, shared, covered)

    def _together(self, terms: Terms, answered: float) -> Floats:
        """How far each question holds all terms: 1 itself, `answered` where its answer does."""
        held = np.ones(len(self.questions), np.float32)
        for term in terms:
            one = np.zeros(len(self.questions), np.float32)
            one[self.answering.get(identity(term), _NOWHERE)] = answered
            one[self.asking.get(identity(term), _NOWHERE)] = 1
            held = np.minimum(held, one)
        return held

    def _own(self, covered: Iterable[tuple[str, Bools]], rarity: Rarity) -> Floats:
        """The share of each question's own terms that a query speaks of; rarer ones weigh more."""
        each: dict[str, Bools] = {}
        for term, asking in covered:
            each[term] = each.get(term, np.False_) | asking
        told = sum((rarity(term) * asking for term, asking in each.items()), np.zeros(()))
        return np.asarray(told / self.worth, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """How much of a concept each question holds, which of them ask it, and by which terms."""

    grades: Floats
    shared: Bools
    covered: dict[str, Bools]


_NOWHERE: Array = np.empty(0, np.int64)


# What only leads over to a question: "So what is a biomarker?"
_LEADING = re.compile(
    r"^(?:(?:so|and|but|well|okay|ok|now|entonces|pues|bueno|y|pero) )+(?=\w+ \w)"
)


def plain_words(text: str) -> str:
    """The words of a question, however they are written, without what leads over to it."""
    return _LEADING.sub("", " ".join(re.findall(r"\w+", text.casefold())), count=1)


def _with_sets(
    concepts: Sequence[WeightedConcept],
) -> Iterator[tuple[WeightedConcept, frozenset[int]]]:
    """Give each concept the everyday sets of what it says, or is also called in English."""
    row = [(forms[0], number) for number, one in enumerate(concepts) for forms in one.words]
    sets: list[frozenset[int]] = [frozenset()] * len(concepts)
    for begin, end, some in sets_in([term for term, _ in row]):
        inside = [number for _, number in row[begin:end]]
        for number in inside:
            if inside.count(number) == len(concepts[number].words):  # no part of a name
                sets[number] |= some
    for concept, some in zip(concepts, sets, strict=True):
        exact = (terms for _, terms in concept.others if terms not in concept.loose)
        yield concept, some.union(*map(sets_of, exact))


def curated_questions(reader: IndexReader, vocabulary: Vocabulary) -> CuratedQuestions:
    """Collect the questions of curators, in each language that they are written in.

    An answer without an end is a minute long.
    """
    found = [
        (_answered(video.slug, text, language, span), video.language)
        for video in reader.videos.values()
        for question in video.questions
        if (span := question.answer_span)
        for language, text in ((video.language, question.text), *question.translations.items())
    ]
    worth = [sum(map(reader.terms.rarity, question.terms)) or 1.0 for question, _ in found]
    return CuratedQuestions(
        tuple(question for question, _ in found),
        asking=_inverted(map(identity, question.terms) for question, _ in found),
        answering=_inverted(_answer_terms(reader, *one) for one in found),
        alike=_inverted(_sets(question.text) for question, _ in found),
        worth=np.array(worth, np.float32),
        plain=tuple(plain_words(question.text) for question, _ in found),
        named=named_things((question.text for question, _ in found), vocabulary),
    )


def _answered(video: str, text: str, language: str, span: tuple[int, int]) -> AnsweredQuestion:
    """A question with its terms; of an idiom, those that it stands for."""
    idioms = [(start, end, listed_terms(plain, own)) for start, end, plain, own in idioms_in(text)]
    tokens = tokens_of(text, language)
    said = (t for t in tokens if not any(start <= t.start < end for start, end, _ in idioms))
    terms = (*(t.term for t in said), *(term for *_, terms in idioms for term in terms))
    return AnsweredQuestion(video, *span, text, frozenset(terms))


def _sets(text: str) -> frozenset[int]:
    """The everyday sets of which a question has a word."""
    found = sets_in([token.term for token in tokens_of(text, "en")])
    return frozenset[int]().union(*(sets for *_, sets in found))


def _answer_terms(reader: IndexReader, asked: AnsweredQuestion, language: str) -> frozenset[int]:
    """The terms of what is said from a question to the end of its answer, by their identities."""
    track = reader.track_number(asked.video, language)
    if track is None:
        return frozenset()
    first, last = reader.rows.sentences_of(track)
    columns = reader.columns
    begin, end = first + np.searchsorted(
        columns.sentence_start_ms[first:last], (asked.start_ms, asked.end_ms)
    )
    tokens = slice(columns.token_offsets[begin], columns.token_offsets[end])
    return frozenset(columns.token_term[tokens].tolist())


def _inverted(groups: Iterable[Iterable[int]]) -> dict[int, Array]:
    """Of what groups hold, by each thing the places of the groups that do."""
    places: dict[int, list[int]] = {}
    for place, group in enumerate(groups):
        for one in group:
            places.setdefault(one, []).append(place)
    return {one: np.array(some, np.int64) for one, some in places.items()}
