"""The pages about the site itself: true, complete and easy to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catalog import Library, Operator, PhoneLine, Signpost, load_operator
from indexer import Shelf
from webapp.app import create_app

PAGES = ["/about", "/privacy", "/accessibility", "/help"]
OPERATOR = Operator(
    name="Example Hospital Library",
    email="library@example.org",
    phone="+1 555 010 0100",
    lines=(PhoneLine("Example nurse line", "1-555-010-0123", hours="day and night"),),
)
HARDEST_GRADE = 6.0
_VOWELS = re.compile(r"[aeiouy]+")


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    shipped = load_operator(library)
    run_by = replace(OPERATOR, urgent=shipped.urgent, trials=shipped.trials)
    with TestClient(create_app(library, Shelf(library), run_by)) as client:
        yield client


@pytest.fixture(scope="module")
def nobodys(library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(library, Shelf(library))) as client:
        yield client


def main_of(page: str) -> str:
    found = re.search(r"<main.*</main>", page, re.S)
    assert found
    return found[0]


def grade(sentences: list[str]) -> float:
    """The Flesch-Kincaid grade (https://apps.dtic.mil/sti/citations/ADA006655) of sentences."""
    words = [word for one in sentences for word in re.findall(r"[a-z']+", one.lower())]
    syllables = sum(map(syllables_of, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def syllables_of(word: str) -> int:
    """How many syllables an English word has, about: its groups of vowels, less a silent e."""
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ye"))
    silent |= word.endswith("es") and not word.endswith(("les", "ses", "ces", "ges", "zes", "ees"))
    silent |= word.endswith("ed") and not word.endswith(("ted", "ded", "led", "eed"))
    return max(1, len(_VOWELS.findall(word)) - silent)


def paragraphs(html: str) -> list[str]:
    """The texts of a page: of its paragraphs and list entries of more than a few words."""
    cut = re.findall(r"<(p|li|dd)\b[^>]*>(.*?)</\1>", html, re.S)
    plain = (" ".join(unescape(re.sub(r"<[^>]+>", "", text)).split()) for _, text in cut)
    return [text for text in plain if len(text.split()) > 5]


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?:])\s+", text) if re.search("[a-z]", one)]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_about_the_site_reads_as_for_nine_to_eleven_year_olds(
    client: TestClient, path: str
) -> None:
    texts = paragraphs(main_of(client.get(path).text))

    everything = [one for text in texts for one in sentences(text)]
    assert len(everything) > 8
    assert grade(everything) <= HARDEST_GRADE
    longest = max(everything, key=lambda one: len(one.split()))
    assert len(longest.split()) <= 22, longest


@pytest.mark.parametrize(
    "signpost",
    [one for one in load_operator(Library(Path("nowhere"))).urgent if one.language == "en"],
    ids=lambda one: one.slug,
)
def test_a_signpost_reads_as_easily(signpost: Signpost) -> None:
    said = sentences(f"{signpost.heading}. {signpost.message}")

    assert grade(said) <= HARDEST_GRADE + 1


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat. It was fat.", -3.0, 1.0),
        (
            "Pharmacological interventions necessitate multidisciplinary deliberation "
            "regarding individual contraindications.",
            18.0,
            60.0,
        ),
        ("We use your question to find an answer, and then forget it.", 2.0, 6.0),
    ],
)
def test_the_measure_tells_easy_from_hard(text: str, low: float, high: float) -> None:
    assert low <= grade(sentences(text)) <= high


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_who_runs_the_site_and_how_to_reach_them(client: TestClient, path: str) -> None:
    page = main_of(client.get(path).text)

    assert "Example Hospital Library" in page
    assert 'href="mailto:library@example.org"' in page
    assert 'href="tel:+15550100100"' in page


@pytest.mark.parametrize("path", PAGES)
def test_where_nobody_is_named_the_page_says_so(nobodys: TestClient, path: str) -> None:
    assert "Nobody has written down here who runs" in main_of(nobodys.get(path).text)


def test_about_says_what_is_no_medical_advice_and_whose_project_it_is(client: TestClient) -> None:
    page = main_of(client.get("/about").text)

    assert "not medical advice" in page
    assert "It is not the website of the Lung Cancer Foundation of America" in page
    assert 'href="/help#call"' in page


def test_privacy_says_what_happens_to_a_question_and_what_youtube_learns(
    client: TestClient,
) -> None:
    page = main_of(client.get("/privacy").text)

    assert "It is not kept." in page
    assert "sets no cookies" in page
    assert "YouTube learns which video you watch" in page


def test_help_lists_who_to_call_each_number_once(client: TestClient) -> None:
    page = main_of(client.get("/help").text)

    assert re.findall(r'class="call" href="tel:(\d+)"', page) == [
        "15550100123", "911", "988", "18002221222",
    ]  # fmt: skip
    assert "Example nurse line" in page
    assert "day and night" in page


def test_help_in_spanish_names_the_numbers_in_spanish(client: TestClient) -> None:
    assert "Emergencias en Estados Unidos" in main_of(client.get("/es/help").text)


def test_help_tells_of_quotes_and_minus(client: TestClient) -> None:
    page = main_of(client.get("/help").text)

    assert '<kbd>"side effects"</kbd>' in page
    assert "<kbd>biopsy -surgery</kbd>" in page
    assert 'role="search"' in page


def test_a_barrier_can_be_reported(client: TestClient) -> None:
    page = main_of(client.get("/accessibility").text)

    assert page.index("Tell us what is in your way") < page.index("mailto:")


def test_a_name_of_the_operator_is_only_text(library: Library) -> None:
    strange = replace(OPERATOR, name="<script>alert(1)</script>", post=("<b>1</b>",))

    with TestClient(create_app(library, Shelf(library), strange)) as client:
        page = client.get("/about").text

    assert "<script>alert" not in page
    assert "<b>1</b>" not in page
