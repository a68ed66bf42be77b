"""The head of every page: one row, and its menus, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 390, 768, 1280, 1600)
PATHS = ("/", "/topic/stages", "/search?q=what+does+stage+4+mean")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def at(page: Page, width: int) -> None:
    page.set_viewport_size(ViewportSize(width=width, height=800))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_head_is_one_row_at_every_width(page: Page, site: str, language: str) -> None:
    heights = {}
    for path in PATHS:
        page.goto(f"{site}/{language}{path}")
        for width in WIDTHS:
            at(page, width)
            box = page.locator("header.top").bounding_box()
            assert box
            heights[path, width] = box["height"]

    assert {place: height for place, height in heights.items() if not 56 <= height <= 64} == {}


def test_menus_need_no_script(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/topic/stages")
        at(page, 390)

        page.locator(".ways summary").click()
        expect(page.locator(".ways").get_by_role("link", name="Help")).to_be_visible()
        page.locator(".tongues summary").click()
        page.get_by_role("link", name="Español").click()

        page.wait_for_url("**/es/topic/stages")


def test_on_a_wide_screen_the_ways_lie_open(page: Page, site: str) -> None:
    page.goto(f"{site}/topic/stages")
    at(page, 1280)

    expect(page.locator(".ways summary")).to_be_hidden()
    expect(page.locator(".ways").get_by_role("link", name="Help")).to_be_visible()


def test_a_menu_closes_on_escape_and_when_focus_goes_on(page: Page, site: str) -> None:
    page.goto(f"{site}/topic/stages")
    at(page, 390)
    menu = page.locator(".ways summary")
    help_link = page.locator(".ways").get_by_role("link", name="Help")

    menu.click()
    help_link.focus()
    page.keyboard.press("Escape")
    expect(help_link).to_be_hidden()
    expect(menu).to_be_focused()

    menu.click()
    page.locator("main a").first.focus()
    expect(help_link).to_be_hidden()


@pytest.mark.parametrize("which", [".ways", ".tongues"])
def test_what_a_menu_offers_is_easy_to_press_and_nothing_lies_over_it(
    page: Page, site: str, which: str
) -> None:
    page.goto(f"{site}/topic/stages")
    at(page, 320)

    page.locator(f"{which} summary").click()

    for link in page.locator(f"{which} a").all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= 44
        link.click(trial=True)


def test_on_a_phone_the_menu_says_how_much_is_kept(page: Page, site: str) -> None:
    page.goto(f"{site}/watch/first-days")
    at(page, 320)

    page.locator("button.keep").first.click()

    expect(page.locator(".ways summary")).to_have_text("Menu(1)")
    box = page.locator("header.top").bounding_box()
    assert box
    assert box["height"] <= 64
