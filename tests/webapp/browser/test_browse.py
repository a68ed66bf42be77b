"""Browsing and the urgent signpost in a real browser, by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    viewport = ViewportSize(width=390, height=844)
    with browser.new_context(java_script_enabled=request.param, viewport=viewport) as context:
        yield context.new_page()


def test_the_number_to_call_is_reached_before_the_answers_by_keyboard(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/search?q=stage+4+chest+pain")

    page.locator(".search button").focus()
    page.keyboard.press("Tab")

    call = page.locator(".urgent a.call")
    assert page.locator("a.call:focus").count() == 1
    box = call.bounding_box()
    assert box
    assert box["height"] >= 44
    assert page.get_by_role("region", name="Is this happening now?").is_visible()
    assert page.locator(".best").first.is_visible()


def test_from_a_term_people_reach_the_second_where_it_is_said(page: Page, site: str) -> None:
    page.goto(f"{site}/term/lorlatinib")

    page.locator(".row a.time").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/watch/pills?t=2*")

    assert page.get_by_role("heading", level=1).inner_text() == "Pills for ALK"


def test_nobody_elsewhere_is_asked_before_a_tap(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))

    for path in ("/topic/stages", "/term/lorlatinib", "/help"):
        page.goto(f"{site}{path}", wait_until="networkidle")

    assert set(asked) == {urlsplit(site).netloc}
