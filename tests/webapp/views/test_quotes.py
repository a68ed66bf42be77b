from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from small_site import corrected, indexed_library, small_app
from starlette.applications import Starlette
from starlette.testclient import TestClient

from indexer import Shelf
from webapp.app import create_app

STAGE_4 = "/quote/first-days/choose?lang=en&from=8.5&to=20"
WORDS = "Stage 4 means that the cancer has spread to another part of the body."
ADDRESS = "https://hope.example/quote/talk?words=a_b"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return small_app(tmp_path_factory.mktemp("library"))


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://hope.example") as client:
        yield client


def areas(page: str) -> dict[str, str]:
    """The texts to copy, by their ids."""
    found = re.findall(r'<textarea id="([\w-]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(text) for name, text in found}


def test_a_quote_link_shows_the_words_and_whose_they_are(client: TestClient) -> None:
    answer = client.get(STAGE_4)

    assert answer.status_code == 200
    assert answer.url.path == "/quote/first-days"
    assert [*dict(parse_qsl(answer.url.query.decode()))] == ["lang", "from", "words", "to"]
    assert WORDS in answer.text
    assert "<b>Dr. Tess Sample</b>, oncologist" in answer.text
    assert "Recorded May 4, 2026" in answer.text
    assert "Captions written by people" in answer.text
    assert "Basics &lt;1&gt;" in answer.text
    assert 'href="/watch/first-days?t=8&amp;lang=en"' in answer.text
    assert 'src="/media/first-days.mp4#t=8.500,20.000"' in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"


def test_a_quote_link_is_short(client: TestClient) -> None:
    answer = client.get(STAGE_4)

    assert len(str(answer.url)) < 100


def test_each_text_to_copy_holds_words_speaker_date_time_captions_and_link(
    client: TestClient,
) -> None:
    answer = client.get(STAGE_4)

    texts = areas(answer.text)
    assert [*texts] == ["copy-link", "copy-text", "copy-html", "copy-markdown"]
    assert texts["copy-link"] == str(answer.url)
    assert texts["copy-text"] == (
        f"“{WORDS} It does not mean that nothing can be done.”\n"
        "— Dr. Tess Sample, oncologist, in “The first days & weeks” (Basics <1>), "
        f"recorded May 4, 2026, at 0:08. Captions: written by people.\n{answer.url}"
    )


def test_marks_in_captions_stay_words_in_the_html_that_is_copied(client: TestClient) -> None:
    page = client.get("/quote/first-days/choose?lang=en&from=40.2&to=46")

    assert (
        "biomarker testing &lt;alk&gt;before&lt;/alk&gt; treatment" in areas(page.text)["copy-html"]
    )


def test_links_are_made_with_the_operators_address(app: Starlette, client: TestClient) -> None:
    site = app.state.site
    app.state.site = replace(site, operator=replace(site.operator, address="https://hope.test"))

    texts = areas(client.get(STAGE_4).text)
    app.state.site = site

    assert texts["copy-link"].startswith("https://hope.test/quote/first-days?lang=en&from=8.5&")


def test_a_quote_grows_and_shrinks_by_sentences(client: TestClient) -> None:
    page = client.get("/quote/first-days/choose?lang=en&from=8.5&to=14").text
    ways = {
        name: unescape(href)
        for href, name in re.findall(r'<li><a href="(/quote/[^"]+)" rel="nofollow">([^<]+)', page)
    }

    assert [*ways] == ["Add the sentence before", "Add the sentence after"]
    longer = client.get(ways["Add the sentence before"]).text
    assert "What does stage 4 mean?" in longer
    assert "Leave out the first sentence" in longer


def test_without_an_end_a_quote_is_what_is_read_at_a_glance(client: TestClient) -> None:
    text = areas(client.get("/quote/first-days/choose?lang=en&from=4").text)["copy-text"]

    assert text.splitlines()[0] == "Ada Example: “What does stage 4 mean?”"
    assert text.splitlines()[1].startswith(f"Dr. Tess Sample: “{WORDS} It does not")


def test_a_video_at_youtube_is_played_from_start_to_end(client: TestClient) -> None:
    page = client.get("/quote/pills/choose?lang=en&from=30&to=36").text

    assert 'data-youtube="abcdefghijk" data-start="30" data-end="36"' in page
    assert "youtube-nocookie" not in page
    assert "Automatic captions: drug names may be mis-heard" in page
    assert "In this video:" in page
    assert "From “Pills for ALK” (Basics <1>) with Dr. Tess Sample" in areas(page)["copy-text"]


def test_a_quote_in_another_language_stays_in_it(client: TestClient) -> None:
    answer = client.get("/quote/first-days/choose?lang=es&from=8.5&to=14")

    assert '<blockquote lang="es">' in answer.text
    assert "La etapa cuatro significa" in answer.text
    assert "lang=es" in str(answer.url)


def test_the_interface_keeps_its_language(client: TestClient) -> None:
    answer = client.get("/es" + STAGE_4)

    assert answer.url.path == "/es/quote/first-days"
    assert areas(answer.text)["copy-link"].startswith("http://hope.example/quote/first-days?")


@pytest.mark.slow
def test_words_that_moved_are_found_and_words_that_went_are_missed(tmp_path: Path) -> None:
    library = indexed_library(tmp_path)
    with TestClient(create_app(library, Shelf(library))) as client:
        kept, gone = client.get(STAGE_4).url, client.get("/quote/first-days/choose?from=40.2").url
        corrected(
            tmp_path,
            ("00:00:08.500 --> 00:00:14.000", "00:00:24.500 --> 00:00:30.000"),
            ("00:00:14.500 --> 00:00:20.000", "00:00:30.500 --> 00:00:36.000"),
            ("has spread to another part", "had spread to one other part"),
            ("Ask for biomarker testing &lt;alk&gt;before&lt;/alk&gt; treatment starts.", "Well."),
            ("And bring somebody along to the visit.", "Thank you."),
        )

        found, missed = client.get(kept).text, client.get(gone).text

    assert "Stage 4 means that the cancer had spread to one other part of the body." in found
    assert "The captions of this video have changed since this link was made." in found
    assert 'src="/media/first-days.mp4#t=24.500,36.000"' in found
    assert "The words of this link are not in the captions any more." in missed
    assert "<blockquote" not in missed
    assert "<textarea" not in missed
    assert 'src="/media/first-days.mp4#t=40.200,76.000"' in missed


def test_captions_that_are_gone_are_named(client: TestClient) -> None:
    query = {**dict(parse_qsl(client.get(STAGE_4).url.query.decode())), "lang": "fr"}

    answer = client.get("/quote/first-days", params=query)

    assert answer.status_code == 200
    assert "The captions that this link quotes (Français) are not here any more." in answer.text
    assert WORDS not in answer.text
    assert "#t=8.500,20.000" in answer.text


def test_another_variant_of_a_language_is_the_same_captions(client: TestClient) -> None:
    query = {**dict(parse_qsl(client.get(STAGE_4).url.query.decode())), "lang": "en-us"}

    assert WORDS in client.get("/quote/first-days", params=query).text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?lang=en&from=8.5&words=p4oM",
        "?lang=en&from=8.5&words=p4oMmRq4.WQ7I",
        "?from=20&to=8&words=p4oMmRq4.WQ7I",
        "?from=9e9&to=%F0%9F&words=%00&lang=%0A",
        "?from=1&to=2&words=the+doctor+says+drink+bleach",
        "?from=" + "9" * 400,
    ],
)
def test_a_damaged_link_still_leads_to_the_video(client: TestClient, query: str) -> None:
    answer = client.get(f"/quote/first-days{query}")

    assert answer.status_code == 200
    assert "has no quote to show" in answer.text
    assert "<blockquote" not in answer.text
    assert "bleach" not in answer.text.partition("<main")[2]
    assert "/media/first-days.mp4" in answer.text


