"""Any phrasing of a question has the same first answer; what it asks for changes the answer."""

from __future__ import annotations

import pytest
from memory import in_memory

from indexer import Generation
from indexer.query.rewriting import drop_courtesies

PHRASINGS = {
    "side effects lorlatinib": """
        what are the side effects of lorlatinib?
        Can you tell me about the side effects of lorlatinib please
        lorlatinib: side effects??
        LORLATINIB SIDE EFFECTS
        hello, I'd like to know about lorlatinib's side effects. Thank you!
        so... what are the side‐effects of lorlatinib?
        whats the side effect of lorlatinib
        could someone explain lorlatinib side effects to me
        I was wondering what the side effects of lorlatinib are
        does anyone know the side effects of lorlatinib
        side effects – lorlatinib
        does lorlatinib have side effects?!
    """,
    "liquid biopsy": """
        What is a liquid biopsy?
        what's a liquid biopsy
        liquid biopsy???
        Could you please explain to me what a liquid biopsy is
        tell me about liquid biopsies
        I need to know more about the liquid biopsy
        Liquid Biopsy.
        any information on liquid biopsy?
    """,
    "stage 4": """
        what is stage 4?
        What does stage IV mean?
        stage four
        Hi there, can you please tell me what stage 4 means? thanks
        STAGE IV!!!
        i have a question about stage 4
    """,
    "cost clinical trial": """
        what is the cost of a clinical trial?
        clinical trial costs
        Please tell me about the costs of clinical trials
        the cost – of a clinical trial?
        CLINICAL TRIAL COST
    """,
    "how long immunotherapy": """
        how long is immunotherapy?
        How long do you have immunotherapy?
        immunotherapy - how long
        can you tell me how long the immunotherapy is, please?
    """,
    "biopsia líquida": """
        ¿Qué es una biopsia líquida?
        que es la biopsia liquida
        Hola, ¿me puede explicar qué es la biopsia líquida, por favor?
        BIOPSIA LÍQUIDA
        quisiera saber sobre la biopsia líquida
        biopsias líquidas??
    """,
    "segunda opinión": """
        ¿Debo tener una segunda opinión?
        segunda opinion
        ¿Puedo tener una segunda opinión? gracias
        tengo una duda sobre la segunda opinión
    """,
}


@pytest.fixture(scope="module")
def drug() -> Generation:
    said = {
        "effects": "The side effects of lorlatinib are swelling and changes of mood.",
        "years": "People take lorlatinib for a long time, some of them for years.",
        "cost": "The cost of lorlatinib is high, and there are grants.",
        "brain": "Lorlatinib reaches the brain well.",
        "food": "You may take lorlatinib with food or without.",
    }
    return in_memory(said)


def first(generation: Generation, query: str) -> tuple[str, int, str]:
    hit = generation.search(query).hits[0]
    return hit.video, hit.start_ms, hit.language


def phrasings() -> list[tuple[str, str]]:
    return [
        (plain, line.strip())
        for plain, lines in PHRASINGS.items()
        for line in lines.strip().splitlines()
    ]


@pytest.mark.parametrize(("plain", "asked"), phrasings())
def test_a_question_in_any_phrasing_has_the_same_first_answer(
    sample: Generation, plain: str, asked: str
) -> None:
    assert first(sample, asked) == first(sample, plain)


@pytest.mark.parametrize(
    ("query", "video"),
    [
        ("what are the side effects of lorlatinib?", "effects"),
        ("lorlatinib side effect", "effects"),
        ("how long do people take lorlatinib?", "years"),
        ("lorlatinib how long", "years"),
        ("what does lorlatinib cost?", "cost"),
        ("can you please tell me the cost of lorlatinib", "cost"),
        ("can I have food with lorlatinib", "food"),
        ("does lorlatinib get to the brain?", "brain"),
    ],
)
def test_what_is_asked_for_chooses_the_answer(drug: Generation, query: str, video: str) -> None:
    assert first(drug, query)[0] == video


def test_what_is_asked_for_changes_the_place_in_a_video(sample: Generation) -> None:
    places = {first(sample, f"{asked} immunotherapy")[1] for asked in ("side effects", "how long")}

    assert len(places) == 2


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("Can you tell me about ALK please?", "about ALK ?"),
        ("I'd like to know how long it works", "how long it works"),
        ("Hello doctor, what is a scan? Thank you so much", ", what is a scan?"),
        ("do you know if I can fly", "if I can fly"),
        ("I’m looking for information about scans", "about scans"),
        ("¿Me puede decir cuánto cuesta?", "¿ cuánto cuesta?"),
        ("me podri\u0301a explicar la quimio", "la quimio"),
        ("quisiera saber más sobre ALK, por favor", "ALK,"),
    ],
)
def test_what_a_question_is_wrapped_in_is_taken_off(asked: str, left: str) -> None:
    assert " ".join(drop_courtesies(asked).split()) == left


@pytest.mark.parametrize(
    "text",
    ["how do I tell my kids", "can you explain it to my children", "explain to my boss", "please",
     "hola", "hiccups", "hip pain", "thanksgiving", "informed consent", "", "???"],
)  # fmt: skip
def test_what_means_something_stays(text: str) -> None:
    kept = drop_courtesies(text)

    assert kept.split()[-2:] == text.split()[-2:]
    assert len(kept) == len(text)


def test_a_quoted_phrase_is_still_searched_as_it_is(drug: Generation) -> None:
    assert not drug.search('"please tell me" lorlatinib').hits
