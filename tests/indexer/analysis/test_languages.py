"""Forms of a word, by its language."""

from __future__ import annotations

import pytest

from indexer.analysis.languages import folded_forms, single, written_for

SAID = ("scans", "metastases", "médica", "effects", "casas")


@pytest.mark.parametrize("word", [*SAID, "gas", "diagnoses", "áreas", "os"])
def test_a_word_is_written_for_each_of_its_forms(word: str) -> None:
    assert all(single(word) in written_for(form) for form in folded_forms(word))
    assert all(
        form in folded_forms(one) for form in ("caso", "masses") for one in written_for(form)
    )
