from __future__ import annotations

import pytest

from indexer.moments.highlighted import NOTHING, Highlighted

ASKED = Highlighted.of({frozenset({1}), frozenset({2, 3}), frozenset({3, 4, 5})})


@pytest.mark.parametrize(
    ("said", "marked"),
    [
        ([1, 1, 9], {1}),
        ([2, 9], set()),
        ([3, 2, 1], {1, 2, 3}),
        ([3, 4, 5], {3, 4, 5}),
        ([5, 4, 3, 2], {2, 3, 4, 5}),
        ([], set()),
    ],
)
def test_a_name_of_several_words_is_highlighted_where_all_are_said(
    said: list[int], marked: set[int]
) -> None:
    assert ASKED.among(said) == marked
    assert NOTHING.among(said) == frozenset()
