"""Moments of one video: none twice, in however many languages it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from libraries import CUE_MS, build, library_of, opened, write_track
from memory import in_memory

from indexer import Generation, Hit


def shared_ms(one: Hit, other: Hit) -> int:
    return min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms)


def is_same(one: Hit, other: Hit) -> bool:
    shorter = min(one.end_ms - one.start_ms, other.end_ms - other.start_ms)
    elsewhere = one.video != other.video or one.language == other.language
    return not elsewhere and 2 * shared_ms(one, other) > shorter


@pytest.mark.parametrize(
    "query", ["que significa etapa 4", "segunda opinión", "osimertinib", "stage 4"]
)
def test_what_is_said_in_two_languages_is_one_moment(sample: Generation, query: str) -> None:
    hits = sample.search(query, limit=10).hits

    assert not [
        (one.url, other.url)
        for n, one in enumerate(hits)
        for other in hits[:n]
        if is_same(one, other)
    ]


def test_a_moment_is_shown_in_the_language_of_the_question(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pill": "Lorlatinib, lorlatinib and again lorlatinib."})
    write_track(library, "pill", "¿Qué es lorlatinib? Una pastilla.", "es.manual.vtt")
    build(library)
    generation = opened(library)

    spanish = generation.search("¿qué es lorlatinib?").hits
    english = generation.search("what is lorlatinib").hits

    assert [hit.language for hit in spanish] == ["es"]
    assert [hit.language for hit in english] == ["en"]


def filler(cues: int) -> str:
    return "\n".join(["We talk of the weather today."] * cues)


def starts_s(generation: Generation, query: str) -> list[int]:
    """When the moments of a query begin, in seconds, the earliest first."""
    return sorted(round(hit.start_ms / 1000) for hit in generation.search(query, limit=50).hits)


def test_a_moment_that_begins_too_early_does_not_hide_the_one_that_begins_right() -> None:
    talk = f"A biopsy is mentioned.\n{filler(7)}\nThe biopsy takes an hour.\n{filler(20)}"

    assert starts_s(in_memory({"talk": talk}), "biopsy") == [0, 8 * CUE_MS // 1000]


def test_what_begins_within_half_a_minute_is_one_moment() -> None:
    talk = f"A biopsy is mentioned.\n{filler(4)}\nThe biopsy takes an hour.\n{filler(20)}"

    assert len(starts_s(in_memory({"talk": talk}), "biopsy")) == 1
