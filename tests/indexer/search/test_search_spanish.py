"""Spanish: its own tracks first, English ones through the glossary, accents as one likes."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from libraries import build, found, library_of, opened, write_track
from memory import in_memory
from paths import GLOSSARY

from catalog.glossary.terms import read_glossary
from indexer import Generation
from indexer.analysis.languages import LanguageEvidence
from indexer.analysis.tokenizer import tokens_of
from indexer.embedding.registry import knows_only_english
from indexer.query.concepts import concepts_of
from indexer.query.synonyms import Vocabulary

SAME_IN_SPANISH = {"adenocarcinoma", "COVID-19", "FoundationOne", "Guardant360", "Oncomine Dx"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    said = {
        "costs": "Ask what the treatment will cost, and about copay assistance.",
        "effects": "The side effects of lorlatinib are swelling and mood changes.",
        "years": "Some people take lorlatinib for years.",
        "hair": "With this pill most people keep it, but hair loss can happen.",
    }
    library = library_of(tmp_path_factory.mktemp("small"), said)
    spanish = {
        "effects": "Los efectos secundarios de lorlatinib son hinchazón y cambios de ánimo.",
        "costs": "Pregunte cuánto cuesta el tratamiento, y quién ayuda a pagarlo.",
        "years": "¿Cuánto tiempo se toma lorlatinib? Algunas personas, durante años.",
    }
    for video, lines in spanish.items():
        write_track(library, video, lines, "es.manual.vtt")
    build(library)
    return opened(library)


def places(generation: Generation, query: str, limit: int = 3) -> list[tuple[str, str, int]]:
    hits = generation.search(query, limit=limit).hits
    return [(hit.video, hit.language, hit.start_ms) for hit in hits]


@pytest.mark.parametrize(
    ("query", "video"),
    [
        ("¿Qué es una biopsia líquida?", "egfr-resistance"),
        ("biopsia líquida", "egfr-resistance"),
        ("segunda opinión", "just-diagnosed"),
        ("¿Cómo es vivir con el amivantamab?", "egfr-resistance"),
        ("qué significa etapa 4", "just-diagnosed"),
        ("estadio IV", "just-diagnosed"),
        ("osimertinib dejó de funcionar", "egfr-resistance"),
        ("inmunoterapia", "egfr-resistance"),
        ("tomografía", "just-diagnosed"),
        ("cáncer en el cerebro", "egfr-resistance"),
        ("qué preguntas le hago al oncólogo", "just-diagnosed"),
        ("resonancia del cerebro", "just-diagnosed"),
        ("tengo miedo", "just-diagnosed"),
    ],
)
def test_a_spanish_question_finds_the_spanish_track_first(
    sample: Generation, query: str, video: str
) -> None:
    assert places(sample, query)[0][:2] == (video, "es")


def test_the_very_question_of_the_catalogue_leads_to_its_answer_in_english(
    sample: Generation,
) -> None:
    asked = [
        (question.translations["es"], (video.slug, question.start_ms))
        for video in sample.videos.values()
        for question in video.questions
    ]

    missed = [
        text
        for text, (video, start_ms) in asked
        if (first := sample.search(text, limit=1).hits[0]).video != video
        or abs(first.start_ms - (start_ms or 0)) > 8_000
    ]

    assert len(asked) > 30
    assert missed == []


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("¿qué es un biomarcador?", ("biomarker-testing-basics", "en")),  # "Entonces, ¿qué es ..."
        ("pemetrexed con carboplatino", ("egfr-resistance", "es")),  # only there by that name
    ],
)
def test_what_is_the_same_but_for_a_word_or_said_in_one_language_is_found(
    sample: Generation, query: str, place: tuple[str, str]
) -> None:
    assert places(sample, query)[0][:2] == place


@pytest.mark.parametrize(
    ("query", "video"),
    [
        ("se me cae el pelo", "living-with-side-effects"),
        ("caída del cabello", "living-with-side-effects"),
        ("efectos secundarios de lorlatinib", "alk-first-steps"),
        ("ensayo clínico", "clinical-trials-in-depth"),
        ("cuidador", "caring-and-costs"),
        ("cuánto cuesta", "caring-and-costs"),
        ("¿Cuánto cuesta el tratamiento?", "caring-and-costs"),  # no Spanish track speaks of costs
        ("cansancio", "living-with-side-effects"),
        ("diarrea", "egfr-first-steps"),
        ("neumonitis", "immunotherapy-basics"),
        ("pelo", "living-with-side-effects"),
        ("cabello", "living-with-side-effects"),
        ("¿Se me va a caer el pelo?", "living-with-side-effects"),
        ("se me caera el pelo", "living-with-side-effects"),
        ("PERDERE EL PELO", "living-with-side-effects"),
        ("¿perderé el pelo?", "living-with-side-effects"),
        ("dinero", "caring-and-costs"),
        ("¿puedo trabajar?", "caring-and-costs"),
        ("me canso mucho", "living-with-side-effects"),
    ],
)
def test_english_tracks_are_found_through_the_glossary(
    sample: Generation, query: str, video: str
) -> None:
    assert (video, "en") in {place[:2] for place in places(sample, query, 5)}


@pytest.mark.parametrize("query", ["efectos secundarios de lorlatinib", "EFECTOS SECUNDARIOS"])
def test_spanish_comes_before_the_english_of_the_same(small: Generation, query: str) -> None:
    assert places(small, query)[0][:2] == ("effects", "es")


def test_an_english_question_finds_english_first(small: Generation) -> None:
    assert places(small, "side effects of lorlatinib")[0][:2] == ("effects", "en")


@pytest.mark.parametrize(
    "query",
    [
        "biopsia líquida",
        "¿Debo pedir una segunda opinión?",
        "¿cuánto tiempo dura la inmunoterapia?",
        "células pequeñas y no pequeñas",
        "resonancia magnética",
        "caída del cabello",
        "¡Dejó de funcionar!",
    ],
)
def test_accents_and_spanish_signs_are_optional(sample: Generation, query: str) -> None:
    plain = "".join(c for c in unicodedata.normalize("NFD", query) if c.isascii())

    assert places(sample, query)
    assert places(sample, plain.strip("!?")) == places(sample, query)
    assert places(sample, unicodedata.normalize("NFD", query)) == places(sample, query)
    assert places(sample, query.upper()) == places(sample, query)


@pytest.mark.parametrize(
    "query",
    [
        "los efectos secundarios de lorlatinib",
        "¿Cuáles son los efectos secundarios de lorlatinib?",
        "Hola, ¿me puede decir los efectos secundarios de lorlatinib, por favor?",
        "quisiera saber más sobre los efectos secundarios de lorlatinib, gracias",
        "tengo una pregunta sobre efectos secundarios de lorlatinib",
        "lorlatinib: ¿efectos secundarios?",
        "LORLATINIB EFECTOS SECUNDARIOS",
    ],
)
def test_spanish_filler_carries_no_weight(
    small: Generation, sample: Generation, query: str
) -> None:
    for generation in (small, sample):
        assert places(generation, query) == places(generation, "efectos secundarios lorlatinib")


@pytest.mark.parametrize(
    ("query", "video"),
    [
        ("¿Cuánto tiempo se toma lorlatinib?", "years"),
        ("cuanto tiempo lorlatinib", "years"),
        ("efectos secundarios lorlatinib", "effects"),
        ("¿Cuánto cuesta el tratamiento?", "costs"),
        ("cuanto cuesta", "costs"),
    ],
)
def test_spanish_intent_words_choose_the_answer(small: Generation, query: str, video: str) -> None:
    assert found(small, query)[0] == video


@pytest.mark.parametrize(
    "query",
    ["efectos secundarios del targeted therapy", "side effects del osimertinib", "trial clínico",
     "qué es ALK positive", "stage 4 cáncer"],
)  # fmt: skip
def test_two_languages_in_one_question_are_answered(sample: Generation, query: str) -> None:
    assert sample.search(query).hits


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿biomarcador?", "es"),
        ("cuánto cuesta", "es"),
        ("cua\u0301nto cuesta", "es"),
        ("cuanto tiempo dura", "es"),
        ("radiación", "es"),
        ("tomografia", "es"),
        ("efectos secundarios lorlatinib", "es"),
        ("niño", "es"),
        ("side effects of lorlatinib", "en"),
        ("lorlatinib", "en"),
        ("clinical trial", "en"),
        ("I have a suspicion about coercion", "en"),
        ("19del", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_question_is_told_from_its_words(text: str, language: str) -> None:
    assert LanguageEvidence(text).ranked(("en", "es"))[0] == language


def test_spanish_is_understood_where_nothing_is_said_in_it(tmp_path: Path) -> None:
    said = {"hair": "Hair loss is common with this drug.", "cough": "A cough can stay."}
    library = library_of(tmp_path, said)
    build(library)

    answer = opened(library).search("¿Qué puedo hacer con la caída del cabello?")

    assert [hit.video for hit in answer.hits] == ["hair"]
    assert answer.words == ("caída del cabello",)


def test_what_patients_name_most_has_a_spanish_name() -> None:
    rows = csv.DictReader(GLOSSARY.read_text("utf-8").splitlines())
    bare = [
        row["canonical"]
        for row in rows
        if row["kind"] not in ("drug", "gene", "biomarker") and not row["spanish"].strip()
    ]

    assert set(bare) <= SAME_IN_SPANISH


def test_spanish_numbers_are_numbers() -> None:
    def terms(text: str) -> list[str]:
        return [token.term for token in tokens_of(text, "es")]

    assert terms("estadio cuatro") == terms("estadio IV") == terms("etapa 4")
    assert terms("diez por ciento") == terms("10 %")
    assert terms("cinco años") == terms("5 años")
    assert terms("once meses") == terms("11 meses")


@pytest.mark.parametrize(
    ("query", "foreign"),
    [
        ("PDL1 number", "neuropathy"),
        ("puedo beber vino", "fertility"),
        ("¿puedo beber agua?", "fertility"),
        ("me duele", "grief"),
        ("canser", "fatigue"),
    ],
)
def test_words_that_only_share_a_spanish_stem_are_not_taken_for_a_name(
    query: str, foreign: str
) -> None:
    terms, _ = read_glossary(GLOSSARY.read_text("utf-8"), "glossary.csv")
    names = Vocabulary(terms, ("en", "es"))

    concepts = concepts_of(query, ("en", "es"), names, lambda _: ())

    assert foreign not in {other.shown for one in concepts for other in one.alternatives}
    assert concepts


ENGLISH = {
    "driving": "You may drive again once the seizures have stopped for some months.",
    "ankles": "Swollen ankles come from the pill; put your feet up in the evening.",
    "insurance": "When the insurance says no, ask for a letter from your doctor.",
    "groups": "There are support groups on the internet where people share.",
    "thyroid": "Immunotherapy may slow down the thyroid, so we test the blood.",
    "stress": "Being scared before a scan is very common.",
    "hands": "Tingling in the fingers is called neuropathy.",
    "tea": "The nurses in our clinic have a cup of tea.",
}


@pytest.mark.parametrize(
    ("query", "video"),
    [
        ("¿cuándo puedo volver a manejar?", "driving"),
        ("tengo los tobillos hinchados", "ankles"),
        ("el seguro no quiere pagar", "insurance"),
        ("grupos de apoyo en internet", "groups"),
        ("problemas de tiroides con la inmunoterapia", "thyroid"),
        ("me da miedo antes de la tomografía", "stress"),
        ("hormigueo en los dedos", "hands"),
        ("what is neuropatía", "hands"),
        ("does inmunoterapia hurt the tiroides", "thyroid"),
    ],
)
def test_where_only_english_is_said_a_spanish_question_is_read_in_it(
    query: str, video: str
) -> None:
    assert [hit.video for hit in in_memory(ENGLISH).search(query).hits][:1] == [video]


def test_everyday_english_is_not_read_as_spanish() -> None:
    generation = in_memory({"one": "Our feet were cold.", "two": "We had a pie once."})

    assert generation.search("pie").hits[0].video == "two"
    assert generation.search("pie").also == ()


def test_a_spanish_question_has_its_english_for_a_model_that_reads_no_other() -> None:
    asked = in_memory(ENGLISH).search("tobillos hinchados").parsed

    assert asked.english == "ankles swollen"
    assert in_memory(ENGLISH).search("swollen ankles").parsed.english == ""
    assert knows_only_english("all-MiniLM-L6-v2")
    assert not knows_only_english("multilingual-e5-small")
