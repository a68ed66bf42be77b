"""Words that are selected in a transcript: a bar beside them quotes, copies, shares, keeps them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from visitor import NARROW, PHONE, Visitor

pytestmark = pytest.mark.browser

DESKTOP = ViewportSize(width=1280, height=800)
BAR = "What you selected"
SELECT = """([first, from, last, to]) => getSelection().setBaseAndExtent(
  document.getElementById(first).firstChild, from, document.getElementById(last).firstChild, to)"""
COVERED = """() => {
  const bar = document.querySelector("[data-selected]").getBoundingClientRect();
  return [...getSelection().getRangeAt(0).getClientRects()].filter((words) =>
    words.width && words.left < bar.right && words.right > bar.left &&
    words.top < bar.bottom && words.bottom > bar.top).length;
}"""


def select(page: Page, first: str, start: int, last: str, end: int) -> None:
    """Select as a keyboard or a finger does: from a letter of one sentence to one of another."""
    page.evaluate(SELECT, [first, start, last, end])
    expect(page.get_by_role("group", name=BAR)).to_be_visible()


def test_words_are_selected_with_a_mouse_and_nothing_plays(browser: Browser, site: str) -> None:
    page = Visitor(browser, site, DESKTOP, script=True).page
    page.goto("/watch/first-days")
    line = page.locator("#s8500").bounding_box()
    assert line is not None

    page.mouse.move(line["x"] + 4, line["y"] + 12)
    page.mouse.down()
    page.mouse.move(line["x"] + 90, line["y"] + 14, steps=4)
    page.mouse.up()

    expect(page.get_by_role("group", name=BAR)).to_be_visible()
    assert page.evaluate("String(getSelection())").strip()
    assert page.evaluate(COVERED) == 0
    assert page.locator("video").evaluate("video => video.paused")
    page.get_by_role("group", name=BAR).get_by_role("link", name="Quote").click()
    expect(page.locator(".quote")).to_contain_text("Stage 4 means that the cancer has spread")


def test_by_keyboard_words_are_copied_and_kept_and_escape_closes(
    browser: Browser, site: str
) -> None:
    visitor = Visitor(browser, site, DESKTOP, script=True)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page = visitor.page
    page.goto("/watch/first-days")
    page.locator("#s4500").focus()
    select(page, "s4500", 5, "s8500", 7)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Quote", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    bar = page.get_by_role("group", name=BAR)
    expect(bar.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"“does stage 4 mean? Stage 4”\nThe first days & weeks\n{site}/watch/first-days?t=4&lang=en"
    )

    bar.get_by_role("button", name="Keep", exact=True).press("Enter")
    assert page.evaluate("localStorage.getItem('hope-appointment')") == ("m=first-days%7E4-15%7Een")

    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    expect(page.locator("#s4500")).to_be_focused()
    assert visitor.complaints == []


@pytest.mark.parametrize("view", [PHONE, NARROW, DESKTOP], ids=["phone", "narrow", "desktop"])
def test_the_bar_lies_beside_the_words_whole_and_in_sight(
    browser: Browser, site: str, view: ViewportSize
) -> None:
    visitor = Visitor(browser, site, view, script=True)
    visitor.page.add_init_script("navigator.share = (what) => { window.shared = what }")
    page = visitor.page
    page.goto("/watch/first-days")

    for first, last in (("s1000", "s1000"), ("s8500", "s14500"), ("s70000", "s70000")):
        page.locator(f"#{first}").scroll_into_view_if_needed()
        select(page, first, 2, last, 9)
        page.wait_for_timeout(300)

        bar = page.get_by_role("group", name=BAR)
        expect(bar).to_be_in_viewport(ratio=1)
        assert page.evaluate(COVERED) == 0
    assert page.evaluate("document.documentElement.scrollWidth") == view["width"]
    bar.get_by_role("button", name="Share").click()
    assert page.evaluate("shared.url") == f"{site}/watch/first-days?t=70&lang=en"


def hold(page: Page, line: Locator) -> None:
    """Hold a word of a sentence with a finger, as a phone's browser feels it."""
    finger = page.context.new_cdp_session(page)
    feels = {"enabled": True, "configuration": "mobile"}
    finger.send("Emulation.setEmitTouchEventsForMouse", feels)
    box = line.bounding_box()
    assert box is not None
    at = {"x": int(box["x"]) + 40, "y": int(box["y"]) + 10, "button": "left", "clickCount": 1}
    finger.send("Input.emulateTouchFromMouseEvent", {"type": "mousePressed", **at})
    expect(page.get_by_role("group", name=BAR)).to_be_visible()
    finger.send("Input.emulateTouchFromMouseEvent", {"type": "mouseReleased", **at})


def test_a_finger_that_holds_a_word_selects_it_and_the_bar_is_below(
    browser: Browser, site: str
) -> None:
    with browser.new_context(
        base_url=site, viewport=PHONE, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.goto("/watch/first-days")
        line = page.locator("#s8500")
        line.evaluate("line => line.scrollIntoView({ block: 'end' })")

        hold(page, line)

        words = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
        bar = page.get_by_role("group", name=BAR)
        expect(bar).to_be_in_viewport(ratio=1)
        assert (bar.bounding_box() or {"y": 0})["y"] >= words + 30
        assert page.locator("video").evaluate("video => video.paused")
        bar.get_by_role("button", name="Keep").tap()
        expect(bar.get_by_role("button", name="Kept")).to_be_visible()
        page.touchscreen.tap(200, 5)
        page.evaluate("getSelection().empty()")
        expect(bar).to_be_hidden()
        line.tap()
        page.wait_for_url("**?t=8")
