"""What a filter's value names: whole names, words and beginnings of them, and languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from libraries import build, library_of, opened, write_track
from memory import in_memory

from catalog import Catalogue
from indexer import Generation
from indexer.query.filters import Choices, apply_filter, videos_named

KNOWN: Choices = [
    (("alk", "ALK-positive lung cancer"), frozenset({"alk"})),
    (("side-effects", "Living with side effects"), frozenset({"effects"})),
    (("ada-li", "Dr. Ada Li"), frozenset({"li"})),
    (("emotions", "Émotions"), frozenset({"feelings"})),
]


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    library = library_of(
        tmp_path_factory.mktemp("filters"), {"one": "Treatment starts.", "two": "A scan."}
    )
    write_track(library, "two", "El treatment empieza.", "es-419.manual.vtt")
    build(library)
    return opened(library)


def languages_found(generation: Generation, query: str) -> set[str]:
    return {hit.language for hit in generation.search(query).hits}


@pytest.mark.parametrize(
    ("wanted", "videos"),
    [
        pytest.param("alk", {"alk"}, id="slug"),
        pytest.param("living with side effects", {"effects"}, id="title"),
        pytest.param("side eff", {"effects"}, id="words, the last begun"),
        pytest.param("emo", {"feelings"}, id="beginning, without its accent"),
        pytest.param("li", {"li"}, id="short name"),
        pytest.param("e", set(), id="one letter"),
        pytest.param("si", set(), id="two letters of a word"),
        pytest.param("ects", set(), id="end of a word"),
    ],
)
def test_a_filter_names_words_or_their_beginnings(wanted: str, videos: set[str]) -> None:
    assert videos_named(wanted, KNOWN) == videos


@pytest.mark.parametrize(
    "value", ["es", "ES", "es-419", "spanish", "Español", "espanol", "castellano"]
)
def test_a_language_goes_by_its_code_or_a_name(generation: Generation, value: str) -> None:
    assert languages_found(generation, f"language:{value} treatment") == {"es-419"}


@pytest.mark.parametrize("value", ["en", "english", "inglés"])
def test_english_goes_by_its_names_too(generation: Generation, value: str) -> None:
    assert languages_found(generation, f"language:{value} treatment") == {"en"}


@pytest.mark.parametrize("value", ["tl", "Tagalog", "tagalo", "Filipino", "filipino"])
def test_tagalog_is_filipino_too(value: str) -> None:
    assert apply_filter("language", value, Catalogue(), ("en", "tl")) == "tl"


@pytest.mark.parametrize("value", ["es", "spanish"])
def test_a_language_with_a_minus_is_left_out(generation: Generation, value: str) -> None:
    assert languages_found(generation, "treatment") == {"en", "es-419"}
    assert languages_found(generation, f"-language:{value} treatment") == {"en"}


def test_a_language_that_nobody_speaks_here_is_only_a_word() -> None:
    assert apply_filter("language", "french", Catalogue(), ("en", "es")) is None


def test_what_is_counted_leaves_out_the_language_that_is_left_out(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"one": "Treatment starts.", "two": "Scan."})
    write_track(library, "two", "El treatment empieza.", "es.manual.vtt")
    build(library)

    answer = opened(library).search("treatment -language:es", counts=True)

    assert answer.videos == 1


def test_a_single_letter_is_no_filter() -> None:
    generation = in_memory({"one": "Treatment starts."})

    assert generation.filters_in("series:t treatment") == ()
    assert generation.filters_in("series:tal treatment") == ((0, 10),)
