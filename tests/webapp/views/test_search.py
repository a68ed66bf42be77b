from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from small_site import quietly, write_library
from starlette.testclient import TestClient

from catalog import load_catalogue
from indexer import Shelf, build_index
from webapp.app import create_app

PAGES = [
    "/",
    "/search",
    "/search?q=stage+4",
    "/search?q=xyzzy",
    "/watch/first-days",
    "/watch/first-days?t=8&lang=es",
    "/watch/pills?t=30",
    "/watch/elsewhere",
    "/watch/silent",
    "/series/basics",
    "/topic/stages",
    "/topic/costs",
    "/about",
    "/nothing-here",
]
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


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_landmarks_and_one_heading(client: TestClient, path: str) -> None:
    page = client.get(path).text

    assert page.count("<h1") == 1
    assert page.count("<main") == page.count("<header") == page.count("<footer") == 1
    assert page.index('href="#main"') < page.index("<header")
    assert 'lang="en"' in page
    assert re.search(r"<title>\S.*</title>", page)
    assert "not medical advice" in page


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_script_style_or_foreign_addresses(client: TestClient, path: str) -> None:
    page = client.get(path).text

    data = r"<script type=\"application/ld\+json\">|<link rel=\"(canonical|alternate)\""
    page = re.sub(data, "", page)
    assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)|<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"(?:src|poster|srcset|action)=\"(?!/)", page)
    assert not re.search(r"<link[^>]*href=\"(?!/)", page)


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique(client: TestClient, path: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get(path).text)

    assert len(ids) == len(set(ids))


def test_home_offers_a_search_questions_series_and_topics(client: TestClient) -> None:
    page = client.get("/").text

    assert '<form class="search" action="/search" role="search">' in page
    assert 'href="/search?q=What%20does%20stage%204%20mean%3F"' in page
    assert 'href="/watch/first-days"' in page
    assert page.index("Basics &lt;1&gt;") < page.index("Deeper")
    assert 'href="/topic/stages"' in page


def test_results_land_on_the_second_with_whole_sentences(client: TestClient) -> None:
    page = client.get("/search?q=what+does+stage+4+mean").text

    assert 'href="/watch/first-days?t=4&amp;q=what%20does%20stage%204%20mean"' in page
    assert "<mark>stage 4</mark>" in page
    assert "It does not mean that nothing can be done." in page.replace("<mark>", "").replace(
        "</mark>", ""
    )
    assert "oncologist" in page
    assert "Recorded May 4, 2026" in page
    assert "Sample, not medical advice." in page
    assert '<span class="unseen">Play from 4 seconds</span>' in page


def test_results_of_automatic_captions_say_so(client: TestClient) -> None:
    warning = "Automatic captions: drug names may be mis-heard"

    assert warning in client.get("/search?q=lorlatinib").text
    assert warning not in client.get("/search?q=biomarker").text


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
    assert len(page) < 30_000


def test_watch_plays_our_own_media_from_the_second(client: TestClient) -> None:
    page = client.get("/watch/first-days?t=8").text

    assert 'src="/media/first-days.mp4#t=8"' in page
    assert '<track kind="captions" srclang="en" label="English"' in page
    assert '<track kind="subtitles" srclang="es" label="Español"' in page


def test_watch_shows_and_marks_the_sentence_of_the_link(client: TestClient) -> None:
    page = client.get("/watch/first-days?t=8").text

    assert "Your link starts at" in page
    assert re.search(r'id="s8500"[^>]* aria-current="true">Stage 4 means', page)
    assert 'href="#s8500"' in page


def test_every_sentence_is_a_link_to_its_second(client: TestClient) -> None:
    page = client.get("/watch/first-days").text

    assert '<a id="s40200" href="?t=40#s40200" data-ms="40200">' in page
    assert "&lt;b&gt;before&lt;/b&gt;" in page


def test_watch_offers_languages_and_says_how_captions_were_made(client: TestClient) -> None:
    english, spanish = (
        client.get(f"/watch/first-days?t=8&lang={code}").text for code in ("en", "es")
    )

    assert "Captions written by people" in english
    assert 'href="?t=8&amp;lang=es" lang="es" hreflang="es"' in english
    assert '<div class="said" lang="es">' in spanish
    assert 'href="?t=4&amp;lang=es#s4500"' in spanish


def test_a_language_that_is_not_there_shows_the_usual_one(client: TestClient) -> None:
    assert '<div class="said" lang="en">' in client.get("/watch/first-days?lang=xx").text


def test_watch_has_questions_chapters_and_what_to_watch_next(client: TestClient) -> None:
    page = client.get("/watch/first-days").text

    assert 'href="?t=4" data-ms="4000"' in page
    assert "Can I ask anything?" in page
    assert 'href="?t=40" data-ms="40000"' in page
    assert page.index("Watch next") < page.index('href="/watch/pills"')


@pytest.mark.parametrize("t", ["-5", "soon", "99999999999", "4000", "1:99:99", "%00", ""])
def test_an_odd_time_plays_from_the_beginning(client: TestClient, t: str) -> None:
    answer = client.get(f"/watch/first-days?t={t}")

    assert answer.status_code == 200
    assert 'src="/media/first-days.mp4"' in answer.text
    assert "Your link starts at" not in answer.text


def test_a_time_after_the_last_word_is_odd_where_no_length_is_known(client: TestClient) -> None:
    assert "Your link starts at" not in client.get("/watch/pills?t=99999").text
    assert "Your link starts at" in client.get("/watch/pills?t=30").text


def test_youtube_is_a_plain_link_to_the_second(client: TestClient) -> None:
    page = client.get("/watch/pills?t=30").text

    assert 'href="https://www.youtube.com/watch?v=abcdefghijk&amp;t=30s"' in page
    assert "<iframe" not in page
    assert "Automatic captions: drug names may be mis-heard" in page


def test_a_video_with_only_a_page_links_to_it(client: TestClient) -> None:
    assert 'href="https://videos.example/talk"' in client.get("/watch/elsewhere").text


def test_a_video_without_words_or_picture_still_has_a_page(client: TestClient) -> None:
    page = client.get("/watch/silent").text

    assert "There is no transcript of this video yet" in page
    assert "There is no picture to this video here" in page
    assert "sample.invalid" not in page


def test_a_series_lists_its_videos_with_its_notice(client: TestClient) -> None:
    page = client.get("/series/basics").text

    assert page.index("/watch/first-days") < page.index("/watch/pills")
    assert "Sample, not medical advice." in page


def test_a_topic_lists_its_videos_and_their_questions(client: TestClient) -> None:
    assert 'href="/watch/first-days?t=4"' in client.get("/topic/stages").text
    assert "There is no video on this topic yet" in client.get("/topic/costs").text


def test_about_says_what_this_is_not(client: TestClient) -> None:
    page = client.get("/about").text

    assert "This is not medical advice" in page
    assert "not the website of the Lung Cancer Foundation of America" in page


@pytest.mark.parametrize("path", ["/watch/x", "/series/x", "/topic/x", "/watch/", "/a/b", "/%00"])
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

    assert "<h1>Nothing can be found yet</h1>" in page
    assert "No video here has captions yet" in page
    assert "Nothing in these videos answers" not in page
