"""Whether a text tells of what a query asks, and the questions that pages elsewhere answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from catalog import Catalogue, WrittenAnswer
from indexer.analysis.tokenizer import tokens_of
from indexer.query.parser import Query
from indexer.query.synonyms import Concept

# A query asks such a question when it says all that itself asks, and so much of the other's words.
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question that a page elsewhere answers; what it asks, in each language that it has."""

    answer: WrittenAnswer
    asked: tuple[Query, ...]
    terms: frozenset[str]


def tells_of(query: Query, text: str, language: str) -> bool:
    """Whether a text says any of the things that a query asks for, by whatever name."""
    terms = _terms(text, language)
    return any(_told(concept, terms) for concept in query.concepts)


def written_questions(
    catalogue: Catalogue, parsed: Callable[[str], Query]
) -> tuple[WrittenQuestion, ...]:
    """Read the questions of a catalogue that are answered in writing, each once."""
    answers = dict.fromkeys(one for topic in catalogue.topics.values() for one in topic.written)
    return tuple(_written(one, parsed) for one in answers)


def _written(answer: WrittenAnswer, parsed: Callable[[str], Query]) -> WrittenQuestion:
    texts = {"en": answer.text, **answer.translations}
    terms = (_terms(text, language) for language, text in texts.items())
    return WrittenQuestion(answer, tuple(map(parsed, texts.values())), frozenset().union(*terms))


def asked_in_writing(query: Query, questions: Iterable[WrittenQuestion]) -> WrittenAnswer | None:
    """The one that asks what a query asks, or most of it; None where none does."""
    found = [(share, one.answer) for one in questions if (share := _alike(query, one)) >= _SHARE]
    return max(found, key=lambda one: one[0])[1] if found else None


def _alike(query: Query, question: WrittenQuestion) -> float:
    """How much of what a question asks a query asks too; nothing if the query asks more."""
    if not query.concepts or not all(_told(one, question.terms) for one in query.concepts):
        return 0
    own = frozenset(term for one in query.concepts for name in _names(one) for term in name)
    return max(_share(asked.concepts, own) for asked in question.asked)


def _share(concepts: Sequence[Concept], terms: frozenset[str]) -> float:
    words = sum(len(one.words) for one in concepts)
    return sum(len(one.words) for one in concepts if _told(one, terms)) / max(1, words)


def _told(concept: Concept, terms: frozenset[str]) -> bool:
    return any(terms.issuperset(name) for name in _names(concept))


def _names(concept: Concept) -> Iterable[tuple[str, ...]]:
    """The names of a thing, in terms: its own, and those that mean the same."""
    yield from zip(*concept.words, strict=False)
    for other in concept.alternatives:
        if other.how in {"same", "translated"} and not other.everyday:
            yield other.terms


def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(token.term for token in tokens_of(text, language))
