from __future__ import annotations

from catalog import Term
from indexer.urgency.signs import kinds_of_medicines

TERMS = (
    Term("osimertinib", "drug", variants=("Tagrisso", "AZD9291", "osi")),
    Term("dabrafenib and trametinib", "drug"),
    Term("nivolumab", "drug", variants=("Opdivo",)),
    Term("biopsy", "test"),
)


def test_a_name_tells_by_its_end_what_is_a_tablet() -> None:
    assert kinds_of_medicines(TERMS, {"osimertinib", "tagrisso"}) == {
        "osimertinib": "@daily",
        "tagrisso": "@daily",
        "dabrafenib": "@tablet",
        "trametinib": "@tablet",
        "nivolumab": "@drug",
        "opdivo": "@drug",
    }
