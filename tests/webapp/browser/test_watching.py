"""A transcript beside its player: it follows what is said, folds where it is long, has a strip."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from browser import served
from long_talk import library_of_a_long_talk
from playwright.sync_api import Browser, Page, ViewportSize, expect
from small_site import small_app
from visitor import NARROW, PHONE, VIDEO, Visitor, wait_for_time, wait_until

from indexer import Shelf
from webapp.app import create_app
from webapp.presenters.watching import transcript_parts, transcript_sections

pytestmark = pytest.mark.browser

DESKTOP = ViewportSize(width=1280, height=700)
SMALL = ViewportSize(width=390, height=600)
FOLLOW = "Follow what is said"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site as if its talk were one of three hours: in folds, in two parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transcript_sections, "READ_IN_ONE_GO", 60)
        patch.setattr(transcript_sections, "MOST_CHARACTERS", 120)
        patch.setattr(transcript_parts, "MOST_CHARACTERS", 450)
        with served(small_app(tmp_path_factory.mktemp("library"))) as address:
            yield address


def at(browser: Browser, site: str, view: ViewportSize) -> Visitor:
    return Visitor(browser, site, view, script=True)


def says(page: Page, seconds: float) -> None:
    """Have the video say what it says from a second on."""
    page.locator("video").evaluate("(video, at) => { video.currentTime = at }", seconds)


def test_beside_the_player_the_transcript_follows_and_the_page_stays(
    browser: Browser, site: str
) -> None:
    visitor = at(browser, site, DESKTOP)
    page = visitor.page
    page.goto("/watch/first-days")
    page.emulate_media(reduced_motion="no-preference")
    page.locator(".scroll").evaluate("box => { box.style.maxHeight = '120px' }")
    page.locator("#s1000").click()
    wait_until(page, f"!{VIDEO}.paused")
    scrolled = page.evaluate("scrollY")

    says(page, 15)

    expect(page.locator(".said [aria-current]")).to_have_id("s14500")
    expect(page.locator("#s14500")).to_be_in_viewport()
    says(page, 71)
    expect(page.locator("#s70000")).to_be_in_viewport()
    says(page, 2)
    expect(page.locator("#s1000")).to_be_in_viewport()
    assert page.evaluate("scrollY") == scrolled
    expect(page.get_by_role("button", name=FOLLOW)).to_be_hidden()


def test_following_opens_the_fold_and_turns_to_the_part_that_is_being_said(
    browser: Browser, site: str
) -> None:
    visitor = at(browser, site, DESKTOP)
    page = visitor.page
    page.goto("/watch/first-days")
    page.locator("#s1000").click()
    wait_until(page, f"!{VIDEO}.paused")

    says(page, 71)

    expect(page.locator("#s70000")).to_have_attribute("aria-current", "true")
    expect(page.locator("#s70000")).to_be_in_viewport()
    expect(page.locator("#s1000")).to_have_count(0)
    page.locator("#s70000").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#s40200")).to_be_focused()
    assert visitor.complaints == []


def test_who_scrolls_is_left_alone_until_they_ask_to_follow(browser: Browser, site: str) -> None:
    visitor = at(browser, site, SMALL)
    page = visitor.page
    page.goto("/watch/first-days")
    page.locator("#s1000").click()
    wait_until(page, f"!{VIDEO}.paused")

    page.mouse.move(200, 500)
    page.mouse.wheel(0, 1500)
    expect(page.get_by_role("button", name=FOLLOW)).to_be_visible()
    scrolled = page.evaluate("scrollY")
    says(page, 9)
    expect(page.locator(".said [aria-current]")).to_have_id("s8500")
    assert page.evaluate("scrollY") == scrolled

    page.get_by_role("button", name=FOLLOW).click()

    expect(page.locator("#s8500")).to_be_in_viewport()
    expect(page.get_by_role("button", name=FOLLOW)).to_be_hidden()


def test_marks_of_the_strip_are_links_with_and_without_a_script(
    browser: Browser, site: str
) -> None:
    with_script, without = (
        Visitor(browser, site, PHONE, script=script) for script in (True, False)
    )
    for visitor in (with_script, without):
        page = visitor.page
        page.goto("/watch/first-days?q=visit")
        strip = page.get_by_role("navigation", name="Where it is said in the video")
        mark = strip.get_by_role("link", name="1 minute 10 seconds")
        box = mark.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24

        mark.click()

        expect(page.locator("#s70000")).to_have_attribute("aria-current", "true")
    wait_for_time(with_script.page, 70)


def test_keys_play_unless_a_field_has_the_focus_or_they_are_switched_off(
    browser: Browser, site: str
) -> None:
    page = at(browser, site, DESKTOP).page
    page.goto("/watch/first-days?t=40")
    page.keyboard.press("k")
    wait_until(page, f"!{VIDEO}.paused")
    page.keyboard.press("Space")
    wait_until(page, f"{VIDEO}.paused")
    begun = page.evaluate(f"{VIDEO}.currentTime")

    for key, moved in (("j", -10), ("ArrowLeft", -15), ("l", -5), ("ArrowRight", 0)):
        page.keyboard.press(key)
        wait_until(page, f"Math.abs({VIDEO}.currentTime - {begun + moved}) < 2")

    page.get_by_role("searchbox", name="Search in this video").focus()
    page.keyboard.type("k j")
    expect(page.get_by_role("searchbox", name="Search in this video")).to_have_value("k j")
    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Use these keys").uncheck()
    page.reload()
    page.keyboard.press("k")
    assert page.locator("video").evaluate("video => video.paused")


def test_a_video_is_played_faster_ours_and_youtubes(browser: Browser, site: str) -> None:
    visitor = at(browser, site, DESKTOP)
    page = visitor.page
    page.goto("/watch/first-days")
    page.get_by_label("Speed").select_option("Faster")
    assert page.evaluate(f"{VIDEO}.playbackRate") == 1.5

    page.goto("/watch/pills")
    page.get_by_label("Speed").select_option("Slower")
    with page.expect_event("framenavigated", lambda frame: "nocookie" in frame.url) as arrived:
        page.get_by_role("button", name="Play video").click()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("k")

    wait_until(arrived.value, "told.some(m => m.func === 'setPlaybackRate' && m.args[0] === 0.75)")
    wait_until(arrived.value, "told.some(m => m.func === 'pauseVideo')")
    assert visitor.complaints == []


@pytest.mark.slow
def test_the_page_of_a_talk_of_three_hours_is_not_long(browser: Browser, tmp_path: Path) -> None:
    library = library_of_a_long_talk(tmp_path)
    with served(create_app(library, Shelf(library))) as address:
        pages = [at(browser, address, view).page for view in (PHONE, NARROW)]
        for page, path in product(pages, ("?t=5400", "?q=biopsy", "?part=4")):
            page.goto(f"/watch/first-days{path}")

            assert page.evaluate("document.documentElement.scrollHeight") < 20_000, path
