"""Without full stops, a moment neither begins behind a denial nor ends inside a clause."""

from __future__ import annotations

import pytest
from libraries import best
from memory import in_memory

from indexer import Generation

FILLER = "we see many people here every week and we talk with all of them for a good while\n"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("pdl1 high", "immunotherapy by itself seldom works well for"),
        ("adding chemo to osimertinib worth it?", "immunotherapy don't go well together"),
        ("insurance says no", "when the insurance says no a first no isn't the last word"),
    ],
)
def test_what_is_denied_is_in_the_text_with_its_denial(
    sample: Generation, query: str, said: str
) -> None:
    texts = [hit.text for hit in sample.search(query).hits]

    assert any(said in text for text in texts)


def test_no_text_ends_before_what_follows_from_it(sample: Generation) -> None:
    texts = [hit.text for hit in sample.search("can i keep working during treatment").hits]

    assert texts
    assert not any(text.endswith("says no") for text in texts)


def test_no_text_of_the_sample_begins_with_the_rest_of_a_denial(sample: Generation) -> None:
    queries = ("pdl1 high", "chemo", "immunotherapy", "side effects", "pain", "work", "stop")

    for query in queries:
        for hit in sample.search(query).hits:
            assert not hit.text.startswith(("well for", "well together", "either", "than "))


def test_a_moment_begins_where_the_denial_does() -> None:
    talk = (
        FILLER * 3
        + "we do not give these tablets to anybody with such a weak heart\n"
        + "and we keep osimertinib for later\n"
        + FILLER * 3
    )

    hit = best(in_memory({"talk": talk}), "osimertinib")

    assert "do not give these tablets" in hit.text.partition("osimertinib")[0]
    assert hit.match_ms > hit.start_ms


def test_an_answer_behind_a_full_stop_begins_with_itself() -> None:
    talk = "We do not give these tablets.\nAnd we keep osimertinib for later.\nThat is all."

    hit = best(in_memory({"talk": talk}), "osimertinib")

    assert hit.text.startswith("And we keep osimertinib")


def test_a_text_that_has_to_be_cut_says_so() -> None:
    endless = " ".join(["tablet morning"] * 12)
    talk = "\n".join(["take osimertinib", *[endless] * 40])

    hit = best(in_memory({"talk": talk}), "osimertinib")

    assert hit.goes_on
    assert "…" not in hit.text


def test_a_text_that_ends_with_a_sentence_has_nothing_added(sample: Generation) -> None:
    hits = sample.search("what is a biomarker").hits

    assert hits
    assert not hits[0].goes_on
