"""What curated questions name, and which of them a query contradicts by naming something else.

Who asks about one medicine, gene, stage or number is not answered by what is said of another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from indexer.analysis.tokenizer import tokens_of
from indexer.arrays import Array, Bools
from indexer.query.requirements import kind_of_number
from indexer.query.synonyms import NO_VOCABULARY, Terms, Vocabulary
from indexer.ranking.matching import WeightedConcept

Kinds = frozenset[str]


@dataclass(frozen=True)
class NamedThings:
    """The names of exact things in some questions: the places of these, and of which kinds."""

    vocabulary: Vocabulary = NO_VOCABULARY
    places: Mapping[Terms, tuple[Array, Kinds]] = field(default_factory=dict)

    def rivals(self, concept: WeightedConcept, named: frozenset[Terms], size: int) -> "Rivals":
        """Which of so many questions name something that a query does not.

        `named` is all that the query names; `concept` is one thing of that.
        """
        own = frozenset[str]().union(
            *(_kinds(name, self.vocabulary) for name in concept.exact_ways)
        )
        other, same_kind = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
        for name, (places, kinds) in self.places.items():
            if name not in named:
                other[places] = True
                same_kind[places] |= bool(own & kinds)
        return Rivals(other, same_kind)


@dataclass(frozen=True, slots=True, eq=False)
class Rivals:
    """The questions that name another thing than a query, and those that name one of its kind."""

    other: Bools
    same_kind: Bools


def named_things(questions: Iterable[str], vocabulary: Vocabulary) -> NamedThings:
    """Find the names in questions."""
    places: dict[Terms, list[int]] = {}
    for place, text in enumerate(questions):
        for name in _names_in([token.term for token in tokens_of(text)], vocabulary):
            places.setdefault(name, []).append(place)
    found = {name: (np.array(some), _kinds(name, vocabulary)) for name, some in places.items()}
    return NamedThings(vocabulary, found)


def _names_in(terms: Sequence[str], vocabulary: Vocabulary) -> Iterator[Terms]:
    at = 0
    while at < len(terms):
        length = vocabulary.longest_name(terms, at) or 1
        name = tuple(terms[at : at + length])
        if _kinds(name, vocabulary):
            yield name
        at += length


def _kinds(name: Terms, vocabulary: Vocabulary) -> Kinds:
    """Of which kinds a name is: a medicine, a gene, a stage; none of what is no exact thing."""
    return frozenset(filter(None, (vocabulary.exact_kind(name), *map(kind_of_number, name))))
