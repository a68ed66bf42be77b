from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect
from visitor import SLOW_YOUTUBE_PLAYER, VIDEO, YOUTUBE_PLAYER, Visitor, wait_for_time, wait_until

pytestmark = pytest.mark.browser

PATHS = [
    "/",
    "/search?q=what+does+stage+4+mean",
    "/search?q=" + "x" * 300,
    "/watch/first-days?t=8",
    "/watch/first-days?q=stage",
    "/search?q=lorlatinib",
    "/watch/pills?t=30",
    "/watch/elsewhere",
    "/watch/silent",
    "/series/basics",
    "/topic/stages",
    "/about",
    "/nothing-here",
]

TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, summary")]
  .filter((e) => e.offsetParent && !e.closest(".said p + p, footer, .skip, .pass"))
  .filter((e) => !e.closest("p:not(.path, .outside, .landing p, .facts)"))
  .filter((e) => e.getBoundingClientRect().height < 43.5)
  .map((e) => e.outerHTML.slice(0, 80))"""


def test_a_question_by_keyboard_lands_on_the_sentence(visit: Visitor) -> None:
    page = visit.page
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the main part")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("what does stage 4 mean?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")

    first = page.locator(".best .facts a")
    while not first.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/watch/first-days?t=4&q=*")

    expect(page.locator(".landing blockquote")).to_contain_text("What does stage 4 mean?")
    expect(page.locator(".landing blockquote")).to_be_in_viewport()
    expect(page.locator(".said [aria-current]")).to_have_text("What does stage 4 mean?")
    wait_for_time(page, 4)
    assert visit.complaints == []


def test_a_jump_moves_the_clock_of_a_playing_video(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days")
    page.locator("#s1000").click()
    wait_until(page, f"{VIDEO}.currentTime > 1.1")

    page.locator("#s40200").click()

    wait_for_time(page, 40.2)
    assert page.url == f"{visit.site}/watch/first-days?t=40"
    wait_until(page, f"{VIDEO}.currentTime > 40.4")
    assert not page.locator("video").evaluate("video => video.paused")
    expect(page.locator(".said [aria-current]")).to_have_id("s40200")
    assert visit.complaints == []


def test_a_tap_on_play_elsewhere_plays_from_that_second_and_a_link_plays_nothing(
    visit: Visitor,
) -> None:
    page = visit.page
    page.goto("/topic/stages")

    page.locator(".row a.time").first.click()
    page.wait_for_url("**/watch/first-days?t=4")
    wait_until(page, f"!{VIDEO}.paused && {VIDEO}.currentTime > 4.1 && {VIDEO}.currentTime < 9")

    page.reload()
    wait_until(page, f"{VIDEO}.readyState > 0")
    assert page.evaluate(f"{VIDEO}.paused")


def test_words_are_found_in_a_video_that_plays_on(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days")
    page.locator("#s1000").click()
    wait_until(page, f"!{VIDEO}.paused")
    page.evaluate("window.same = true")

    page.locator("#find-q").fill("stage")
    page.keyboard.press("Enter")

    expect(page.get_by_role("group", name="places in this video say it")).to_be_focused()
    expect(page.locator(".said .is-found").first).to_be_visible()
    assert page.evaluate(f"window.same && !{VIDEO}.paused")
    assert page.url.endswith("/watch/first-days?q=stage#found")
    page.get_by_role("link", name="Next match").click()
    expect(page.locator(".hops [data-hop-at]")).to_contain_text("Match 1 of")


def test_a_question_or_chapter_is_a_jump_too(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days")
    page.get_by_text("In this video", exact=True).click()

    page.get_by_role("link", name="What does stage 4 mean?").first.click()

    wait_for_time(page, 4)


def test_the_sentence_being_said_is_marked_and_followed(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days")
    page.locator("#s8500").click()
    expect(page.locator("#s8500")).to_have_attribute("aria-current", "true")

    page.locator("video").evaluate("video => { video.currentTime = 70.5 }")

    expect(page.locator("#s70000")).to_have_attribute("aria-current", "true")
    expect(page.locator("#s70000")).to_be_in_viewport()


def test_who_looks_elsewhere_is_not_pulled_back(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days")
    page.locator("#s8500").click()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    scrolled = page.evaluate("scrollY")

    page.locator("video").evaluate("video => { video.currentTime = 70.5 }")
    expect(page.locator("#s70000")).to_have_attribute("aria-current", "true")

    assert page.evaluate("scrollY") == scrolled


def test_the_picture_stays_in_sight_and_covers_no_sentence(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days?t=40")
    page.get_by_role("link", name="Read on from here").click()

    page.locator("#s40200").click()
    wait_for_time(page, 40.2)

    expect(page.locator("video")).to_be_in_viewport()
    player = page.locator(".player").bounding_box()
    line = page.locator("#s40200").bounding_box()
    assert player is not None
    assert line is not None
    assert line["y"] >= player["y"] + player["height"]


def test_captions_of_our_own_are_shown_by_the_player(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days?t=8")

    wait_until(page, f"{VIDEO}.textTracks[0].cues?.length > 4")

    assert page.evaluate("document.querySelector('video').textTracks[0].mode") == "showing"


def test_a_tap_asks_youtube_to_play_from_the_second(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/pills?t=30")
    page.get_by_role("button", name="Play video").press("Enter")

    frame = page.locator("iframe")
    expect(frame).to_have_attribute("title", "Pills for ALK")
    expect(frame).to_have_attribute("referrerpolicy", "strict-origin-when-cross-origin")
    address = frame.get_attribute("src") or ""
    assert address.startswith("https://www.youtube-nocookie.com/embed/abcdefghijk?start=30&")
    expect(page.locator(".said [aria-current]")).to_have_id("s30000")
    assert {url.split("/")[2] for url in visit.foreign} == {"www.youtube-nocookie.com"}
    assert visit.complaints == []


def test_after_the_tap_a_sentence_seeks_at_youtube(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/pills?t=30")
    with page.expect_event("framenavigated", lambda frame: "nocookie" in frame.url) as arrived:
        page.get_by_role("button", name="Play video").click()
    expect(page.locator(".said [aria-current]")).to_have_id("s30000")
    wait_until(page, "document.querySelector('iframe') === document.activeElement")

    page.locator("#s2000").click()

    player = arrived.value
    wait_until(player, "told.some(m => m.func === 'seekTo' && m.args[0] === 2)")
    wait_until(player, "told.some(m => m.func === 'playVideo')")
    expect(page.locator(".said [aria-current]")).to_have_id("s2000")


def test_a_sentence_tapped_while_youtube_loads_is_where_it_goes(visit: Visitor) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page = visit.page
    page.route("https://www.youtube-nocookie.com/**", hold)
    page.goto("/watch/pills?t=30")
    with page.expect_request("https://www.youtube-nocookie.com/**"):
        page.get_by_role("button", name="Play video").click()

    page.locator("#s2000").click()
    with page.expect_event("framenavigated", lambda frame: "nocookie" in frame.url) as arrived:
        held[0].fulfill(body=YOUTUBE_PLAYER, content_type="text/html")

    player = arrived.value
    wait_until(player, "window.told?.some(m => m.func === 'seekTo' && m.args[0] === 2)")
    expect(page.locator(".said [aria-current]")).to_have_id("s2000")


@pytest.mark.parametrize(
    ("path", "play"),
    [("/watch/pills?t=2", ".facade"), ("/search?q=lorlatinib", ".best .time")],
)
def test_a_jump_before_youtube_is_ready_is_carried_out_when_it_is(
    visit: Visitor, path: str, play: str
) -> None:
    page = visit.page
    page.route(
        "https://www.youtube-nocookie.com/**",
        lambda route: route.fulfill(body=SLOW_YOUTUBE_PLAYER, content_type="text/html"),
    )
    page.goto(path)
    with page.expect_event("framenavigated", lambda frame: "nocookie" in frame.url) as arrived:
        page.locator(play).click()

    moment = page.locator("main a[data-ms]").last
    moment.evaluate("link => { link.dataset.ms = 30000 }")
    moment.click()

    wait_until(arrived.value, "ready && time > 30")
    assert arrived.value.evaluate("time") < 32
    assert visit.complaints == []


def test_what_youtube_says_before_it_has_jumped_moves_no_mark(visit: Visitor) -> None:
    page = visit.page
    page.route(
        "https://www.youtube-nocookie.com/**",
        lambda route: route.fulfill(body=SLOW_YOUTUBE_PLAYER, content_type="text/html"),
    )
    page.goto("/watch/pills?t=2")
    page.get_by_role("button", name="Play video").click()
    page.evaluate("""() => {
      window.marks = new Set();
      new MutationObserver(() => marks.add(document.querySelector(".said [aria-current]")?.id))
        .observe(document.body, { subtree: true, attributeFilter: ["aria-current"] });
    }""")

    page.locator("#s30000").click()
    page.wait_for_timeout(1500)

    assert page.evaluate("[...marks]") == ["s30000"]


def test_a_jump_before_our_own_video_loads_is_carried_out_when_it_does(visit: Visitor) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page = visit.page
    page.route("**/media/**", hold)
    page.goto("/watch/first-days?t=4", wait_until="domcontentloaded")
    page.locator("#s40200").click()

    wait_until(page, f"{VIDEO}.networkState === 2")
    page.route("**/media/**", lambda route: route.continue_())
    for route in held:
        route.continue_()

    wait_until(page, f"{VIDEO}.currentTime > 40.3 && !{VIDEO}.paused")
    expect(page.locator(".said [aria-current]")).to_have_id("s40200")


def test_messages_of_strangers_are_ignored(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/pills?t=30")
    page.get_by_role("button", name="Play video").click()
    expect(page.locator(".said [aria-current]")).to_have_id("s30000")

    page.evaluate("postMessage(JSON.stringify({ info: { currentTime: 2.5 } }), '*')")
    page.wait_for_timeout(100)

    expect(page.locator(".said [aria-current]")).to_have_id("s30000")


def test_before_the_tap_a_sentence_only_sets_where_to_begin(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/pills")

    page.locator("#s30000").click()

    button = page.get_by_role("button", name="Play video from 30 seconds")
    expect(button).to_be_focused()
    expect(button).to_be_in_viewport()
    expect(button).to_contain_text("0:30")
    assert visit.foreign == []
    assert page.locator("[data-outside]").get_attribute("href") == (
        "https://www.youtube.com/watch?v=abcdefghijk&t=30s"
    )


def test_without_script_a_search_lands_on_the_sentence(visit_without_script: Visitor) -> None:
    page = visit_without_script.page
    page.goto("/")
    page.get_by_label("Type it in your own words").fill("what does stage 4 mean")
    page.get_by_role("button", name="Search").click()
    page.locator(".best .facts a").click()

    expect(page.locator(".landing blockquote")).to_contain_text("What does stage 4 mean?")
    expect(page.locator(".landing blockquote")).to_be_in_viewport()
    expect(page.locator("video")).to_have_attribute("src", "/media/first-days.mp4#t=4")


def test_without_script_a_sentence_leads_to_its_second(visit_without_script: Visitor) -> None:
    page = visit_without_script.page
    page.goto("/watch/first-days")

    page.locator("#s40200").click()

    page.wait_for_url("**/watch/first-days?t=40#s40200")
    expect(page.locator("video")).to_have_attribute("src", "/media/first-days.mp4#t=40")
    expect(page.locator("#s40200")).to_have_attribute("aria-current", "true")
    expect(page.locator("#s40200")).to_be_in_viewport()


def test_without_script_youtube_is_a_link(visit_without_script: Visitor) -> None:
    page = visit_without_script.page
    page.goto("/watch/pills?t=30")

    expect(page.get_by_role("link", name="Play video from 30 seconds")).to_have_attribute(
        "href", "https://www.youtube.com/watch?v=abcdefghijk&t=30s"
    )


def test_what_is_tapped_is_large_enough(visit: Visitor) -> None:
    """44 px high, but for links inside a text: sentences, and names in a line."""
    small = {}
    for path in PATHS:
        visit.page.goto(path)
        small[path] = visit.page.evaluate(TOO_SMALL)

    assert small == {path: [] for path in PATHS}


def test_a_media_fragment_is_the_same_as_a_time(visit: Visitor) -> None:
    visit.page.goto("/watch/first-days?lang=en#T=0:40,50%")

    visit.page.wait_for_url("**/watch/first-days?lang=en&t=0%3A40")
    expect(visit.page.locator(".landing")).to_contain_text("Ask for biomarker testing")
