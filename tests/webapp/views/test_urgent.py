"""The signpost above what a site answers, on whatever page that is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catalog import Library
from indexer import Shelf
from webapp.app import create_app
from webapp.config import RateLimits, Service

SIGNPOST = re.compile(r'<section class="urgent" aria-labelledby="urgent-([a-z-]+)"')
DESPAIR = "/search?q=I+want+to+die"


def signposts(page: str) -> list[str]:
    return SIGNPOST.findall(page)


def test_the_signpost_stands_above_the_answers_and_hides_none(client: TestClient) -> None:
    page = client.get("/search?q=stage+4+chest+pain").text

    assert page.index('class="urgent"') < page.index('class="best"')
    assert 'href="tel:911"' in page


def test_the_signpost_is_a_region_named_by_its_heading_in_its_language(client: TestClient) -> None:
    page = client.get("/search?q=dolor+en+el+pecho").text

    section = re.search(r"<section class=\"urgent\"[^>]*>.*?</section>", page, re.S)
    assert section
    assert 'aria-labelledby="urgent-emergency" lang="es"' in section[0]
    assert '<h2 id="urgent-emergency">¿Está pasando ahora?</h2>' in section[0]


@pytest.mark.parametrize("question", ["stage+4", "can+osimertinib+cause+shortness+of+breath"])
def test_an_ordinary_search_shows_no_signpost(client: TestClient, question: str) -> None:
    assert signposts(client.get(f"/search?q={question}").text) == []


def test_where_nothing_is_found_it_stands_too(client: TestClient) -> None:
    page = client.get("/search?q=anaphylactic+shock").text

    assert 'class="hits"' not in page
    assert signposts(page) == ["emergency"]


def test_a_sign_at_the_end_of_a_long_message_is_seen(client: TestClient) -> None:
    page = client.get(
        "/search", params={"q": "my father lives alone. " * 50 + "he cant breathe"}
    ).text

    assert signposts(page) == ["emergency"]


@pytest.mark.parametrize("question", ["I+want+to+die", "quiero+morir", "I+am+suicidal"])
def test_with_words_of_despair_no_results_stand_below(client: TestClient, question: str) -> None:
    page = client.get(f"/search?q={question}").text

    assert signposts(page) == ["crisis"]
    assert 'href="tel:988"' in page
    assert 'class="hits"' not in page
    assert "/watch/" not in page


def test_programs_get_the_signpost_and_no_hits_with_words_of_despair(client: TestClient) -> None:
    answer = client.get("/api" + DESPAIR).json()

    assert answer["hits"] == []
    assert answer["answered"] is False
    assert [one["slug"] for one in answer["urgent"]] == ["crisis"]
    assert answer["urgent"][0]["instead"] is True
    assert answer["urgent"][0]["call"][0]["number"] == "988"


def test_programs_get_hits_with_any_other_signpost(client: TestClient) -> None:
    answer = client.get("/api/search?q=stage+4+chest+pain").json()

    assert answer["hits"]
    assert [one["slug"] for one in answer["urgent"]] == ["emergency"]


def test_the_signpost_stands_on_a_page_that_is_not_here(client: TestClient) -> None:
    page = client.get("/watch/nowhere?q=i+am+coughing+up+blood")

    assert page.status_code == 404
    assert signposts(page.text) == ["emergency"]
    assert 'value="i am coughing up blood"' in page.text


def test_the_signpost_and_the_question_are_there_for_who_asks_too_often(library: Library) -> None:
    service = Service(rate=RateLimits(searches=1, others=9))
    client = visitor(library, Shelf(library), service)
    client.get("/search?q=stage")
    client.get("/search?q=stage")  # a minute may just have begun

    page = client.get("/search?q=I+can't+breathe")
    program = client.get("/api/search?q=I+can't+breathe")

    assert (program.status_code, program.json()["urgent"][0]["slug"]) == (429, "emergency")
    assert page.status_code == 429
    assert signposts(page.text) == ["emergency"]
    assert 'value="I can&#39;t breathe"' in page.text


@pytest.mark.parametrize(("path", "slug"), [("/search?q=face+drooping", "emergency")])
def test_the_signpost_and_the_question_are_there_without_an_index(
    tmp_path: Path, path: str, slug: str
) -> None:
    library = Library(tmp_path)

    page = visitor(library, Shelf(library)).get(path)

    assert page.status_code == 503
    assert signposts(page.text) == [slug]
    assert 'value="face drooping"' in page.text
    assert page.headers["Cache-Control"] == "private, no-cache"


def test_whom_to_call_in_despair_needs_no_index(tmp_path: Path) -> None:
    library = Library(tmp_path)

    page = visitor(library, Shelf(library)).get(DESPAIR)

    assert page.status_code == 200
    assert signposts(page.text) == ["crisis"]


def visitor(library: Library, shelf: Shelf, service: Service | None = None) -> TestClient:
    """A visitor of a site with the shipped signposts."""
    return TestClient(create_app(library, shelf, service=service))
