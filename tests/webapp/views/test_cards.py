from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image
from site_pages import LIST, PAGES, SitePage
from starlette.applications import Starlette
from starlette.testclient import TestClient

WORDS = "“Stage 4 means that the cancer has spread to another part of the body.”"


@pytest.fixture(scope="module")
def client(whole_app: Starlette) -> Iterator[TestClient]:
    with TestClient(whole_app, raise_server_exceptions=False) as client:
        yield client


class Head(HTMLParser):
    """The meta elements of a page, by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and (name := found.get("property") or found.get("name")):
            self.said[name] = found.get("content") or ""


def head(client: TestClient, path: str) -> dict[str, str]:
    return Head(client.get(path).text).said


@pytest.mark.parametrize("one", PAGES, ids=[page.kind for page in PAGES])
def test_every_page_has_a_picture_of_its_own_address(client: TestClient, one: SitePage) -> None:
    if one.framed or one.kind == "offline":
        return
    said = head(client, one.path)

    picture = client.get(said["og:image"])
    with Image.open(BytesIO(picture.content)) as image:
        size = image.size

    assert said["og:image"].startswith("http://testserver/card")
    assert size == (1200, 630) == (int(said["og:image:width"]), int(said["og:image:height"]))
    assert said["og:image:alt"]
    assert said["twitter:card"] == "summary_large_image"
    assert picture.headers["content-type"] == "image/png"
    assert "immutable" in picture.headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "title", "url"),
    [
        ("/watch/first-days?t=4&fbclid=x", "What does stage 4 mean?", "/watch/first-days?t=4"),
        ("/watch/first-days?t=0:08", WORDS, "/watch/first-days?t=8"),
        ("/es/watch/first-days?t=8&lang=en.", WORDS, "/es/watch/first-days?t=8&lang=en"),
        ("/watch/first-days?t=999&q=x", "The first days & weeks", "/watch/first-days"),
        ("/topic/stages?utm_source=x", "Stages", "/topic/stages"),
        ("/person/tess", "Dr. Tess Sample", "/person/tess"),
        ("/series/basics", "Basics <1>", "/series/basics"),
        (f"/appointment?{LIST}&x=1", "For my appointment", f"/appointment?{LIST}"),
        (
            "/appointment?add=pills~2-7~en",
            "For my appointment",
            "/appointment?m=pills~2-7~en",
        ),
        ("/search?q=stage+4&answers=9", "stage 4", "/search?q=stage%204"),
    ],
)
def test_what_is_told_elsewhere_keeps_the_moment(
    client: TestClient, path: str, title: str, url: str
) -> None:
    said = head(client, path)

    assert said["og:title"] == title
    assert said["og:url"] == f"http://testserver{url}"
    assert client.get(said["og:url"]).status_code == 200


def test_a_quote_is_told_with_its_words_and_who_says_them(client: TestClient) -> None:
    answer = client.get("/quote/first-days/choose?lang=en&from=8.5&to=14")
    said = Head(answer.text).said

    assert said["og:url"] == str(answer.url)
    assert said["og:title"] == WORDS
    assert said["og:description"].startswith("Dr. Tess Sample: “Stage 4 means")
    assert said["og:image:alt"].startswith(f"{WORDS} · Dr. Tess Sample · ")
    assert "0:08" in said["og:image:alt"]


def test_below_a_question_stands_who_answers_it(client: TestClient) -> None:
    said = head(client, "/watch/first-days?t=4")

    assert said["og:image:alt"].startswith("What does stage 4 mean? · Dr. Tess Sample · ")
    assert said["og:description"].startswith("Ada Example: “What does stage 4 mean?” Dr. Tess")


def test_what_somebody_asks_is_in_no_picture(client: TestClient) -> None:
    for path in ("/search?q=mysecretlump", "/watch/first-days?t=8&q=mysecretlump"):
        said = head(client, path)
        assert "mysecretlump" not in said["og:image"] + said["og:image:alt"]
    listed = head(client, f"/appointment?{LIST}&q=mysecretlump")
    assert "mysecretlump" not in listed["og:image"] + listed["og:image:alt"]


def test_a_picture_is_smaller_where_that_is_asked_for(client: TestClient) -> None:
    for asked, width in (("9999", 1200), ("640", 600), ("10", 300), ("x", 1200)):
        answer = client.get(f"/card/watch/first-days?t=8&width={asked}")
        with Image.open(BytesIO(answer.content)) as image:
            assert image.width == width
        assert "immutable" not in answer.headers["cache-control"]


def test_there_is_no_picture_of_what_is_not_there(client: TestClient) -> None:
    for path in ("/card/watch/nothing", "/card/nothing/first-days", "/card/quote/nothing"):
        assert client.get(path).status_code == 404


def test_a_picture_of_a_spanish_page_is_in_spanish(client: TestClient) -> None:
    said = head(client, "/es/")

    assert urlsplit(said["og:image"]).path == "/es/card"
    assert unescape(said["og:image:alt"]) != head(client, "/")["og:image:alt"]
