"""Other names, misspelled names, curated questions: what search adds to the words typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from libraries import build, catalogue_of, library_of, opened, write_catalogue
from memory import in_memory

from catalog import Term
from indexer import Generation
from indexer.query.concepts import concepts_of
from indexer.query.synonyms import Vocabulary

SOURCE = ("https://example.org/glossary",)
HAIR = Term("hair loss", "side effect", ("alopecia",), ("bald",), sources=SOURCE)
PROGRESSION = Term("progression", "outcome", ("stopped working",), ("resistance",), sources=SOURCE)


@pytest.fixture(scope="module")
def generation() -> Generation:
    talks = {
        "hair": "alopecia is common with this one\nit comes back later",
        "pills": "osimertinib is a pill\nthe cancer can find a way around it",
        "stop": "there is progression on the scan\nso we look for resistance",
    }
    return in_memory(talks)


def shown(vocabulary: Vocabulary, *terms: str) -> list[tuple[str, str]]:
    return [(other.shown, other.how) for other in vocabulary.alternatives(terms)]


def test_another_name_means_the_same_and_an_everyday_word_is_only_related() -> None:
    vocabulary = Vocabulary([HAIR], ["en"])

    assert shown(vocabulary, "alopecia") == [("hair loss", "same"), ("bald", "related")]
    assert shown(vocabulary, "bald") == [("hair loss", "related"), ("alopecia", "related")]


def test_the_longest_name_in_a_row_is_found() -> None:
    vocabulary = Vocabulary([HAIR, PROGRESSION], ["en"])

    assert vocabulary.longest_name(["stop", "work", "now"], 0) == 2
    assert vocabulary.longest_name(["hair"], 0) == 0


@pytest.mark.parametrize(
    ("query", "video", "also"),
    [
        pytest.param("will I have hair loss", "hair", "alopecia", id="lay to clinical"),
        pytest.param("Tagrisso", "pills", "osimertinib", id="brand to generic"),
        pytest.param("my drug stopped working", "stop", "progression", id="several words"),
        pytest.param("osimertanib", "pills", "osimertinib", id="misspelled"),
    ],
)
def test_what_was_meant_is_found_and_said(
    generation: Generation, query: str, video: str, also: str
) -> None:
    answer = generation.search(query)

    assert answer.hits[0].video == video
    assert also in answer.also


def test_only_the_words_typed_are_searched_when_asked(generation: Generation) -> None:
    answer = generation.search("Tagrisso", exact=True)

    assert not answer.hits
    assert not answer.also


def test_a_known_drug_is_never_taken_for_another_that_is_spelled_like_it() -> None:
    generation = in_memory({"other": "ceritinib came second\nafter the first one"})

    answer = generation.search("gefitinib")

    assert not answer.hits
    assert "ceritinib" not in answer.also


def test_a_long_rare_name_does_not_outweigh_what_was_asked() -> None:
    talks = {
        "rash": "with egfr pills a rash on the face\nis common and can be treated",
        "name": "egfr is the epidermal growth factor receptor\nthat is only its name",
    }

    hits = in_memory(talks).search("rash from my EGFR pill").hits

    assert hits[0].video == "rash"


def test_a_curated_question_with_a_time_answers_first(tmp_path: Path) -> None:
    lines = "\n".join(["fatigue is common"] * 12 + ["move a little every day"] * 6)
    library = library_of(tmp_path, {"tired": lines})
    toml = catalogue_of({"tired": "Living well"}).rstrip()
    write_catalogue(
        tmp_path, f'{toml}\nquestions = [{{ text = "What helps with fatigue?", at = "1:00" }}]\n'
    )
    build(library)

    hit = opened(library).search("what helps fatigue").hits[0]

    assert hit.start_ms >= 60_000


@pytest.mark.parametrize(
    "query",
    ["ALK negative", "I am ALK-negative", "ALK wild type", "no ALK mutation", "negative for ALK",
     "ALK negativo", "sin mutación de ALK"],
)  # fmt: skip
def test_a_gene_that_is_not_changed_is_not_searched_as_one_that_is(query: str) -> None:
    alk = Term("ALK", "gene", ("ALK positive", "ALK rearrangement", "anaplastic kinase"))

    concepts = concepts_of(query, ("en", "es"), Vocabulary([alk], ("en",)), lambda _: ())

    shown = {other.shown for concept in concepts for other in concept.alternatives}
    assert shown == {"anaplastic kinase"}


def test_a_gene_that_is_changed_is_searched_by_all_its_names() -> None:
    alk = Term("ALK", "gene", ("ALK positive", "ALK rearrangement"))

    (concept,) = concepts_of("ALK", ("en",), Vocabulary([alk], ("en",)), lambda _: ())

    assert [other.shown for other in concept.alternatives] == ["ALK positive", "ALK rearrangement"]


def test_a_misspelled_drug_is_found_where_captions_misheard_it() -> None:
    generation = in_memory({"pill": "I take electinib for my lung cancer\nevery day"})

    misspelled, right = (generation.search(drug) for drug in ("alectanib", "alectinib"))

    assert [hit.video for hit in misspelled.hits] == [hit.video for hit in right.hits] == ["pill"]
    assert misspelled.also == ("alectinib",)


def test_an_idiom_is_matched_whole_and_named() -> None:
    talks = {
        "wait": "you can expect a letter\nand then life goes on",
        "outlook": "nobody can tell your life expectancy\nask about your own case",
    }

    answer = in_memory(talks).search("am I going to die")

    assert [hit.video for hit in answer.hits] == ["outlook"]
    assert "life expectancy" in answer.also


def test_what_stands_behind_a_word_that_nobody_says_is_not_expanded() -> None:
    talks = {"fast": "resistance means that it grows fast", "other": "tea is nice"}

    assert in_memory(talks).search("pseudo progression").hits == ()
    assert in_memory(talks).search("progression").hits != ()


def test_a_name_said_whole_comes_before_its_words_said_apart() -> None:
    talks = {
        "apart": "the other side of it\nhas no good effect",
        "whole": "one side effect is a rash",
    }

    assert in_memory(talks).search("side effects").hits[0].video == "whole"
