from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from browser import served
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from small_site import corrected, indexed_library, small_app
from starlette.applications import Starlette

from indexer import Shelf
from webapp.app import create_app

STAGE_4 = "/quote/first-days/choose?lang=en&from=8.5&to=20"
WORDS = "Stage 4 means that the cancer has spread to another part of the body."


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return small_app(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def site(app: Starlette) -> Iterator[str]:
    with served(app) as address:
        yield address


@contextmanager
def visitor(browser: Browser, site: str, *, script: bool = True) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(base_url=site, java_script_enabled=script)
    page = context.new_page()
    page.set_default_timeout(8000)
    yield page
    context.close()


CLOCK = "document.querySelector('video').currentTime"


@pytest.mark.browser
def test_a_clip_stops_at_its_end_and_plays_on_when_asked(browser: Browser, site: str) -> None:
    with visitor(browser, site) as page:
        page.goto("/quote/first-days/choose?lang=en&from=8.5&to=14")
        video = page.locator("video")
        video.evaluate("v => v.play().then(() => { v.currentTime = 13.4 })")

        expect(page.get_by_text("The part has ended.")).to_be_visible()
        stopped = page.evaluate(CLOCK)
        paused = video.evaluate("v => v.paused")
        video.evaluate("v => v.play()")
        page.wait_for_timeout(400)
        beyond = page.evaluate(CLOCK)

        assert paused
        assert abs(stopped - 14) < 0.3
        assert beyond > stopped
        page.get_by_role("button", name="Play this part again").press("Enter")
        expect(page.get_by_text("The part has ended.")).to_have_count(0)
        assert 8.4 <= page.evaluate(CLOCK) < 10


@pytest.mark.browser
def test_a_quote_link_is_found_again_after_captions_change(
    browser: Browser, tmp_path: Path
) -> None:
    library = indexed_library(tmp_path)
    with served(create_app(library, Shelf(library))) as site, visitor(browser, site) as page:
        page.goto("/watch/first-days?t=8")
        link = page.request.get(STAGE_4).url
        corrected(
            tmp_path,
            ("00:00:08.500 --> 00:00:14.000", "00:00:24.500 --> 00:00:30.000"),
            ("00:00:14.500 --> 00:00:20.000", "00:00:30.500 --> 00:00:36.000"),
            ("has spread to another part", "had spread to one other part"),
        )

        page.goto(link)

        quote = page.locator(".quote blockquote")
        expect(quote).to_contain_text("Stage 4 means that the cancer had spread to one other part")
        expect(page.get_by_text("have changed since this link was made")).to_be_visible()
        expect(page.locator("video")).to_have_attribute("src", re.compile("#t=24.500,36.000$"))


@pytest.mark.browser
@pytest.mark.parametrize("allowed", [True, False], ids=["clipboard", "clipboard refused"])
def test_a_text_is_copied_and_said_to_be(browser: Browser, site: str, allowed: bool) -> None:
    with visitor(browser, site) as page:
        if allowed:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        else:
            page.add_init_script(
                "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));"
                "document.execCommand = () => false"
            )
        page.goto(STAGE_4)
        button = page.get_by_role("button", name="Copy Text")
        button.press("Enter")

        told = page.locator("[role=status]", has_text="Copied." if allowed else "copy it yourself")
        expect(told).to_be_visible()
        area = page.locator("#copy-text")
        if allowed:
            copied = page.evaluate("() => navigator.clipboard.readText()")
            assert copied == area.input_value()
        else:
            assert area.evaluate("a => a.selectionEnd - a.selectionStart === a.value.length")


@pytest.mark.browser
def test_without_script_texts_are_there_to_be_copied(browser: Browser, site: str) -> None:
    with visitor(browser, site, script=False) as page:
        page.goto(STAGE_4)

        expect(page.get_by_role("button", name="Copy")).to_have_count(0)
        expect(page.get_by_label("Markdown")).to_have_value(re.compile("^> “Stage 4 means"))
        page.get_by_role("link", name="Add the sentence after").click()
        expect(page.locator(".quote")).to_contain_text(
            "Ask for biomarker testing <alk>before</alk>"
        )


@pytest.mark.browser
def test_beside_the_player_the_link_and_the_quote_follow_what_is_said(
    browser: Browser, site: str
) -> None:
    with visitor(browser, site) as page:
        page.goto("/watch/first-days?t=8")
        page.get_by_text("Share or quote this second").press("Enter")
        link = page.get_by_label("Link to this second")
        expect(link).to_have_value(f"{site}/watch/first-days?t=8&lang=en")

        page.locator("#s40200").click()

        expect(link).to_have_value(f"{site}/watch/first-days?t=40&lang=en")
        page.get_by_role("link", name="Quote this").first.press("Enter")
        expect(page.locator(".quote")).to_contain_text(
            "Ask for biomarker testing <alk>before</alk>"
        )


@pytest.mark.browser
def test_marked_sentences_can_be_quoted(browser: Browser, site: str) -> None:
    with visitor(browser, site) as page:
        page.goto("/watch/first-days?t=8")
        page.evaluate(
            "getSelection().setBaseAndExtent(document.getElementById('s4500').firstChild, 3,"
            " document.getElementById('s8500').firstChild, 4)"
        )

        page.get_by_role("link", name="Quote", exact=True).click()

        expect(page.locator(".quote blockquote p")).to_have_text(
            ["Ada Example: What does stage 4 mean?", f"Dr. Tess Sample: {WORDS}"]
        )


@pytest.mark.browser
def test_youtube_plays_the_part_after_a_tap(browser: Browser, site: str) -> None:
    with visitor(browser, site) as page:
        foreign: list[str] = []

        def answer(route: Route) -> None:
            foreign.append(route.request.url)
            route.fulfill(body="player")

        page.context.route(lambda url: not url.startswith(site), answer)
        page.goto("/quote/pills/choose?lang=en&from=30&to=36", wait_until="networkidle")
        assert foreign == []

        page.get_by_role("button", name="Play this part").press("Enter")

        frame = page.locator("iframe")
        expect(frame).to_have_attribute("referrerpolicy", "strict-origin-when-cross-origin")
        asked = dict(parse_qsl(urlsplit(frame.get_attribute("src") or "").query))
        assert (asked["start"], asked["end"]) == ("30", "36")
        assert {urlsplit(url).netloc for url in foreign} == {"www.youtube-nocookie.com"}
