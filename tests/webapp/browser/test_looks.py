"""What holds on every page, seen in a browser: each is opened once and measured, then judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from site_pages import PAGES, SitePage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ZOOMED = ViewportSize(width=320, height=640)  # also 1280 px at 400 %

# Shifts of what is there already; parts of the browser's own controls have no node here. Once all
# words have arrived nothing may move. While they arrive a line may settle, well below the 0.1 that
# Web Vitals call good (https://web.dev/articles/cls).
WATCH_SHIFTS = """
  window.shifted = [];
  let settled = 0;
  new PerformanceObserver((list) => {
    const [loading] = performance.getEntriesByType("navigation");
    for (const entry of list.getEntries()) {
      const moved = entry.sources.map((source) => source.node).filter(Boolean);
      if (!moved.length) continue;
      const arrived = loading.domInteractive && entry.startTime > loading.domInteractive + 100;
      settled += entry.value;
      if (arrived || settled >= 0.05) {
        shifted.push(entry.value + " " + moved.map((e) => e.nodeName).join());
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
"""

MEASURE = """() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".unseen");
  const brief = (e) => e.outerHTML.slice(0, 90);
  // A menu of the head lies over the page while it is open: test_header.py looks at those.
  all("main details").forEach((e) => { e.open = true });
  const levels = all("h1, h2, h3, h4, h5, h6").filter(shown).map((e) => Number(e.tagName[1]));

  // WCAG 2.5.8 lets links in a sentence be as high as its line. So are those of a line of text.
  const inText = (e) => e.matches(".said a, .skip, .pass") ||
    (e.matches("a") && getComputedStyle(e).display === "inline" && (() => {
      const block = e.closest("p, li, dd, td, figcaption, blockquote");
      const text = (block?.textContent ?? "").trim().length - e.textContent.trim().length;
      return text > 3;
    })());
  const targets = all("a[href], button, input:not([type=hidden]), summary, textarea, select")
    .filter(shown);
  const small = targets.filter((e) => !inText(e)).filter((e) => {
    const box = e.getBoundingClientRect();
    return box.height < 43.5 || box.width < 24;
  });

  // What moves although reduced motion is asked for.
  const moving = all("body, body *:not(track)").filter((e) => {
    const style = getComputedStyle(e);
    return style.animationName !== "none" || style.scrollBehavior === "smooth" ||
      style.transitionDuration.split(",").some((one) => parseFloat(one) > 0);
  });

  // What is focused shows it, and nothing lies over it.
  const dim = [], covered = [];
  for (const e of targets) {
    e.focus();
    if (document.activeElement !== e) continue;
    const style = getComputedStyle(e);
    if (parseFloat(style.outlineWidth) < 2 || style.outlineStyle === "none") dim.push(brief(e));
    const box = [...e.getClientRects()].find((r) => r.width) ?? e.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!top || !(e.contains(top) || top.contains(e))) covered.push(brief(e));
  }
  document.activeElement.blur();

  const clipped = () => all("main *, header *, footer *").filter(shown).filter((e) => {
    const style = getComputedStyle(e);
    return ["hidden", "clip"].includes(style.overflowX) && e.children.length === 0 &&
      e.scrollWidth > e.clientWidth + 1 && !e.matches("textarea, video, input, .pass");
  }).map(brief);
  const wide = () => document.documentElement.scrollWidth;
  const found = {
    h1: all("h1").length, levels, wide: wide(), small: small.map(brief), moving: moving.map(brief),
    dim, covered, cookie: document.cookie, kept: Object.keys(localStorage),
    session: Object.keys(sessionStorage), shifted: window.shifted,
    landmarks: ["main", "header.top", "footer"].filter((e) => document.querySelector(e)),
    inline: all("[style], style, script:not([src]):not([type='application/ld+json'])").map(brief),
    on: all("*").filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).map(brief),
    blocking: all("head script[src]:not([type=module]):not([defer]):not([async])").map(brief),
    sheets: all("link[rel=stylesheet]").length,
  };
  document.documentElement.style.fontSize = "200%";
  return { ...found, wideAtTwice: wide(), clippedAtTwice: clipped() };
}"""


@dataclass
class Seen:
    """What a browser saw of a page, and what it asked and complained of meanwhile."""

    page: SitePage
    measured: dict[str, Any] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    cookies: int = 0


@pytest.fixture(scope="module")
def everything(browser: Browser, whole_site: str) -> list[Seen]:
    """Every page, one after the other in one tab that keeps no file: each comes as if first."""
    seen: list[Seen] = []
    with browser.new_context(
        base_url=whole_site, viewport=ZOOMED, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        cached = context.new_cdp_session(page)
        cached.send("Network.enable")
        cached.send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.add_init_script(WATCH_SHIFTS)
        _listen(page, whole_site, seen)
        for one in PAGES:
            seen.append(Seen(one))
            seen[-1].measured = _measured(page, one)
            seen[-1].cookies = len(context.cookies())
    return seen


def _measured(page: Page, one: SitePage) -> dict[str, Any]:
    page.goto(one.path, wait_until="networkidle" if "YouTube" in one.kind else "load")
    # Two frames: what scripts put in place has been drawn.
    page.evaluate("() => new Promise((r) => requestAnimationFrame(() => setTimeout(r, 30)))")
    measured: dict[str, Any] = page.evaluate(MEASURE)
    return measured


def _listen(page: Page, address: str, seen: list[Seen]) -> None:
    """Write down what the page last opened asks of others, and what it complains of."""
    page.on("console", lambda message: seen[-1].complaints.append(message.text))
    page.on("pageerror", lambda err: seen[-1].complaints.append(str(err)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(address) else seen[-1].foreign.append(request.url)
        ),
    )


def told(everything: list[Seen], *names: str) -> dict[str, Any]:
    """What was measured under these names where there was any."""
    return {
        f"{seen.page.kind}: {name}": seen.measured[name]
        for seen in everything
        for name in names
        if seen.measured[name]
    }


def test_a_page_reflows_at_320_pixels_and_at_four_times_the_size(everything: list[Seen]) -> None:
    assert {s.page.kind: s.measured["wide"] for s in everything if s.measured["wide"] > 320} == {}


def test_text_of_twice_the_size_loses_nothing(everything: list[Seen]) -> None:
    wide = {s.page.kind: s.measured["wideAtTwice"] for s in everything}

    assert {kind: width for kind, width in wide.items() if width > 320} == {}
    assert told(everything, "clippedAtTwice") == {}


def test_headings_are_one_and_its_parts_in_order(everything: list[Seen]) -> None:
    for seen in everything:
        levels = seen.measured["levels"]
        assert seen.measured["h1"] == 1, seen.page
        assert levels[0] == 1, seen.page
        steps = pairwise(levels)
        assert all(below <= above + 1 for above, below in steps), (seen.page, levels)


def test_each_page_has_its_landmarks(everything: list[Seen]) -> None:
    for seen in everything:
        wanted = ["main"] if seen.page.framed else ["main", "header.top", "footer"]
        assert seen.measured["landmarks"] == wanted, seen.page


def test_what_is_tapped_is_44_pixels_high_but_for_links_in_a_text(everything: list[Seen]) -> None:
    assert told(everything, "small") == {}


def test_what_is_focused_shows_it_and_is_not_covered(everything: list[Seen]) -> None:
    assert told(everything, "dim", "covered") == {}


def test_nothing_moves_for_who_asked_for_less_of_it(everything: list[Seen]) -> None:
    assert told(everything, "moving") == {}


def test_nothing_shifts_while_a_page_loads(everything: list[Seen]) -> None:
    assert told(everything, "shifted") == {}


def test_nothing_is_inline_and_nothing_holds_up_the_first_sight(everything: list[Seen]) -> None:
    assert told(everything, "inline", "on", "blocking") == {}
    assert {seen.measured["sheets"] for seen in everything} == {1}


def test_nobody_else_is_asked_and_nothing_is_kept_before_a_tap(everything: list[Seen]) -> None:
    assert [url for seen in everything for url in seen.foreign] == []
    assert [seen.page.kind for seen in everything if seen.cookies] == []
    assert told(everything, "cookie", "kept", "session") == {}


def test_no_page_makes_the_browser_complain(everything: list[Seen]) -> None:
    for seen in everything:
        expected = 0 if seen.page.status == 200 else 1  # that the page itself was refused
        others = [text for text in seen.complaints if f"status of {seen.page.status}" not in text]
        assert others == [], seen.page
        assert len(seen.complaints) <= expected, seen.page
