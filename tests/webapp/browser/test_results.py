"""Results that play in place, and a transcript that is searched and read by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FloatRect, Locator, Page, ViewportSize, expect
from visitor import VIDEO, Visitor, wait_for_time, wait_until

pytestmark = pytest.mark.browser

ZOOMED = ViewportSize(width=320, height=225)  # 1280 x 900 at 400 %
STAGE = "/search?q=what+does+stage+4+mean"


def tab_to(wanted: Locator, most: int = 60) -> int:
    """Press Tab until it is focused; returns how often."""
    for presses in range(1, most + 1):
        wanted.page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return presses
    raise AssertionError(f"{wanted} is not reached by {most} tabs")


def box(page: Page, name: str) -> FloatRect:
    """Where on the screen something stands."""
    found = page.locator(name).first.bounding_box()
    assert found is not None, name
    return found


def bottom(page: Page, name: str) -> float:
    there = box(page, name)
    return there["y"] + there["height"]


SIZES = [(390, 844), (360, 640), (1280, 800)]


def sized(page: Page) -> Iterator[tuple[int, int]]:
    """A page on a phone, a small phone and a desktop."""
    for width, height in SIZES:
        page.set_viewport_size(ViewportSize(width=width, height=height))
        yield width, height


@pytest.mark.parametrize(
    "asked", [STAGE, "/search?q=lorlatinib", "/es/search?q=etapa+cuatro", "/search?q=stage+7"]
)
def test_the_answer_and_its_button_stand_on_the_first_screen(visit: Visitor, asked: str) -> None:
    page = visit.page
    page.goto(asked)

    for width, height in sized(page):
        for part in (".best h2", ".best .answers", ".best .time"):
            assert box(page, part)["y"] >= 0
            assert bottom(page, part) <= height, (part, width)
        assert page.evaluate("document.documentElement.scrollHeight") <= 3500
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_above_an_answer_whom_to_call_leaves_its_head_in_sight(visit: Visitor) -> None:
    page = visit.page
    page.goto("/search?q=stage+4+chest+pain")

    for width, height in sized(page):
        assert box(page, ".urgent")["y"] >= 0
        assert bottom(page, ".best h2") <= height, width


@pytest.mark.parametrize("width", [390, 1280])
def test_to_the_end_of_the_results_it_is_not_far_for_a_keyboard(visit: Visitor, width: int) -> None:
    page = visit.page
    page.set_viewport_size(ViewportSize(width=width, height=800))
    page.goto("/search?q=stage+treatment+cancer+body")
    assert page.locator(".row").count() >= 1

    assert tab_to(page.locator("footer a").last) <= 45


def test_arrows_go_along_the_buttons_of_a_moment(visit: Visitor) -> None:
    page = visit.page
    page.goto(STAGE)
    tab_to(page.locator(".best [role=toolbar] .keep"))

    page.keyboard.press("ArrowRight")
    expect(page.locator(".best .quote-this")).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(".best .share")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".best .keep")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".best .keep")).to_have_text(re.compile("Kept"))


def test_the_best_answer_plays_where_it_stands(visit: Visitor) -> None:
    page = visit.page
    page.goto(STAGE)
    wait_for_time(page, 4)

    page.locator(".best .time").click()

    wait_until(page, f"!{VIDEO}.paused && {VIDEO}.currentTime > 4.1")
    assert page.url == visit.site + STAGE
    assert visit.complaints == []


def test_on_a_phone_the_picture_comes_into_sight_when_it_plays(visit: Visitor) -> None:
    page = visit.page
    page.set_viewport_size(ViewportSize(width=390, height=844))
    page.goto(STAGE)
    expect(page.locator("video")).to_be_hidden()

    page.locator(".best .time").click()

    wait_until(page, f"!{VIDEO}.paused")
    expect(page.locator("video")).to_be_in_viewport()
    page.locator(".best .time").blur()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(page.locator("video")).to_be_in_viewport()


def test_a_lower_answer_plays_without_moving_the_page_and_is_marked(visit: Visitor) -> None:
    page = visit.page
    page.set_viewport_size(ViewportSize(width=390, height=844))
    page.goto("/search?q=stage+cancer+body+treatment+biomarker")
    lower = page.locator(".row .time[data-ms]").last
    lower.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")

    lower.click()

    wait_until(page, f"!{VIDEO}.paused")
    assert abs(page.evaluate("scrollY") - before) < 2
    expect(lower).to_have_attribute("aria-current", "true")
    expect(page.locator("[aria-current].time")).to_have_count(1)


def test_a_copied_link_is_said_where_one_can_see_it(visit: Visitor) -> None:
    page = visit.page
    page.add_init_script("delete Navigator.prototype.share")
    page.context.grant_permissions(["clipboard-write", "clipboard-read"])
    page.goto(STAGE)

    page.locator(".best .share").click()

    expect(page.locator("[data-told]")).to_have_text("The link was copied.")
    expect(page.locator("[data-told]")).to_be_in_viewport()
    assert "/watch/first-days?t=4" in page.evaluate("navigator.clipboard.readText()")


def test_what_was_found_is_said_aloud_once_the_page_is_there(visit: Visitor) -> None:
    visit.page.goto(STAGE)

    told = visit.page.locator("[role=status][data-says]")

    expect(told).to_contain_text(re.compile("best answer comes first|one answer"))


def test_back_reload_and_a_shared_link_show_the_same_results(visit: Visitor) -> None:
    page = visit.page
    page.goto(STAGE)
    found = page.locator(".hits").inner_text()

    page.locator(".best .facts a").click()
    page.wait_for_url("**/watch/first-days?*")
    page.go_back()

    expect(page.locator(".hits")).to_have_text(re.compile(re.escape(found[:40])))
    page.reload()
    assert page.locator(".hits").inner_text() == found
    shared = visit.context.new_page()
    shared.goto(page.url)
    expect(shared.locator(".best h2")).to_have_text(page.locator(".best h2").inner_text())


def test_a_moment_opens_in_a_new_tab_at_its_second(visit: Visitor) -> None:
    page = visit.page
    page.goto(STAGE)

    with visit.context.expect_page() as opened:
        page.locator(".best .time").click(modifiers=["Control"])

    expect(opened.value.locator(".landing")).to_contain_text("What does stage 4 mean?")
    expect(opened.value.get_by_role("searchbox", name="Search in this video")).to_have_value(
        "what does stage 4 mean"
    )


def test_at_youtube_the_best_answer_plays_after_a_tap_that_tells_no_question(
    visit: Visitor,
) -> None:
    page = visit.page
    page.goto("/search?q=lorlatinib", wait_until="networkidle")
    assert visit.foreign == []

    with page.expect_request("https://www.youtube-nocookie.com/**"):
        page.locator(".best .time").click()

    expect(page.locator("iframe")).to_be_in_viewport()
    expect(page.locator("iframe")).to_have_attribute(
        "referrerpolicy", "strict-origin-when-cross-origin"
    )
    assert [url.split("?")[0] for url in visit.foreign] == [
        "https://www.youtube-nocookie.com/embed/abcdefghijk"
    ]
    assert visit.referrers == [f"{visit.site}/"]


def test_without_script_the_best_answer_is_a_link_and_our_own_video_plays(
    visit_without_script: Visitor,
) -> None:
    page = visit_without_script.page
    page.goto("/search?q=lorlatinib")
    page.get_by_role("link", name="Play video").click()
    page.wait_for_url("**/watch/pills?t=*&q=lorlatinib")
    assert visit_without_script.foreign == []

    page.goto(STAGE)
    expect(page.locator("video")).to_have_attribute("src", "/media/first-days.mp4#t=4")


def test_hops_go_from_match_to_match_and_say_where_one_is(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days")
    page.get_by_role("searchbox", name="Search in this video").fill("stage")
    page.get_by_role("searchbox", name="Search in this video").press("Enter")
    page.wait_for_url("**/watch/first-days?q=stage#found")

    page.get_by_role("link", name="Next match").click()
    expect(page.locator("#s4500")).to_be_focused()
    page.get_by_role("link", name="Next match").press("Enter")

    expect(page.locator("#s8500")).to_be_focused()
    expect(page.locator("[data-hop-told]")).to_have_text("Match 2 of 2")
    expect(page.get_by_role("link", name="Next match")).to_be_hidden()
    page.keyboard.press("p")
    expect(page.locator("#s4500")).to_be_focused()
    page.keyboard.press("Enter")
    wait_for_time(page, 4.5)
    assert visit.complaints == []


def test_without_script_each_hop_leads_on_from_the_one_before(
    visit_without_script: Visitor,
) -> None:
    page = visit_without_script.page
    page.goto("/watch/first-days")
    page.get_by_role("searchbox", name="Search in this video").fill("stage")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url("**/watch/first-days?q=stage#found")
    expect(page.locator(".finds .jumps mark")).to_have_count(2)

    page.get_by_role("link", name="Next match").click()
    page.wait_for_url("**?t=4&q=stage#s4500")
    page.get_by_role("link", name="Next match").click()
    page.wait_for_url("**?t=8&q=stage#s8500")

    expect(page.locator("#s8500")).to_be_in_viewport()
    expect(page.locator(".hops")).to_contain_text("Match 2 of 2")


def test_the_transcript_is_one_stop_and_arrows_go_through_it(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days")
    tab_to(page.locator("#s1000"))

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#s8500")).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("#s70000")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    wait_for_time(page, 40.2)
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('.said'))")


def test_the_transcript_can_be_skipped(visit_without_script: Visitor) -> None:
    page = visit_without_script.page
    page.goto("/watch/first-days")
    skip = page.get_by_role("link", name="Skip the transcript")
    tab_to(skip)
    box = skip.bounding_box()
    assert box is not None
    assert box["height"] >= 43.5

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert not page.evaluate("Boolean(document.activeElement.closest('.said'))")


def test_what_is_focused_is_not_hidden_by_what_stays_in_sight(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days?q=stage")
    page.locator("#s1000").click()
    wait_until(page, f"!{VIDEO}.paused")

    for key in ("End", "Home", "ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
        seen = page.evaluate("""() => {
          const line = document.activeElement.getClientRects()[0];
          const top = document.elementFromPoint(line.left + 4, line.top + line.height / 2);
          return document.activeElement.contains(top);
        }""")
        assert seen, key


def test_nothing_stays_in_sight_where_it_would_cover_the_page(visit: Visitor) -> None:
    page = visit.page
    page.set_viewport_size(ZOOMED)
    page.goto("/watch/first-days?q=stage")
    page.locator("#s8500").click()
    wait_until(page, f"!{VIDEO}.paused")

    sticky = page.evaluate("""() => [...document.querySelectorAll("body *")]
      .filter((e) => ["sticky", "fixed"].includes(getComputedStyle(e).position))
      .map((e) => e.className)""")

    assert sticky == []
    assert page.evaluate("document.documentElement.scrollWidth") == ZOOMED["width"]


@pytest.mark.parametrize("path", [STAGE, "/search?q=lorlatinib", "/watch/first-days?t=8&q=stage"])
def test_nothing_moves_once_the_page_is_there(visit: Visitor, path: str) -> None:
    visit.page.goto(path, wait_until="networkidle")

    moved = visit.page.evaluate("""() => new Promise((done) => {
      new PerformanceObserver((list) => done(list.getEntries().map((e) => e.value)))
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done([]), 300);
    })""")

    assert sum(moved) < 0.01


def test_on_paper_results_are_quotes_with_their_addresses(visit: Visitor) -> None:
    page = visit.page
    page.goto(STAGE)
    page.emulate_media(media="print")

    expect(page.locator("video")).to_be_hidden()
    expect(page.get_by_text(f"{visit.site}/watch/first-days?t=4", exact=True)).to_be_visible()
    expect(page.locator("blockquote").first).to_be_visible()


def test_on_paper_a_transcript_has_its_address_and_no_player(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days?t=8&q=stage")
    page.emulate_media(media="print")

    for gone in ("video", ".find", ".hops", ".finds"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.get_by_text(f"{visit.site}/watch/first-days?t=8", exact=True)).to_be_visible()
    expect(page.locator("#s8500")).to_be_visible()
