from __future__ import annotations

from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from frames import FRIEND, STAGE_4, Frames, framed_at
from PIL import Image
from small_site import small_app
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalog import Library
from indexer import Shelf
from webapp.app import create_app


class Links(HTMLParser):
    """Where a page says that programs learn how to show it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.oembed: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "link" and found.get("type") == "application/json+oembed":
            self.oembed.append(str(found["href"]))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return small_app(tmp_path_factory.mktemp("library"))


@pytest.mark.parametrize("page", ["/watch/first-days?t=8", "/es/watch/first-days?t=8", STAGE_4])
def test_oembed_tells_how_to_show_a_page(app: Starlette, page: str) -> None:
    with framed_at(app, FRIEND) as client:
        url = quote(str(client.get(page).url), safe="")
        told = client.get(f"/oembed?url={url}&maxwidth=400&format=json")
        answer = told.json()
        (frame,) = Frames(answer["html"]).found
        framed = client.get(str(frame["src"]))

    assert told.headers["content-type"] == "application/json"
    assert (answer["version"], answer["type"], answer["width"]) == ("1.0", "rich", 400)
    assert answer["title"] == "The first days & weeks"
    assert frame["width"] == "400"
    assert "#t=8." in framed.text


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://elsewhere.example/watch/first-days",
        "http://hope.example/watch/nothing",
        "http://hope.example/search?q=x",
        "http://hope.example/watch/first-days/more",
        "http://[",
        "http://hope.example:8080/watch/first-days",
        "http://hope.example@evil.example/watch/first-days",
        "//hope.example/watch/first-days",
        "javascript:alert(1)",
    ],
)
def test_oembed_knows_only_pages_of_this_site(app: Starlette, url: str) -> None:
    with framed_at(app, FRIEND) as client:
        answer = client.get("/oembed", params={"url": url})

    assert answer.status_code == 404
    assert "error" in answer.json()


def test_oembed_offers_nothing_that_may_not_be_framed(app: Starlette) -> None:
    answer = TestClient(app, base_url="http://hope.example").get(
        "/oembed", params={"url": "http://hope.example/watch/first-days"}
    )

    assert answer.status_code == 404


def test_oembed_speaks_json_alone(app: Starlette) -> None:
    with framed_at(app, FRIEND) as client:
        url = quote("http://hope.example/watch/first-days", safe="")
        known = [client.get(f"/oembed?url={url}&format={one}") for one in ("", "JSON", "json%20")]

        assert [answer.status_code for answer in known] == [200, 200, 200]
        assert client.get(f"/oembed?url={url}&format=xml").status_code == 501


def test_without_an_index_programs_are_told_in_json(tmp_path: Path) -> None:
    library = Library(tmp_path)
    client = TestClient(create_app(library, Shelf(library)))

    answer = client.get("/oembed?url=http://testserver/watch/talk")

    assert (answer.status_code, set(answer.json())) == (503, {"error"})


@pytest.mark.parametrize(
    "url",
    [
        "HTTP://Hope.Example/watch/first-days?t=8",
        "http://hope.example:80/watch/first-days?t=8",
        "https://hope.example:443/watch/first-days/?t=0:08&utm_source=x",
        "http://hope.example/watch/first-days?lang=en&amp;t=8.",
        "http://hope.example/watch/first-days?start=8)",
        "<http://hope.example/watch/first-days%3Ft%3D8>",
    ],
)
def test_an_address_is_known_however_it_is_written(app: Starlette, url: str) -> None:
    with framed_at(app, FRIEND) as client:
        (frame,) = Frames(client.get("/oembed", params={"url": url}).json()["html"]).found
        framed = client.get(str(frame["src"]))

    assert "#t=8." in framed.text


@pytest.mark.parametrize(
    ("most", "size", "picture"),
    [
        ({}, (640, 620), (1200, 630)),
        ({"maxwidth": "9999"}, (640, 620), (1200, 630)),
        ({"maxwidth": "640"}, (640, 620), (600, 315)),
        ({"maxwidth": "150", "maxheight": "90"}, (150, 90), None),
        ({"maxheight": "200"}, (640, 200), (300, 158)),
        ({"maxwidth": "0", "maxheight": "-5"}, (640, 620), (1200, 630)),
        ({"maxwidth": "wide"}, (640, 620), (1200, 630)),
    ],
)
def test_nothing_is_larger_than_was_asked_for(
    app: Starlette, most: dict[str, str], size: tuple[int, int], picture: tuple[int, int] | None
) -> None:
    url = "http://hope.example/watch/first-days?t=8"
    with framed_at(app, FRIEND) as client:
        told = client.get("/oembed", params={"url": url, **most}).json()
        (frame,) = Frames(told["html"]).found
        shown = client.get(told["thumbnail_url"]).content if picture else b""

    assert (told["width"], told["height"]) == size
    assert (frame["width"], frame["height"]) == (str(size[0]), str(size[1]))
    assert picture == (
        (told["thumbnail_width"], told["thumbnail_height"]) if "thumbnail_url" in told else None
    )
    if picture:
        with Image.open(BytesIO(shown)) as image:
            assert image.size == picture
    # What may not be higher is not made so.
    assert ("<script" in told["html"]) is ("maxheight" not in most or most["maxheight"] == "-5")


@pytest.mark.parametrize("page", ["/watch/first-days?t=8", "/es/watch/first-days?t=8", STAGE_4])
def test_a_page_names_where_programs_learn_of_it(app: Starlette, page: str) -> None:
    with framed_at(app, FRIEND) as client:
        found = Links(client.get(page).text).oembed
        told = client.get(found[0]).json()
        (frame,) = Frames(told["html"]).found
        framed = client.get(str(frame["src"])).text

    assert len(found) == 1
    assert "#t=8." in framed
    assert ('<html lang="es">' in framed) is page.startswith("/es")


def test_without_frames_there_is_nothing_to_learn(app: Starlette) -> None:
    assert Links(TestClient(app).get("/watch/first-days").text).oembed == []
