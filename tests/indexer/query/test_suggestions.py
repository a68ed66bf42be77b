"""Did you mean: which words are replaced by what, and which never are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from libraries import build, library_of, opened, write_track
from paths import GLOSSARY as GLOSSARY_FILE

from catalog import Term
from catalog.glossary.terms import read_glossary
from indexer import Generation
from indexer.analysis.tokenizer import tokens_of
from indexer.commands.search import answer_lines
from indexer.mishearing.similarity import OTHER_DRUGS, SPANISH_DRUGS
from indexer.query.known_words import KnownWord
from indexer.query.spelling import Speller
from indexer.query.suggestions import suggest

SPOKEN = {
    "cancer": 90, "lung": 80, "treatment": 60, "scan": 30, "lump": 2, "brain": 20, "symptoms": 9,
    "bio": 1, "effects": 20, "side": 20, "rest": 9, "quimioterapia": 8, "líquida": 3,
}  # fmt: skip
GLOSSARY = (
    Term("lorlatinib", "drug", variants=("Lorbrena",), misspellings=("lorlatnib",)),
    Term("alectinib", "drug", variants=("Alecensa",)),
    Term("brigatinib", "drug"),
    Term("KRAS G12C", "gene"),
    Term("biomarker", "test"),
    Term("liquid biopsy", "test"),
)


def speller(spoken: Iterable[str] = SPOKEN, glossary: Iterable[Term] = GLOSSARY) -> Speller:
    words = [KnownWord(word, SPOKEN.get(word, 10)) for word in spoken]
    said = {term: word.said for word in words for term in _terms(word.text)}
    return Speller(lambda: words, glossary, _terms, lambda term: said.get(term, 0))


def _terms(word: str, language: str = "") -> tuple[str, ...]:
    return tuple(token.term for token in tokens_of(word, language or "en"))


def meant(text: str, *, few: bool = False) -> tuple[str, ...]:
    return suggest(text, speller(), few=few)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("lorlatanib and the brain", "lorlatinib and the brain"),
        ("lung canser?", "lung cancer?"),
        ('"canser treatmnt" -scan', '"cancer treatment" -scan'),
        ("canser series:canser", "cancer series:canser"),
        ("¿quimoterapia LIQIDA?", "¿quimioterapia líquida?"),
        ("KRSA", "KRAS"),
        ("lungcancer", "lung cancer"),
        ("bio marker test", "biomarker test"),
        ("bio-marker", "biomarker"),
        ("simptoms of a luung scan treatmnt", "symptoms of a luung scan treatment"),
        ("ca\N{COMBINING ACUTE ACCENT}nser", "cancer"),
    ],
    ids=[
        "drug", "punctuation", "quotes", "filter", "spanish", "gene", "split", "joined",
        "hyphen", "two-words", "loose-accent",
    ],
)  # fmt: skip
def test_unknown_words_are_replaced_and_the_rest_stays(typed: str, offered: str) -> None:
    assert meant(typed)[0] == offered


@pytest.mark.parametrize(
    "typed",
    [
        "lorlatinib", "Lorbrena", "alectinib brigatinib", "lorlatnib", "what is it about",
        "liquid", "G12C", "stage 4", "zzzzzzzz", "", "   ", '"""', "-", "cat", "肺癌の治療",
    ],
)  # fmt: skip
def test_what_is_known_or_like_nothing_is_left_alone(typed: str) -> None:
    assert meant(typed, few=True) == ()


def test_no_medicine_is_ever_taken_for_another(shipped: Speller) -> None:
    drugs = OTHER_DRUGS | SPANISH_DRUGS

    assert [
        slip
        for slip in (*drugs, *map(str.upper, drugs))
        if shipped.near(slip)
        or shipped.alike(slip)
        or suggest(f"{slip} side effects", shipped, few=True)
    ] == []


@pytest.fixture(scope="module")
def shipped() -> Speller:
    """Knows the glossary that the project ships, and hears nobody say anything of it."""
    terms, _ = read_glossary(GLOSSARY_FILE.read_text("utf-8"), "glossary.csv")
    return speller(glossary=terms)


@pytest.mark.parametrize("typed", ["axitnib", "lenvatanib", "prednisolon", "metotrexatto"])
def test_a_misspelled_medicine_outside_the_glossary_is_no_other(
    typed: str, shipped: Speller
) -> None:
    assert shipped.alike(typed) == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("wifi", "wife"), ("feeds", "feels"), ("agua", "aguja"), ("caer", "care"), ("grade", "grave"),
     ("VIII", "viii a"), ("hospitals", "hospitality")],
)  # fmt: skip
def test_an_everyday_word_that_nobody_says_is_not_misspelled(typed: str, said: str) -> None:
    assert suggest(f"{typed} 4", speller([said], ()), few=True) == ()


