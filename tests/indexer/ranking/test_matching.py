from __future__ import annotations

from pathlib import Path

import numpy as np
from libraries import indexed

from indexer.ranking.sought import Part, Sought, sought_by
from indexer.search.search import understood
from indexer.settings import SETTINGS
from indexer.storage.columns import identity

# Two words, of which the second has two forms; and another name of two terms, at half the weight.
PART = Part("lung scan", 2.0, [[0], [1, 2]], [(0.5, [3, 4])])


def held(*rows: str) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    return np.array([[letter == "x" for letter in row] for row in rows], np.bool_)


def test_words_count_in_part_and_another_name_only_whole() -> None:
    rows = held(".....", "x....", "..x..", "xx...", "...x.", "...xx", "x..xx", "xxxxx")

    assert PART.share(rows).tolist() == [0, 0.5, 0.5, 1, 0, 0.5, 0.5, 1]


def test_a_sentence_is_worth_its_share_of_every_part() -> None:
    sought = Sought((1, 2, 3, 4, 5), (PART, Part("rash", 3.0, [[4]], [])))

    assert sought.worth(held(".....", "xx...", "x...x")).tolist() == [0, 2, 4]


def test_each_term_of_a_query_has_one_column(tmp_path: Path) -> None:
    generation = indexed(tmp_path, {"one": "The scan shows the lung. A rash may come."})

    sought = sought_by(generation, understood(generation, "lung rash lung", exact=True), SETTINGS)

    assert sought.terms == (identity("lung"), identity("rash"))
    assert [part.words for part in sought.parts] == [[[0]], [[1]]]
