"""What is asked, in OpenSearch's query language."""

from __future__ import annotations

from typing import Any

from memory import reader_of

from indexer.embedding.encoder import QueryEncoder
from indexer.engine.query_dsl import candidates, filters, holding
from indexer.query.parser import Query
from indexer.ranking.matching import WeightedConcept, weigh
from indexer.search.search import Searcher
from indexer.settings import SETTINGS

# What one query of OpenSearch may hold, as it is shipped.
MOST_CLAUSES = 1_024


def concepts_in(text: str, said: str) -> tuple[WeightedConcept, ...]:
    reader = reader_of({"talk": said})
    query = Searcher(reader, QueryEncoder()).parsed(text)
    return weigh(query.concepts, reader.terms.rarity, SETTINGS)


def clauses(asked: Any) -> int:
    """How many single terms are asked for."""
    if isinstance(asked, dict):
        leaf = len(asked.keys() & {"term", "match", "match_phrase", "terms"})
        return leaf + sum(map(clauses, asked.values()))
    return sum(map(clauses, asked)) if isinstance(asked, list) else 0


def test_the_longest_question_is_taken() -> None:
    glossary = reader_of({"talk": "Nothing."}).catalogue.terms
    names = " ".join(name for term in glossary for name in (term.canonical, *term.variants))
    concepts = concepts_in(names[: SETTINGS.longest_query], names)
    assert len(concepts) > 20
    assert clauses(candidates(concepts, Query())) < MOST_CLAUSES
    assert clauses(holding(concepts, Query())) < MOST_CLAUSES


def test_a_misheard_name_is_looked_for_in_a_field_of_its_own() -> None:
    concept = WeightedConcept("x", 1.0, (("x",),), ((0.6, ("heard:small cell",)),))
    (asked,) = candidates([concept], Query())["bool"]["should"]
    heard = {"term": {"heard": {"value": "heard:small\u00a0cell", "boost": 0.6}}}
    assert heard in asked["dis_max"]["queries"]


def test_a_name_of_several_words_needs_all_and_counts_as_one() -> None:
    concept = WeightedConcept("x", 1.0, (("x",),), ((0.8, ("lung", "cancer")),))
    (asked,) = candidates([concept], Query())["bool"]["should"]
    assert asked["dis_max"]["queries"][1]["bool"]["boost"] == 0.4
    assert len(asked["dis_max"]["queries"][1]["bool"]["must"]) == 2


def test_filters_phrases_and_exclusions_leave_what_is_said_or_corrected() -> None:
    query = Query(
        phrases=((("lung", "cancer"),),),
        excluded=((("chemo",),),),
        videos=frozenset(("b", "a")),
        barred_languages=frozenset(("es",)),
    )
    left = filters(query)
    assert {"terms": {"video": ["a", "b"]}} in left["filter"]
    phrase = [{"match_phrase": {field: "lung cancer"}} for field in ("said", "mended")]
    assert {"bool": {"should": phrase, "minimum_should_match": 1}} in left["filter"]
    assert {"terms": {"language": ["es"]}} in left["must_not"]
    assert {"match_phrase": {"mended": "chemo"}} in left["must_not"]
