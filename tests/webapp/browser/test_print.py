"""Every page on paper: its own words, black on white, and nothing of what surrounds them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser
from site_pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ON_PAPER = """() => {
  const all = (what) => [...document.querySelectorAll(what)].filter((e) => e.checkVisibility());
  const brief = (e) => e.outerHTML.slice(0, 90);
  const own = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const light = (colour) => {
    const [r, g, b, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
    return alpha === 0 || Math.min(r, g, b) > 200;
  };
  const dark = (colour) => Math.max(...colour.match(/[\\d.]+/g).slice(0, 3).map(Number)) < 120;
  const seen = all("body, main, main *").filter((e) => !e.closest("svg, video, .unseen"));
  return {
    chrome: all("header.top, footer a, nav, .skip, .player, form, button")
      .filter((e) => e.getClientRects().length).map(brief),
    words: (document.querySelector("main").innerText ?? "").trim().length,
    pale: seen.filter((e) => own(e) && !dark(getComputedStyle(e).color)).map(brief),
    empty: all("main section").filter((e) => e.querySelector("h2") && e.innerText.trim() ===
      e.querySelector("h2").innerText.trim()).map(brief),
    grounds: seen.filter((e) => !light(getComputedStyle(e).backgroundColor)).map(brief),
  };
}"""


@pytest.fixture(scope="module")
def papers(browser: Browser, whole_site: str) -> dict[str, Any]:
    """What each page looks like on paper for somebody whose screen is dark."""
    found = {}
    with browser.new_context(base_url=whole_site, color_scheme="dark") as context:
        page = context.new_page()
        page.emulate_media(media="print", color_scheme="dark")
        for one in PAGES:
            page.goto(one.path)
            found[one.kind] = page.evaluate(ON_PAPER)
    return found


@pytest.mark.parametrize("what", ["chrome", "pale", "grounds", "empty"])
def test_on_paper_there_are_a_pages_own_words_black_on_white(
    papers: dict[str, Any], what: str
) -> None:
    assert {kind: paper[what] for kind, paper in papers.items() if paper[what]} == {}


def test_something_is_left_on_paper(papers: dict[str, Any]) -> None:
    assert [kind for kind, paper in papers.items() if paper["words"] < 15] == []
