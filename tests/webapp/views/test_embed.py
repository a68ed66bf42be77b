from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from browser import served
from frames import FRIEND, STAGE_4, Frames, framed_at
from playwright.sync_api import Browser, Locator, Page, expect
from small_site import small_app
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from visitor import wait_until

from webapp.middleware.security import POLICY
from webapp.presenters.sharing.citation import frame as frame_code


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return small_app(tmp_path_factory.mktemp("library"))


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


@pytest.mark.browser
def test_a_frame_is_as_high_as_its_content(browser: Browser, tmp_path: Path) -> None:
    app = small_app(tmp_path)
    code = ""

    async def hosting(_request: object) -> HTMLResponse:
        return HTMLResponse(f"<!doctype html><body>{code}")

    host = Starlette(routes=[Route("/", hosting)])
    with served(app) as site, served(host) as friend:
        old = app.state.site
        app.state.site = replace(old, operator=replace(old.operator, embed_at=(friend,)))
        context = browser.new_context(viewport={"width": 500, "height": 900})
        page = context.new_page()
        address = page.request.get(site + STAGE_4).url.replace("/quote/", "/embed/")
        code = frame_code(address, "A quote", site=site)
        page.goto(friend)
        inside = page.frame_locator("iframe").locator("html")
        expect(inside.locator("blockquote")).to_contain_text("Stage 4 means")
        heights = []
        for width in (500, 320, 900):
            page.set_viewport_size({"width": width, "height": 900})
            heights.append(_settled_height(page, inside, width))
        assert heights[1] > heights[0]

        # As WordPress does it: shut in, and with a secret that comes back with the height.
        code = f'<iframe sandbox="allow-scripts" width="500" src="{address}#?secret=abc"></iframe>'
        page.add_init_script(
            "window.told = []; addEventListener('message', (e) => told.push(e.data))"
        )
        page.goto(friend)
        wait_until(page, "told.some((one) => one.message === 'height' && one.secret === 'abc')")
        context.close()


def _settled_height(page: Page, inside: Locator, width: int) -> int:
    """How high a frame of this width is, once that is as high as its content."""
    deadline = time.monotonic() + 8
    seen = None
    while True:
        wide, frame = page.locator("iframe").evaluate(
            "(one) => [one.clientWidth, one.clientHeight]"
        )
        content = inside.evaluate("(html) => Math.ceil(html.getBoundingClientRect().height)")
        fits = frame == content and frame != 620 and wide <= width
        if fits and seen == frame:
            return int(frame)
        seen = frame if fits else None
        assert time.monotonic() < deadline, f"the frame is {frame} high, its content {content}"
        time.sleep(0.1)
