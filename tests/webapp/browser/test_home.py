"""The first page and the pages to browse by: short enough to be looked over on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=request.param, viewport=PHONE) as context:
        yield context.new_page()


def test_the_field_and_its_button_are_one(page: Page, site: str) -> None:
    page.goto(f"{site}/")

    field = page.locator("#q").bounding_box()
    button = page.locator("main .search button").bounding_box()

    assert field
    assert button
    assert (field["y"], field["height"]) == (button["y"], button["height"])
    assert abs(field["x"] + field["width"] - button["x"]) <= 1


def test_a_group_of_topics_leads_to_its_topics(page: Page, site: str) -> None:
    page.goto(f"{site}/")

    page.get_by_role("link", name="To begin with").click()
    page.wait_for_url("**/topics#begin")
    page.get_by_role("link", name="Stages").click()

    page.wait_for_url("**/topic/stages")


@pytest.mark.parametrize("path", ["/", "/es/", "/topics", "/topic/stages", "/people", "/series"])
def test_no_page_to_browse_by_is_long(browser: Browser, site: str, path: str) -> None:
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{site}{path}")

        assert page.evaluate("document.documentElement.scrollHeight") < 5000
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