def test_a_short_word_may_be_a_misspelled_name() -> None:
    assert suggest("rsah", speller((), [Term("rash", "side effect")]), few=True) == ("rash",)


def test_words_of_another_language_are_not_offered() -> None:
    spoken = [KnownWord("efectos", 9, languages=frozenset(("es",)))]
    spoken.append(KnownWord("effects", 9, languages=frozenset(("en",))))
    words = Speller(lambda: spoken, (), _terms, lambda _: 0)

    assert suggest("what are the efects", words, few=True) == ("what are the effects",)
    assert suggest("¿cuáles son los efectoss?", words, few=True) == ("¿cuáles son los efectos?",)


def test_a_drug_is_never_offered_for_another_that_is_known() -> None:
    near = (Term("afatinib", "drug"), Term("apatinib", "drug"))

    assert suggest("apatinib or afatinib", speller((), near), few=True) == ()


def test_two_drugs_that_are_equally_near_are_both_offered() -> None:
    near = (Term("afatinib", "drug"), Term("apatinib", "drug"))

    offered = suggest("anatinib dose", speller(["afatinib", "dose"], near), few=True)

    assert offered == ("afatinib dose", "apatinib dose")


def test_of_too_many_drugs_that_are_equally_near_none_is_offered() -> None:
    near = [Term(f"{letter}atinib", "drug") for letter in ("aba", "aca", "ada", "afa")]

    assert suggest("axaatinib", speller((), near), few=True) == ()


def test_known_words_are_joined_only_when_little_was_found() -> None:
    words = speller(["over", "night", "overnight"], ())

    assert suggest("over night", words, few=False) == ()
    assert suggest("over night", words, few=True) == ("overnight",)


def test_at_most_three_queries_are_offered_however_many_words_are_misspelled() -> None:
    typed = " ".join(["canser", "quimoterapia", "treatmnt", "simptoms"] * 60)

    assert 1 <= len(meant(typed)) <= 3


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    library = library_of(
        tmp_path_factory.mktemp("suggesting"),
        {"talk": "Neuropathy is numbness of the hands.\nAsk about chemotherapy early."},
    )
    write_track(library, "talk", "La quimioterapia cansa.\nEl cáncer.", "es.manual.vtt")
    build(library)
    return opened(library)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("nuropathy in my hands", "neuropathy in my hands"),
        ("quimoterapia", "quimioterapia"),
        ("cancer chemotherpy", "cancer chemotherapy"),
    ],
)
def test_search_offers_what_may_have_been_meant(
    generation: Generation, typed: str, offered: str
) -> None:
    assert offered in generation.search(typed).suggestions


def test_search_offers_nothing_when_every_word_is_known(generation: Generation) -> None:
    answer = generation.search("what is neuropathy of the hands")

    assert answer.hits
    assert answer.suggestions == ()


def test_what_is_offered_finds_something(generation: Generation) -> None:
    (offered,) = generation.search("nuropathy").suggestions

    assert generation.search(offered, exact=True).hits


def test_words_of_a_removed_talk_are_not_offered(tmp_path: Path) -> None:
    library = library_of(
        tmp_path, {"talk": "Numbness of the hands.", "other": "A zebrafish swims."}
    )
    build(library)
    before = opened(library).search("zebrafsh").suggestions
    write_track(library, "other", "It swims.")
    build(library)

    assert before == ("zebrafish",)
    assert opened(library).search("zebrafsh").suggestions == ()


def test_a_terminal_is_told_what_may_have_been_meant(generation: Generation) -> None:
    lines = list(answer_lines(generation.search("nuropathy"), generation.catalogue))

    assert lines[0] == "Did you mean: neuropathy"


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        ("tercera línea", "tercero"),
        ("fourty milligrams", "forty"),
        ("sixt mg", "sixty"),
        ("eigth line", "eighth"),
        ("veinte pastillas", "viento"),
        ("dos semanas", "semana"),
        ("a scarf or two", "scarfs"),
        ("una cicatriz", "cicatrices"),
    ],
)
def test_no_number_is_changed_and_no_mere_ending(typed: str, spoken: str) -> None:
    assert suggest(typed, speller([spoken]), few=True) == ()


def test_of_forms_of_one_word_one_is_offered() -> None:
    assert suggest("one tablett", speller(["tablet", "tablets", "tableta"]), few=True) == (
        "one tablet",
    )


def test_the_beginning_of_a_medicine_that_is_said_suggests_it() -> None:
    known = speller([*SPOKEN, "lorlatinib", "alectinib"])

    assert suggest("what about lorla", known, few=True) == ("what about lorlatinib",)
    assert suggest("alec", known, few=True) == ("alectinib",)
    assert suggest("briga", known, few=True) == ()  # nobody speaks of brigatinib here
    assert "lorlatinib" not in suggest("lor", known, few=True)
