from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import served
from playwright.sync_api import Browser, expect
from small_site import small_app
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from catalog import Library
from indexer import Shelf
from webapp.app import create_app
from webapp.middleware.security import POLICY

FRIEND = "https://friend.example"
STAGE_4 = "/quote/first-days/choose?lang=en&from=8.5&to=20"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return small_app(tmp_path_factory.mktemp("library"))


@contextmanager
def framed_at(app: Starlette, *origins: str) -> Iterator[TestClient]:
    site = app.state.site
    app.state.site = replace(site, operator=replace(site.operator, embed_at=origins))
    yield TestClient(app, base_url="http://hope.example")
    app.state.site = site


class Frames(HTMLParser):
    """The attributes of the frames in a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.found.append(dict(attrs))


def test_nobody_may_frame_a_page_until_the_operator_allows_it(app: Starlette) -> None:
    client = TestClient(app)

    assert "frame-ancestors 'none'" in POLICY
    for path in ("/", "/watch/first-days", STAGE_4, "/embed/first-days", "/embed/nothing"):
        assert client.get(path).headers["content-security-policy"] == POLICY, path
    assert "does not let other sites show its player" in client.get(STAGE_4).text
    assert "<iframe" not in client.get(STAGE_4).text


def test_where_the_operator_allows_it_only_frames_may_be_framed(app: Starlette) -> None:
    with framed_at(app, FRIEND, "https://b.example:8443") as client:
        pages = {path: client.get(path) for path in ("/", "/watch/first-days", STAGE_4)}
        frames = {path: client.get(path) for path in ("/embed/first-days", "/es/embed/nothing")}

    allowed = POLICY.replace("'none'\0", "").removesuffix("'none'")
    for path, page in pages.items():
        assert page.headers["content-security-policy"] == POLICY, path
    for path, frame in frames.items():
        policy = frame.headers["content-security-policy"]
        assert policy == f"{allowed}{FRIEND} https://b.example:8443", path
        assert frame.headers["x-content-type-options"] == "nosniff"


def test_the_code_to_embed_shows_the_quote_in_a_frame_that_can_play(app: Starlette) -> None:
    with framed_at(app, FRIEND) as client:
        page = client.get(STAGE_4)
        code = page.text.partition('<textarea id="copy-embed"')[2].partition("</textarea>")[0]
        (frame,) = Frames(code.partition(">")[2].replace("&lt;", "<").replace("&gt;", ">")
                          .replace("&#34;", '"').replace("&amp;", "&")).found  # fmt: skip
        framed = client.get(str(frame["src"]))

    assert frame["src"] == str(page.url).replace("/quote/", "/embed/")
    assert frame["title"] == "The first days & weeks"
    assert frame["referrerpolicy"] == "strict-origin-when-cross-origin"
    assert "fullscreen" in str(frame["allow"])
    assert frame["loading"] == "lazy"
    assert "Stage 4 means that the cancer has spread" in framed.text
    assert "Captions written by people" in framed.text
    assert 'href="http://hope.example/watch/first-days?t=8"' in framed.text


def test_a_whole_video_is_embedded_from_a_second_on(app: Starlette) -> None:
    answer = TestClient(app).get("/embed/first-days?t=40")

    assert 'src="/media/first-days.mp4#t=40.000"' in answer.text
    assert "This is not medical advice." in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/embed/nothing", 404),
        ("/embed/first-days?t=x", 200),
        ("/embed/first-days?t=99999", 200),
        ("/embed/first-days?words=x", 200),
        ("/embed/elsewhere?t=4", 200),
        ("/embed/pills?t=30", 200),
    ],
)
def test_an_odd_frame_is_no_error(app: Starlette, path: str, status: int) -> None:
    assert TestClient(app).get(path).status_code == status


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
        assert client.get("/oembed?url=x&format=xml").status_code == 501


@pytest.mark.browser
def test_a_frame_shows_on_a_site_that_may_and_on_no_other(browser: Browser, tmp_path: Path) -> None:
    app = small_app(tmp_path)
    address = ""

    async def hosting(_request: object) -> HTMLResponse:
        return HTMLResponse(f'<!doctype html><iframe src="{address}" width="640" height="640">')

    host = Starlette(routes=[Route("/", hosting)])
    with served(app) as site, served(host) as friend, served(host) as stranger:
        old = app.state.site
        app.state.site = replace(old, operator=replace(old.operator, embed_at=(friend,)))
        context = browser.new_context()
        page = context.new_page()
        address = page.request.get(site + STAGE_4).url.replace("/quote/", "/embed/")
        page.goto(friend)
        frame = page.frame_locator("iframe")
        expect(frame.locator("blockquote")).to_contain_text("Stage 4 means that the cancer has")
        frame.locator("video").evaluate("v => v.play().then(() => { v.currentTime = 19.5 })")
        expect(frame.get_by_text("The part has ended.")).to_be_visible()

        refusals: list[str] = []
        page.on("console", lambda message: refusals.append(message.text))
        page.goto(stranger, wait_until="networkidle")

        assert any("frame-ancestors" in text for text in refusals)
        assert not page.frames[-1].url.startswith(site)
        context.close()


def test_without_an_index_programs_are_told_in_json(tmp_path: Path) -> None:
    library = Library(tmp_path)
    client = TestClient(create_app(library, Shelf(library)))

    answer = client.get("/oembed?url=http://testserver/watch/talk")

    assert (answer.status_code, set(answer.json())) == (503, {"error"})
