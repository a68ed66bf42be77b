from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from small_site import corrected, small_app
from starlette.testclient import TestClient


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
    assert "&lt;alk&gt;before&lt;/alk&gt;" in page


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


def test_every_link_of_the_transcript_marks_the_sentence_that_it_is_on(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    cue = "00:00:14.500 --> 00:00:20.000\n<v Dr. Tess Sample>It does"
    short = (
        "00:00:14.200 --> 00:00:14.400\n<v Ada Example>Yes.\n\n"
        "00:00:14.400 --> 00:00:14.500\n<v Ada Example>No.\n\n"
    )
    corrected(tmp_path, (cue, short + cue))
    client = TestClient(app)
    for path in ("/watch/first-days", "/watch/first-days?lang=es", "/watch/pills"):
        links = re.findall(r'<a id="(s[\d-]+)" href="([^"]*)"', client.get(path).text)
        for anchor, href in links:
            page = client.get(urljoin(path, unescape(href).partition("#")[0])).text
            assert re.findall(r'<a id="([^"]*)"[^>]* aria-current="true"', page) == [anchor], href
        assert len(links) == len({anchor for anchor, _ in links})


def test_a_named_sentence_that_is_gone_is_the_one_of_its_second(client: TestClient) -> None:
    for line in ("s1", "s40200", "s8500.", "x"):
        page = client.get(f"/watch/first-days?t=8&line={line}").text

        assert re.search(r'id="s8500"[^>]* aria-current="true"', page)
