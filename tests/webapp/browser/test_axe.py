"""No page has a barrier that axe can find: light and dark, narrow and wide, in each language.

Every run looks at each page once: half of them in English, narrow and light, and half in Spanish,
wide and dark, of neighbours one each. `make soak` looks at every page in all eight ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import axe_playwright_python
import pytest
import soak
from playwright.sync_api import Browser, Page, ViewportSize
from site_pages import NAMES, PAGES, SitePage, in_spanish

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Scheme = Literal["light", "dark"]
NARROW = ViewportSize(width=320, height=640)
WIDE = ViewportSize(width=1280, height=900)

LAID_OPEN = """() => {
  document.querySelectorAll("details").forEach((e) => { e.open = true });
  document.querySelectorAll("main li:nth-child(n+5), main section:nth-of-type(n+5)")
    .forEach((e) => e.remove());
}"""
LOOK = """async (options) => {
  const found = await axe.run(document, options);
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
ASKED = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}


@pytest.fixture(scope="module")
def site(whole_site: str) -> str:
    return whole_site


@pytest.fixture(scope="module")
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def opened(page: Page, path: str) -> None:
    """Go to a page, lay everything open and bring axe in; of long lists the beginning is enough."""
    page.goto(path)
    page.evaluate(LAID_OPEN)
    page.evaluate(AXE)


def barriers(page: Page, view: ViewportSize, scheme: Scheme) -> list[str]:
    """What axe finds on the page as it stands."""
    page.set_viewport_size(view)
    page.emulate_media(color_scheme=scheme)
    return [f"{scheme} {view['width']}: {one}" for one in page.evaluate(LOOK, ASKED)]


def everywhere(page: Page, path: str, view: ViewportSize, scheme: Scheme) -> list[str]:
    """What axe finds on a page in one width and colour, and in `make soak` in all of them."""
    opened(page, path)
    views = (NARROW, WIDE) if soak.LONG else (view,)
    schemes: tuple[Scheme, ...] = ("light", "dark") if soak.LONG else (scheme,)
    return [one for width in views for colours in schemes for one in barriers(page, width, colours)]


@pytest.mark.parametrize(("number", "one"), list(enumerate(PAGES)), ids=NAMES)
def test_nothing_is_in_the_way_on_any_page(page: Page, number: int, one: SitePage) -> None:
    if soak.LONG or number % 2 == 0:
        assert everywhere(page, one.path, NARROW, "light") == []
    if soak.LONG or number % 2 == 1:
        assert everywhere(page, in_spanish(one.path), WIDE, "dark") == []


def test_nothing_is_in_the_way_of_what_is_suggested(page: Page) -> None:
    opened(page, "/")
    page.get_by_role("combobox").fill("stage")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")

    assert barriers(page, NARROW, "light") + barriers(page, WIDE, "dark") == []


def test_what_is_in_the_way_is_found(page: Page) -> None:
    opened(page, "/about")
    page.evaluate("""() => {
      document.querySelector("main").insertAdjacentHTML("beforeend",
        "<img src='/favicon.ico'><p class='pale'>pale</p><input>");
      document.querySelector(".pale").style.color = "#999";
    }""")

    found = {one.split(": ")[1] for one in barriers(page, NARROW, "light")}

    assert found == {"color-contrast", "image-alt", "label"}
