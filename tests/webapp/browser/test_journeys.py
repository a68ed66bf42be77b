"""From a worry to the sheet for an appointment, by keyboard alone, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect
from visitor import PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(whole_site: str) -> str:
    return whole_site


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def visit(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    visitor = Visitor(browser, site, PHONE, script=request.param)
    yield visitor
    visitor.context.close()


def press(wanted: Locator, key: str = "Enter") -> None:
    """Reach something by Tab alone and press a key on it."""
    for _ in range(80):
        wanted.page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            wanted.page.keyboard.press(key)
            return
    raise AssertionError(f"{wanted} is not reached by the keyboard")


def test_a_patient_takes_an_answer_along(visit: Visitor) -> None:
    page = visit.page
    page.goto("/")

    press(page.locator(".questions a").first)
    page.wait_for_url("**/search?q=*")
    press(page.locator(".best .facts a"))
    page.wait_for_url("**/watch/first-days?t=*")
    expect(page.locator(".landing")).to_contain_text("Stage 4 means")
    scripted = page.locator("button[data-keep-here]").count() == 1
    press(page.locator("[data-keep-here]"))
    if scripted:
        expect(page.locator("[data-keep-here]")).to_contain_text("Kept")
        press(page.locator(".ways summary"))
        press(page.locator(".ways [href='/appointment']"))
    page.wait_for_url("**/appointment*")

    expect(page.locator(".kept-list blockquote")).to_contain_text("What does stage 4 mean?")
    page.emulate_media(media="print")
    expect(page.get_by_text("Let's look at this together.")).to_be_visible()


def test_an_advocate_passes_an_answer_on(visit: Visitor) -> None:
    page = visit.page
    page.goto("/search?q=what+does+stage+4+mean")

    if page.locator(".best button.keep").count():  # buttons are one stop, with arrows between
        press(page.locator(".best .keep"), "ArrowRight")
        page.keyboard.press("Enter")
    else:
        press(page.locator(".best .quote-this"))
    page.wait_for_url("**/quote/first-days?*")
    shared = page.get_by_label("Link", exact=True).input_value()
    page.goto(shared)

    expect(page.locator(".quote blockquote")).to_contain_text("Stage 4 means that")


def test_the_switch_of_language_keeps_the_page(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days?t=8&q=stage")

    press(page.locator(".tongues summary"))
    press(page.locator(".tongues a[hreflang=es]"))

    page.wait_for_url("**/es/watch/first-days?q=stage&t=8")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    press(page.locator(".tongues summary"))
    press(page.locator(".tongues a[hreflang=en]"))
    page.wait_for_url("**/en/watch/first-days?q=stage&t=8")
