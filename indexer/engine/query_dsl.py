"""What is asked, in OpenSearch's query language: concepts, filters, phrases, exclusions.

An engine's scores choose the candidates; they are ranked by our own afterwards. So its filters may
leave too much in places, but never too little.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from indexer.arrays import Floats
from indexer.mishearing.terms import MARK
from indexer.query.parser import Phrase, Query
from indexer.ranking.matching import WeightedConcept
from indexer.settings import SETTINGS

Clause = dict[str, Any]
# What is said; the same as it was corrected, where it was; the marks of misheard names.
SAID, MENDED, HEARD = "said", "mended", "heard"
# The whitespace analyzer cuts at a space: a term that holds one is written with this in its place.
_SPACE = "\u00a0"


def as_token(term: str) -> str:
    """A term as it stands in a field."""
    return term.replace(" ", _SPACE)


def candidates(concepts: Iterable[WeightedConcept], query: Query) -> Clause:
    """Score what holds anything asked for, by how much of it."""
    asked = [_concept(concept) for concept in concepts]
    return {"bool": {"should": asked, "minimum_should_match": 1, **filters(query)}}


def holding(concepts: Sequence[WeightedConcept], query: Query) -> Clause:
    """What holds anything asked for; all that filters leave, where nothing is."""
    found: Clause = {"bool": filters(query)}
    if concepts:
        asked = [_said_at_all(concept) for concept in concepts]
        found["bool"] |= {"should": asked, "minimum_should_match": 1}
    return found


def nearest(vector: Floats, query: Query, most: int) -> Clause:
    """What is nearest to a vector, of what filters leave."""
    asked: Clause = {"vector": vector.tolist(), "k": most}
    if narrowed := filters(query):
        asked["filter"] = {"bool": narrowed}
    return {"knn": {"vector": asked}}


def filters(query: Query) -> dict[str, list[Clause]]:
    """What the filters, phrases and exclusions of a query leave, as parts of a `bool`."""
    kept: list[Clause] = []
    out: list[Clause] = []
    if query.videos is not None:
        kept.append({"terms": {"video": sorted(query.videos)}})
    if query.language is not None:
        kept.append({"term": {"language": query.language}})
    if query.barred:
        out.append({"terms": {"video": sorted(query.barred)}})
    if query.barred_languages:
        out.append({"terms": {"language": sorted(query.barred_languages)}})
    kept += [_any_of(_phrase(phrase)) for phrase in query.phrases]
    out += [one for phrase in query.excluded for one in _phrase(phrase)]
    return {name: some for name, some in (("filter", kept), ("must_not", out)) if some}


def _phrase(phrase: Phrase) -> list[Clause]:
    """A phrase in the sequences of terms that languages make of it, as said or as corrected."""
    return [
        {"match_phrase": {field: " ".join(map(as_token, terms))}}
        for terms in phrase
        for field in (SAID, MENDED)
    ]


def _concept(concept: WeightedConcept) -> Clause:
    """A thing by its own words, or by one of its other names: the best of them counts."""
    boost = SETTINGS.apart if concept.whole else 1.0
    own = [_best_of([_term(form) for form in forms]) for forms in concept.words]
    ways: list[Clause] = [{"bool": {"should": own, "boost": boost}}]
    if concept.whole:
        ways += [_together(name, 1.0) for name in concept.own_names]
    ways += [_together(terms, weight / len(terms)) for weight, terms in concept.others]
    return _best_of(ways)


def _together(terms: Sequence[str], boost: float) -> Clause:
    """A name whose words all have to be there."""
    if len(terms) == 1:
        return _term(terms[0], boost)
    return {"bool": {"must": [_term(term) for term in terms], "boost": boost}}


def _term(term: str, boost: float = 1.0) -> Clause:
    if term.startswith(MARK):
        return {"term": {HEARD: {"value": as_token(term), "boost": boost}}}
    return {"term": {SAID: {"value": as_token(term), "boost": boost}}}


def _said_at_all(concept: WeightedConcept) -> Clause:
    """A thing as it counts: by any of its own words, or by another name said as one."""
    own = [_term(form) for forms in concept.words for form in forms]
    return _any_of([*own, *(_as_one(terms) for _, terms in concept.others)])


def _as_one(terms: Sequence[str]) -> Clause:
    """A name said as one: in its order with a word between at most, or side by side in another."""
    if len(terms) == 1:
        return _term(terms[0])
    words = [{"match": {"query": as_token(term)}} for term in terms]
    said = [
        {"all_of": {"intervals": words, "ordered": ordered, "max_gaps": gaps}}
        for ordered, gaps in ((True, 1), (False, 0))
    ]
    return {"intervals": {SAID: {"any_of": {"intervals": said}}}}


def _best_of(clauses: list[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else {"dis_max": {"queries": clauses}}


def _any_of(clauses: list[Clause]) -> Clause:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}