def test_a_link_cannot_quote_a_whole_talk(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = client.get(STAGE_4).url
    monkeypatch.setattr("webapp.presenters.sharing.quotation.LONGEST_MS", 1_000)

    answer = client.get(str(address))

    assert answer.status_code == 200
    assert "has no quote to show" in answer.text
    assert "<blockquote" not in answer.text


def test_a_time_beyond_the_end_plays_from_the_beginning(client: TestClient) -> None:
    answer = client.get("/quote/first-days?lang=en&from=9000&words=AAAAAAAAAA.AAAA&to=9001")

    assert 'src="/media/first-days.mp4#t=0.000"' in answer.text


@pytest.mark.parametrize(
    ("path", "status", "lands"),
    [
        ("/quote/nothing", 404, "/quote/nothing"),
        ("/quote/nothing/choose", 404, "/quote/nothing/choose"),
        ("/quote/elsewhere/choose?from=4", 200, "/watch/elsewhere"),
        ("/quote/silent?from=1&to=2&words=AAAA.AAAA", 200, "/quote/silent"),
        ("/quote/first-days/choose?from=x&to=y&lang=zz", 200, "/quote/first-days"),
    ],
)
def test_an_odd_address_is_no_error(client: TestClient, path: str, status: int, lands: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.url.path) == (status, lands)


def test_a_quote_page_tells_who_has_no_name_from_who_has_one(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    corrected(tmp_path, ("<v Dr. Tess Sample>It does not", "- It does not"))

    with TestClient(app, base_url="http://hope.example") as client:
        english, spanish = client.get(STAGE_4).text, client.get(f"/es{STAGE_4}").text

    figure = english.partition("<figcaption>")
    assert '<b class="speaker">Dr. Tess Sample:</b> Stage 4 means' in figure[0]
    assert '<b class="speaker">Another speaker:</b> It does not mean' in figure[0]
    assert "In this video:" in figure[2].partition("</figcaption>")[0]
    other = '<b class="speaker"><span lang="es">Otra persona</span>:</b> It does not mean'
    assert other in spanish


def test_a_moment_that_was_found_can_be_quoted(client: TestClient) -> None:
    page = client.get("/search?q=what+does+stage+4+mean").text

    address = unescape(re.findall(r'class="quote-this" href="([^"]+)"', page)[0])

    assert address.startswith("/quote/first-days/choose?lang=en&from=4.25&to=")
    assert WORDS in client.get(address).text
