"""Questions about what should not wait, and the signposts that belong above their answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog import Library, Signpost, load_operator
from catalog.settings.site_settings import SIGNS
from indexer.urgency.signposts import signposts_for

SHIPPED = load_operator(Library(Path("there is no such library"))).urgent


def own(*words: str, language: str = "en", slug: str = "own") -> Signpost:
    """A signpost of an operator, who wrote down the words."""
    return Signpost(slug, language, words, "Heading", "Message")


OWN = (
    own("coughing blood", "can't breathe", "trouble breathing", "chest pain", "fever"),
    own("tos con sangre", "dolor de pecho", language="es", slug="propio"),
)


def found(question: str, signposts: tuple[Signpost, ...] = SHIPPED) -> list[tuple[str, str]]:
    return [(one.slug, one.language) for one in signposts_for(question, signposts)]


@pytest.mark.parametrize(
    "question",
    [
        "coughing up blood",
        "I COUGHED UP BLOOD!!",
        "there's blood when I cough",
        "i cant breathe",
        "I can’t breathe",
        "trouble with breathing",
        "pain in my chest",
        "CHEST-PAIN",
        "what causes chest pain after surgery years ago?",
        "toso con sangre",
    ],
)
def test_own_words_are_known_in_any_form_case_order_and_sign(question: str) -> None:
    assert found(question, OWN)


@pytest.mark.parametrize(
    "question",
    ["chest pian", "cheast pain", "cant breath", "trouble brething", "coughing blod",
     "cuoghing up bloood", "toso con sagre", "dolor de pehco", "fevr"],
)  # fmt: skip
def test_a_letter_wrong_in_own_words_does_not_hide_the_signpost(question: str) -> None:
    assert found(question, OWN)


@pytest.mark.parametrize(
    "question",
    ["", "?!", "fewer side effects", "the right side of my chest", "blood test for biomarkers",
     "a cough is what my mother had for many years before they tested her blood", "肺がん"],
)  # fmt: skip
def test_what_only_looks_like_own_words_shows_nothing(question: str) -> None:
    assert found(question, OWN) == []


def test_own_words_take_the_place_of_what_search_understands() -> None:
    assert found("my face is drooping", OWN) == []


def test_a_sign_shows_an_own_signpost_that_names_it() -> None:
    mine = Signpost("mine", "en", (), "Heading", "Call 112.", signs=("stroke",))

    assert found("my face is drooping", (mine,)) == [("mine", "en")]


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("I can't breathe", "emergency"),
        ("I want to die", "crisis"),
        ("fever after chemo", "fever"),
        ("my legs feel weak", "spine"),
        ("watery diarrhea 9 times today", "side-effect"),
        ("I took too many oxycodone", "overdose"),
    ],
)
def test_the_shipped_signposts_stand_for_signs(question: str, slug: str) -> None:
    assert slug in [one for one, _ in found(question)]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("TOSIENDO SANGRE", "es"),
        ("no puedo respirar", "es"),
        ("opresion en el pecho", "es"),
        ("chest pain", "en"),
        ("tengo 39 de fiebre", "es"),
    ],
)
def test_a_signpost_speaks_the_language_of_the_question(question: str, language: str) -> None:
    assert {spoken for _, spoken in found(question)} == {language}


def test_two_troubles_show_two_signposts_and_each_once() -> None:
    assert found("I have chest pain and a fever of 102") == [("emergency", "en"), ("fever", "en")]


def test_every_sign_has_a_shipped_signpost_in_both_languages() -> None:
    for language in ("en", "es"):
        signs = [sign for one in SHIPPED if one.language == language for sign in one.signs]

        assert sorted(signs) == sorted(SIGNS)


def test_only_despair_has_a_signpost_instead_of_results() -> None:
    assert {one.slug for one in SHIPPED if one.instead} == {"crisis"}
