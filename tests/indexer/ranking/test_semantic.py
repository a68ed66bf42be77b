"""Words and meaning together: meaning finds what words miss, and exact things stay exact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_model import DIMENSIONS, FakeEncoder, Reader
from libraries import library_of, quietly

from catalog import load_catalogue
from indexer import Generation, Shelf, second_thread
from indexer.query.suggestions import suggest
from indexer.ranking.semantic import Semantics
from indexer.search import search
from indexer.writer.builder import build_index

ALIKE = {"shiny": "alopecia", "pricey": "cost"}
KNOWN = ("alopecia", "cost", "scan", "brain")
TALKS = {
    "hair": "Let me begin.\nAlopecia comes with this drug.\nIt grows again.",
    "money": "The cost is high.\nAsk for the report.\nA fund may pay.",
    "scans": "A scan shows the brain.\nAnother scan follows.\nThen we talk.",
}


class _Knowing(Reader):
    """A model that knows a few things, and which words mean the same."""

    def embed(self, text: str, running: Callable[[], object]) -> np.ndarray:
        running()
        vector = np.zeros(DIMENSIONS)
        vector[-1] = 0.1
        for word in _words(text):
            if ALIKE.get(word, word) in KNOWN:
                vector[KNOWN.index(ALIKE.get(word, word))] += 1
        return vector


def _words(text: str) -> list[str]:
    return [word.strip(".,?").lower() for word in text.split()]


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    meaning = FakeEncoder()
    meaning.reader = _Knowing("one", "")
    library = library_of(tmp_path_factory.mktemp("mixing"), TALKS)
    build_index(library, load_catalogue(library), quietly, meaning=meaning)
    return Shelf(library, meaning).current()


def found(generation: Generation, query: str) -> list[str]:
    return list(dict.fromkeys(hit.video for hit in generation.search(query).hits))


def test_an_idiom_is_read_in_plain_words_too(generation: Generation) -> None:
    semantics = generation.searcher._semantics
    assert semantics

    wording = semantics.wording(
        generation.searcher.parsed("what now, I just found out"),
        generation.searcher.lexicon.speller,
        generation.searcher.lexicon.document_frequency,
    )

    assert wording == "what now, I just found out newly diagnosed"


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("what now", ["what now"]),
        ("I just found out", ["I just found out newly diagnosed"]),  # and not what was typed
    ],
)
def test_a_question_is_read_once_where_nothing_is_begun_in_a_second_thread(
    generation: Generation, monkeypatch: pytest.MonkeyPatch, question: str, read: list[str]
) -> None:
    monkeypatch.setattr(second_thread, "_is_idle", lambda: False)
    semantics = generation.searcher._semantics
    assert semantics
    told: list[str] = []
    reads = type(semantics).vector

    def counted(self: object, wording: str, *running: Callable[[], object]) -> object:
        told.append(wording)
        return reads(semantics, wording, *running)

    monkeypatch.setattr(type(semantics), "vector", counted)
    generation.search(question)

    assert told == read


def test_numbers_that_share_a_kind_are_read_once_ahead(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_thread, "_is_idle", lambda: True)
    told: list[str] = []
    reads = Semantics.vector

    def counted(self: Semantics, wording: str, *running: Callable[[], object]) -> object:
        told.append(wording)
        return reads(self, wording, *running)

    monkeypatch.setattr(Semantics, "vector", counted)
    generation.search("stages 2 and 3")

    assert told == ["stages 2 and 3"]


def test_suggestions_are_looked_for_before_the_model_is_waited_for(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    reads = Semantics.vector

    def suggesting(*args: Any, few: bool, **named: Any) -> tuple[str, ...]:
        done.append("all that is to be suggested" if few else "what is to be suggested")
        return suggest(*args, few=few, **named)

    def reading(self: Semantics, wording: str, *running: Callable[[], object]) -> object:
        done.append("the question is read")
        return reads(self, wording, *running)

    monkeypatch.setattr(second_thread, "_is_idle", lambda: False)
    monkeypatch.setattr(search, "suggest", suggesting)
    monkeypatch.setattr(Semantics, "vector", reading)
    found_little = generation.search("shiny").suggestions

    assert done == [
        "what is to be suggested",
        "the question is read",
        "all that is to be suggested",
    ]
    assert found_little == suggest("shiny", generation.searcher.lexicon.speller, few=True)


def test_what_shares_no_word_is_found_by_its_meaning(generation: Generation) -> None:
    answer = generation.search("shiny")

    assert answer.meaning
    assert answer.hits[0].video == "hair"
    assert answer.hits[0].spans == ()


def test_it_lands_on_the_sentence_that_is_meant(generation: Generation) -> None:
    hit = generation.search("shiny").hits[0]

    assert hit.text.startswith("Alopecia comes with this drug.")


def test_with_the_words_typed_alone_meaning_has_no_say(generation: Generation) -> None:
    answer = generation.search("shiny", exact=True)

    assert answer.hits == ()
    assert not answer.meaning


def test_a_word_that_is_said_comes_before_what_only_means_something_alike(
    generation: Generation,
) -> None:
    assert found(generation, "scan")[0] == "scans"
    assert found(generation, "alopecia")[0] == "hair"


def test_a_quoted_phrase_is_exact_with_meaning_too(generation: Generation) -> None:
    assert found(generation, '"the brain" shiny') == ["scans"]
    assert found(generation, '"shiny"') == []


def test_a_minus_and_a_filter_hold_with_meaning_too(generation: Generation) -> None:
    assert "hair" not in found(generation, "shiny -alopecia")
    assert found(generation, "shiny language:fr") == found(generation, "shiny fr language")


def test_what_is_far_from_every_meaning_finds_nothing(generation: Generation) -> None:
    answer = generation.search("xylophone")

    assert not answer.answered


MEDICINES = {
    "pills": "Osimertinib may hurt.\nOsimertinib helps many.\nSome call it Tagrisso.",
    "tea": "Tea is nice.\nWe drink tea.\nThen we talk.",
}


def test_a_medicine_is_read_by_the_name_that_is_said_here(tmp_path: Path) -> None:
    meaning = FakeEncoder()
    library = library_of(tmp_path, MEDICINES)
    build_index(library, load_catalogue(library), quietly, meaning=meaning)
    generation = Shelf(library, meaning).current()
    meaning.reader.read.clear()

    generation.search("what comes after Tagriso")

    assert "what comes after osimertinib" in meaning.reader.read
