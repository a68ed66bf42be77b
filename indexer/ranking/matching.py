"""What is asked, as weighted terms, and which passages filters, phrases and exclusions leave."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from itertools import islice, product

import msgspec
import numpy as np
from numpy.typing import NDArray

from catalog import base_language
from indexer.arrays import Array, Bools
from indexer.query.parser import Phrase, Query
from indexer.query.requirements import is_numbered
from indexer.query.synonyms import Concept, weight_of
from indexer.settings import Settings
from indexer.storage.columns import identity
from indexer.storage.positions import Positions
from indexer.storage.reader import IndexReader

Rarity = Callable[[str], float]
_LOOSE = frozenset(("related", "shorter"))
_MOST_FORMS = 16


class WeightedConcept(msgspec.Struct, frozen=True):
    """One thing that is asked for.

    `words` are its own words, each as the forms it may take, of which one is enough; `others` are
    its other names: a weight, of one, and terms that have to be there together. Of these, `loose`
    are only near it, `translated` say it in another language. `worth` is what it tells: as much as
    its rarest word. The words of a `whole` one have to be there together; a `required` one has to
    be spoken of in an answer; of its `choices` each is enough.
    """

    shown: str
    worth: float
    words: tuple[tuple[str, ...], ...]
    others: tuple[tuple[float, tuple[str, ...]], ...] = ()
    loose: frozenset[tuple[str, ...]] = frozenset()
    translated: frozenset[tuple[str, ...]] = frozenset()
    whole: bool = False
    strict: bool = False
    required: bool = False
    choices: tuple["WeightedConcept", ...] = ()

    @property
    def highlighted(self) -> Iterator[frozenset[int]]:
        """Terms by their identities, each few to be highlighted where a text says all of them.

        A name of several words is highlighted whole, and of what is required nothing but that.
        """
        if not self.whole:
            yield from (frozenset((identity(term),)) for forms in self.words for term in forms)
        for way in self.exact_ways if self.required else self.names:
            yield frozenset(map(identity, way))

    @property
    def names(self) -> Iterator[tuple[str, ...]]:
        """All that it is or may be called, in terms."""
        yield from self.own_names
        yield from (terms for _, terms in self.others)

    @property
    def own_names(self) -> Iterator[tuple[str, ...]]:
        """Its own words in each of their forms."""
        return islice(product(*self.words), _MOST_FORMS)

    @property
    def exact_ways(self) -> Iterator[tuple[str, ...]]:
        """Every name of exactly this thing, in terms."""
        yield from self.own_names
        yield from (terms for _, terms in self.others if terms not in self.loose)

    @property
    def ways(self) -> Iterator[tuple[tuple[str, ...], ...]]:
        """Every way to say it: words, each as the forms it may take."""
        yield self.words
        for _, terms in self.others:
            yield tuple((term,) for term in terms)

    @property
    def terms(self) -> Iterator[tuple[float, str]]:
        """Its terms, each with the share of the concept that it stands for."""
        yield from ((1.0, term) for forms in self.words for term in forms)
        yield from ((weight / len(terms), term) for weight, terms in self.others for term in terms)

    def share(self, held: Mapping[str, Bools]) -> NDArray[np.float64]:
        """How much of it each sentence holds: its own words count in part, other names whole.

        `held` has for each term whether each sentence holds it.
        """
        own = [_joined(np.logical_or, held, forms) for forms in self.words]
        share: NDArray[np.float64] = np.add.reduce(own, dtype=np.float64) / len(own)
        if self.whole:
            share = np.floor(share)
        for weight, terms in self.others:
            share = np.maximum(share, weight * _joined(np.logical_and, held, terms))
        return share

    def is_said(self, said: AbstractSet[str]) -> bool:
        """Whether something of it, or another name of it, is among terms that are said."""
        own = [any(form in said for form in forms) for forms in self.words]
        if all(own) if self.whole else any(own):
            return True
        return any(weight and all(term in said for term in terms) for weight, terms in self.others)


def _joined(how: np.ufunc, held: Mapping[str, Bools], terms: Sequence[str]) -> Bools:
    joined: Bools = reduce(how, (held[term] for term in terms))
    return joined


def weigh(
    concepts: Sequence[Concept], rarity: Rarity, settings: Settings
) -> tuple[WeightedConcept, ...]:
    """Give the concepts of a query their weights."""
    return tuple(
        WeightedConcept(
            concept.shown,
            max(rarity(term) for forms in concept.words for term in forms),
            concept.words,
            tuple((weight_of(other, settings), other.terms) for other in concept.alternatives),
            frozenset(one.terms for one in concept.alternatives if one.how in _LOOSE),
            frozenset(one.terms for one in concept.alternatives if one.how == "translated"),
            concept.whole,
            concept.strict,
            concept.required,
            weigh(concept.choices, rarity, settings),
        )
        for concept in concepts
    )


def term_weights(concepts: Sequence[WeightedConcept], rarity: Rarity) -> dict[int, float]:
    """Return what each term is worth inside a passage, by its identity: rarer terms more.

    What was asked by number is answered where that is said: it counts twice.
    """
    weights: dict[int, float] = {}
    for concept in concepts:
        numbered = any(is_numbered(term) for forms in concept.words for term in forms)
        for weight, term in concept.terms:
            worth, known = weight * rarity(term) * (1 + numbered), identity(term)
            weights[known] = max(weights.get(known, 0.0), worth)
    return weights


def allowed_rows(reader: IndexReader, query: Query) -> Bools | None:
    """Return which rows the filters, phrases and exclusions of a query leave; None when all are."""
    if query.phrases or query.excluded:
        kept = holding_phrases(reader.positions, query, *reader.rows.tokens)
        return kept if (some := _filtered(reader, query)) is None else kept & some
    return _filtered(reader, query)


def videos_allowed(reader: IndexReader, query: Query) -> tuple[str, ...]:
    """List the videos in which a query without words may find something, as the catalogue does."""
    rows, layout = allowed_rows(reader, query), reader.rows.layout
    left = reader.rows.languages_holding(layout.alive if rows is None else rows)
    return tuple(slug for slug in reader.videos if slug in left)


def holding_phrases(positions: Positions, query: Query, begins: Array, ends: Array) -> Bools:
    """Return which runs of tokens hold every phrase of a query and none that it excludes."""
    left = np.arange(len(begins))
    for phrase in query.phrases:
        if len(left):
            left = left[positions.hold(_identities(phrase), begins[left], ends[left])]
    excluded = [terms for phrase in query.excluded for terms in _identities(phrase)]
    if excluded and len(left):
        left = left[~positions.hold(excluded, begins[left], ends[left])]
    kept = np.zeros(len(begins), np.bool_)
    kept[left] = True
    return kept


def _identities(phrase: Phrase) -> list[list[int]]:
    return [[identity(term) for term in terms] for terms in phrase]


def _filtered(reader: IndexReader, query: Query) -> Bools | None:
    if not query.is_narrowed:
        return None
    tracks = [
        (query.videos is None or track.video in query.videos)
        and track.video not in query.barred
        and (query.language is None or base_language(track.language) == query.language)
        and base_language(track.language) not in query.barred_languages
        for track in reader.tracks
    ]
    return np.array(tracks, np.bool_)[reader.rows.layout.track]
