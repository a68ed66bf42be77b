"""Questions about what should not wait, and the signpost above their answers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from paths import GOLDEN
from starlette.testclient import TestClient

from catalog import Library, load_operator
from webapp.presenters import urgent
from webapp.presenters.urgent import Typo, signposts_for

SIGNPOSTS = load_operator(Library(Path("there is no such library"))).urgent


def found(question: str) -> list[tuple[str, str]]:
    return [(one.slug, one.language) for one in signposts_for(question, SIGNPOSTS)]


@pytest.mark.parametrize(
    "question",
    [
        "coughing up blood",
        "I COUGHED UP BLOOD!!",
        "I have been coughing up quite a lot of blood",
        "there's blood when I cough",
        "I can't breathe",
        "i cant breathe",
        "I can’t breathe",
        "my husband cannot breathe",
        "trouble with breathing",
        "pain in my chest",
        "CHEST-PAIN",
        "what causes chest pain after surgery years ago?",
        "she is suddenly very confused",
    ],
)
def test_a_symptom_is_known_in_any_form_case_order_and_sign(question: str) -> None:
    assert found(question) == [("emergency", "en")]


@pytest.mark.parametrize(
    "question",
    [
        "toso con sangre",
        "TOSIENDO SANGRE",
        "no puedo respirar",
        "me duele mucho el pecho",
        "opresion en el pecho",
    ],
)
def test_a_symptom_is_known_in_spanish_with_and_without_accents(question: str) -> None:
    assert ("emergency", "es") in found(question)


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("chest pian", "emergency"),
        ("cheast pain", "emergency"),
        ("cant breath", "emergency"),
        ("trouble brething", "emergency"),
        ("coughing blod", "emergency"),
        ("cuoghing up bloood", "emergency"),
        ("siezure", "emergency"),
        ("toso con sagre", "emergency"),
        ("dolor de pehco", "emergency"),
        ("sucide", "crisis"),
        ("fevr", "fever"),
    ],
)
def test_a_letter_wrong_in_a_symptom_does_not_hide_the_signpost(question: str, slug: str) -> None:
    assert slug in [one for one, _ in found(question)]


@pytest.mark.parametrize(
    "question",
    ["fewer side effects", "I never smoked", "a tough blood test", "hard to treat breast cancer",
     "which cooking oil", "the right side of my chest", "I feel week in the knees", "strict diet"],
)  # fmt: skip
def test_a_word_that_only_looks_like_a_symptom_shows_nothing(question: str) -> None:
    assert found(question) == []


def test_no_golden_question_looks_urgent_for_a_letter_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [json.loads(line)["query"] for line in GOLDEN.read_text().splitlines()]
    told = {question: found(question) for question in asked}

    monkeypatch.setattr(urgent, "typo_of", lambda _typed, _meant: Typo.NONE)

    assert told == {question: found(question) for question in asked}


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("I want to die", "crisis"),
        ("thinking of suicide", "crisis"),
        ("suicidal thoughts", "crisis"),
        ("quiero morirme", "crisis"),
        ("I don't want to live any more", "crisis"),
        ("fever after chemo", "fever"),
        ("tengo fiebre", "fever"),
        ("my legs feel weak", "spine"),
    ],
)
def test_despair_fever_and_weak_legs_have_signposts_of_their_own(question: str, slug: str) -> None:
    assert slug in [one for one, _ in found(question)]


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?!",
        "what does stage 4 mean",
        "blood test for biomarkers",
        "I am confused about stages",
        "chest x-ray",
        "will I die of this",
        "how long can I live with stage 4",
        "qué significa la etapa cuatro",
        "análisis de sangre",
        "dolor de cabeza",
        "lorlatinib side effects",
        "肺がん",
    ],
)
def test_other_questions_show_nothing(question: str) -> None:
    assert found(question) == []


def test_words_far_apart_mean_something_else() -> None:
    far = "a cough is what my mother had for many years before they tested her blood"

    assert found(far) == []


def test_two_troubles_show_two_signposts_and_each_once() -> None:
    assert found("chest pain and fever, dolor de pecho") == [("emergency", "en"), ("fever", "en")]


def test_the_signpost_stands_above_the_answers_and_hides_none(client: TestClient) -> None:
    page = client.get("/search?q=stage+4+chest+pain").text

    assert page.index('class="urgent"') < page.index('class="results"')
    assert 'href="tel:911"' in page


def test_the_signpost_is_a_region_named_by_its_heading_in_its_language(client: TestClient) -> None:
    page = client.get("/search?q=dolor+en+el+pecho").text

    section = re.search(r"<section class=\"urgent\"[^>]*>.*?</section>", page, re.S)
    assert section
    assert 'aria-labelledby="urgent-emergency" lang="es"' in section[0]
    assert '<h2 id="urgent-emergency">¿Está pasando ahora?</h2>' in section[0]


def test_an_ordinary_search_shows_no_signpost(client: TestClient) -> None:
    assert 'class="urgent"' not in client.get("/search?q=stage+4").text
