from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

TOO_SMALL = """() => [...document.querySelectorAll("header :is(a, input, button, summary)")]
  .filter((e) => e.checkVisibility())
  .map((e) => e.getBoundingClientRect()).filter((r) => r.height < 43.5 || r.width < 43.5).length"""


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site,
        viewport={"width": 320, "height": 640},
        java_script_enabled=request.param,
        locale="en-US",
    )
    yield context.new_page()
    context.close()


def focused(page: Page, name: str) -> None:
    """Go from link to link with the keyboard until one of that name has the focus."""
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == name:
            return
    pytest.fail(f"no way to {name} with the keyboard")


def test_the_language_is_switched_by_keyboard_and_the_page_stays(page: Page) -> None:
    page.goto("/watch/first-days?t=8")

    page.locator(".tongues summary").focus()
    page.keyboard.press("Enter")
    focused(page, "Español")
    page.keyboard.press("Enter")

    expect(page).to_have_url("/es/watch/first-days?t=8")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator(".ways summary").click()
    page.get_by_role("link", name="Preguntas", exact=True).click()
    expect(page).to_have_url("/es/questions")


def test_a_search_from_a_spanish_page_is_answered_in_spanish(page: Page) -> None:
    page.goto("/es/about")

    page.locator("header").get_by_role("link", name="Buscar").click()
    page.get_by_label("Su pregunta").fill("etapa 4")
    page.keyboard.press("Enter")

    expect(page).to_have_url("/es/search?q=etapa+4")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lo que dicen los expertos")


def test_data_for_search_engines_is_no_script_to_the_policy(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto("/es/watch/first-days")

    assert page.locator("script[type='application/ld+json']").count() > 0
    assert complaints == []


@pytest.mark.parametrize("path", ["/", "/es/", "/es/appointment"])
def test_the_header_fits_a_small_phone_and_a_thumb(browser: Browser, site: str, path: str) -> None:
    page = browser.new_page(base_url=site, viewport={"width": 320, "height": 640})

    page.goto(path)

    assert page.evaluate(TOO_SMALL) == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
