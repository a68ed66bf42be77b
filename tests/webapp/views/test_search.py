from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from small_site import quietly, write_library
from starlette.testclient import TestClient

from catalog import load_catalogue
from indexer import Shelf
from indexer.writer.builder import build_index
from webapp.app import create_app

QUERIES = {
    "10,000-characters": "breathless " * 910,
    "5,000-emoji": "😟" * 5_000,
    "punctuation": "?!.,;:*()[]{}+-/\\|~^&%$#@",
    "NUL": "stage\0 4",
    "unpaired-quotes": '"stage 4',
    "curly-quotes": "“stage 4",
    "only-minus": "- -- -stage",
    "fields": "speaker: series:nobody topic:",
    "markup": "<script>alert(1)</script>{{ 7*7 }}{% raw %}",
    "Japanese": "肺がんのステージ4とは",
    "Arabic": "ما معنى المرحلة الرابعة",
    "bidi": "\u202estage\u202c 4",
    "combining": "e\u0301" * 300,
    "booleans": "AND OR NOT stage AND",
    "wildcards": "* ? stag* ~2",
}


def test_results_land_on_the_second_with_whole_sentences(client: TestClient) -> None:
    page = client.get("/search?q=what+does+stage+4+mean").text

    assert 'href="/watch/first-days?t=4&amp;q=what%20does%20stage%204%20mean"' in page
    assert "<mark>Stage 4</mark> means that the cancer has spread" in page
    assert "It does not mean that nothing can be done." in page
    assert "oncologist" in page
    assert "Recorded May 4, 2026" in page
    assert "Sample, not medical advice." in page
    assert '<span class="unseen">Play from 4 seconds</span>' in page


def test_results_of_automatic_captions_say_so(client: TestClient) -> None:
    warning = "Automatic captions: drug names may be mis-heard"

    assert warning in client.get("/search?q=lorlatinib").text
    assert warning not in client.get("/search?q=biomarker").text


@pytest.mark.parametrize(
    "asked", ["what+is+hospice", "%C2%BFqu%C3%A9+es+el+hospicio%3F", "lorlatinib"]
)
def test_what_a_word_means_is_told_whether_or_not_anybody_says_it(
    client: TestClient, asked: str
) -> None:
    page = client.get(f"/search?q={asked}").text

    assert re.search(r'<p class="word"><a href="/term/(hospice|lorlatinib)">', page)


def test_results_are_not_to_be_listed_or_kept(client: TestClient) -> None:
    answer = client.get("/search?q=stage")

    assert '<meta name="robots" content="noindex">' in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["cache-control"] == "private, no-cache"


def test_a_spanish_answer_leads_to_the_spanish_words(client: TestClient) -> None:
    page = client.get("/search", params={"q": "¿Qué significa la etapa cuatro?"}).text

    assert 'href="/watch/first-days?t=4&amp;lang=es&amp;q=' in page
    assert '<blockquote lang="es">' in page


def test_nothing_found_is_said_plainly_with_ways_on(client: TestClient) -> None:
    answer = client.get("/search?q=xyzzy")

    assert answer.status_code == 200
    assert "Nothing in these videos answers that in these words." in answer.text
    assert 'href="/topic/stages"' in answer.text


def test_a_library_without_captions_does_not_say_that_nothing_answers(tmp_path: Path) -> None:
    library = write_library(tmp_path)
    shutil.rmtree(library.captions_dir)
    build_index(library, load_catalogue(library), quietly)

    page = TestClient(create_app(library, Shelf(library))).get("/search?q=stage").text

    assert "No video here has captions yet" in page
    assert "Nothing in these videos" not in page


def test_without_a_question_the_search_page_asks_for_one(client: TestClient) -> None:
    page = client.get("/search").text

    assert "Type a question" in page
    assert "Nothing in these videos" not in page


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_nothing_that_is_typed_is_an_error(client: TestClient, query: str) -> None:
    answer = client.get("/search", params={"q": query})

    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "\0" not in answer.text
    assert "{{ 7*7 }}" in answer.text or "7*7" not in query


@pytest.mark.parametrize("raw", ["q=%ff%fe", "q=%", "q=%ED%A0%80", "q=a&q=b", "q", "&&&=", "Q=a"])
def test_an_odd_address_is_no_error(client: TestClient, raw: str) -> None:
    assert client.get(f"/search?{raw}").status_code == 200


def test_a_long_question_is_cut_and_the_visitor_told(client: TestClient) -> None:
    page = client.get("/search", params={"q": "stage " * 2000}).text

    assert "Only its first part" in page
    assert len(page) < 60_000


def test_about_says_what_this_is_not(client: TestClient) -> None:
    page = client.get("/about").text

    assert "This is not medical advice" in page
    assert "not the website of the Lung Cancer Foundation of America" in page


@pytest.mark.parametrize("path", ["/watch/x", "/series/x", "/topic/x", "/watch/", "/a/b", "/%00/x"])
def test_what_is_not_there_is_a_page_with_a_search(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "This page is not here" in answer.text
    assert 'action="/search"' in answer.text


def test_pages_are_compressed(client: TestClient) -> None:
    answer = client.get("/watch/first-days", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"


def test_where_nothing_is_indexed_yet_that_is_no_answer_to_a_question(tmp_path: Path) -> None:
    library = write_library(tmp_path)
    shutil.rmtree(library.captions_dir)
    build_index(library, load_catalogue(library), quietly)

    with TestClient(create_app(library, Shelf(library))) as client:
        page = client.get("/search?q=stage").text

    assert ">Nothing can be found yet</h1>" in page
    assert "No video here has captions yet" in page
    assert "Nothing in these videos answers" not in page
