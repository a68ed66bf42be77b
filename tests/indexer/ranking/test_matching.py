from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from memory import in_memory
from numpy.typing import NDArray

from indexer.query.synonyms import Alternative, Concept
from indexer.ranking.matching import WeightedConcept, term_weights, weigh
from indexer.settings import SETTINGS
from indexer.storage.columns import identity

# Two words, of which the second has two forms; and another name of two terms, at half the weight.
CONCEPT = WeightedConcept("lung scan", 2.0, (("a",), ("b", "c")), ((0.5, ("d", "e")),))


def held(*rows: str) -> Mapping[str, NDArray[np.bool_]]:
    """Sentences by the terms that each holds."""
    return {term: np.array([term in row for row in rows], np.bool_) for term in "abcde"}


def test_words_count_in_part_and_another_name_only_whole() -> None:
    rows = held("", "a", "c", "ab", "d", "de", "ade", "abcde")

    assert CONCEPT.share(rows).tolist() == [0, 0.5, 0.5, 1, 0, 0.5, 0.5, 1]


def test_a_concept_tells_as_much_as_its_rarest_word() -> None:
    other = Alternative(("x", "y"), "x y", "related")
    rarity = {"a": 1.0, "b": 3.0, "c": 2.0, "x": 9.0, "y": 9.0}.__getitem__

    (one,) = weigh([Concept("ab", (("a",), ("b", "c")), (other,))], rarity, SETTINGS)

    assert one.worth == 3.0
    assert one.others == ((SETTINGS.related, ("x", "y")),)
    assert list(one.ways) == [(("a",), ("b", "c")), (("x",), ("y",))]


def test_a_term_of_two_concepts_is_worth_the_more() -> None:
    again = WeightedConcept("d", 1.0, (("d",),))

    weights = term_weights([CONCEPT, again], lambda _: 2.0)

    assert weights == {identity(term): 2.0 for term in "abcd"} | {identity("e"): 0.5}


def test_a_name_with_a_number_is_worth_double_where_it_is_said() -> None:
    number = WeightedConcept("C797S", 1.0, (("c797s",),))

    assert term_weights([number], lambda _: 2.0) == {identity("c797s"): 4.0}


@pytest.mark.parametrize("query", ["lung rash lung", '"lung rash"'])
def test_each_thing_of_a_query_is_weighed_once(query: str) -> None:
    searcher = in_memory({"one": "The scan shows the lung. A rash may come."}).searcher

    asked = searcher.parsed(query, exact=True)
    found = weigh(asked.concepts, searcher.reader.terms.rarity, SETTINGS)

    assert [one.words for one in found] == [(("lung",),), (("rash",),)]
