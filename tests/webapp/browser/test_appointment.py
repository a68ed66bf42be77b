"""A list for the appointment in a real browser: kept, moved, shared and printed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)
NARROW = ViewportSize(width=320, height=640)
STAGE = "m=first-days~4-20~en"
THREE = f"{STAGE}&m=pills~2-7~en&m=first-days~40-46~en"
QUESTIONS = "q=What+comes+next%3F&q=Who+do+I+call%3F&q=Can+I+work%3F"
LIST = f"/appointment?{THREE}&{QUESTIONS}"
SEARCH = "/search?q=what+does+stage+4+mean"
WEEKS, PILLS = "The first days & weeks", "Pills for ALK"
DENIED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError");
};"""


class Visitor:
    """A browser on the site, every address that it asked for, and what its console said."""

    def __init__(self, browser: Browser, site: str, script: bool) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=site, viewport=PHONE, java_script_enabled=script, reduced_motion="reduce"
        )
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page = self.another_tab()

    def another_tab(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda err: self.complaints.append(str(err)))
        return page


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, site, script=True)
    yield visitor
    visitor.context.close()
    assert visitor.complaints == []


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, site, script=False)
    yield visitor
    visitor.context.close()


def kept(page: Page) -> str | None:
    found: str | None = page.evaluate("localStorage.getItem('hope-appointment')")
    return found


def keep_on_device(page: Page, query: str) -> None:
    page.goto("/about")
    page.evaluate("list => localStorage.setItem('hope-appointment', list)", query)


def see_videos(page: Page, *titles: str) -> None:
    expect(page.locator(".kept-list cite")).to_have_text(titles)


def test_a_moment_is_kept_from_the_results_and_shown_on_the_list(visit: Visitor) -> None:
    page = visit.page
    page.goto(SEARCH)
    button = page.locator(".best .keep")

    button.click()

    expect(page.locator("#kept-told")).to_contain_text("on this device")
    expect(page.locator(".hits .is-kept")).to_have_count(1)
    page.locator(".ways summary").click()
    page.get_by_role("link", name="My appointment").click()
    expect(page.locator(".kept-list > li")).to_have_count(1)
    expect(page.locator(".kept-list blockquote")).to_contain_text("Stage 4 means that")


def test_a_moment_is_taken_off_where_it_was_kept(visit: Visitor) -> None:
    page = visit.page
    page.goto(SEARCH)
    page.locator(".best .keep").click()

    page.locator(".hits .is-kept").click()

    expect(page.locator(".hits .is-kept")).to_have_count(0)
    assert kept(page) == ""


def test_the_sentence_being_said_is_kept_beside_the_player(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days?t=8")
    button = page.locator("button[data-keep-here]")
    page.locator(".said a[data-ms='40200']").first.click()

    button.click()

    assert kept(page) == "m=first-days%7E40%7Een"
    expect(button).to_have_text("Kept")


def test_no_address_ever_holds_the_list_of_the_device(visit: Visitor) -> None:
    page = visit.page
    keep_on_device(page, f"{THREE}&{QUESTIONS}")
    page.goto("/appointment")

    page.get_by_role("button", name="Move down").first.click()
    page.get_by_label("Add a question of your own").fill("Is it safe?")
    page.keyboard.press("Enter")
    page.get_by_label("Find moments to add").fill("lorlatinib")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_be_visible()

    assert "Is+it+safe" in str(kept(page))
    assert page.url.endswith("/appointment")
    assert not [url for url in visit.asked if "first-days~" in url or "safe" in url]


def test_the_keyboard_moves_a_question_and_stays_on_it(visit: Visitor) -> None:
    page = visit.page
    keep_on_device(page, QUESTIONS)
    page.goto("/appointment")
    up = page.locator(".asks-list > li:nth-child(3) [name=up]")

    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#kept-told")).to_have_text("Moved up. It is now number 2.")
    expect(page.locator(".asks-list > li:nth-child(2) [name=up]")).to_be_focused()
    page.keyboard.press("Space")

    expect(page.locator("#kept-told")).to_have_text("Moved up. It is now number 1.")
    expect(page.locator(".asks-list > li:nth-child(1) [name=down]")).to_be_focused()
    assert kept(page) == "q=Can+I+work%3F&q=What+comes+next%3F&q=Who+do+I+call%3F"


def test_an_emptied_list_is_put_back(visit: Visitor) -> None:
    page = visit.page
    keep_on_device(page, THREE)
    page.goto("/appointment")

    page.get_by_role("button", name="Empty my list").click()
    expect(page.locator("#told")).to_be_focused()
    assert kept(page) == ""
    page.get_by_role("link", name="Undo: put it back").click()

    expect(page.locator(".kept-list > li")).to_have_count(3)
    assert kept(page) == THREE


def test_a_moment_is_found_and_added_on_the_list_itself(visit: Visitor) -> None:
    page = visit.page
    page.goto("/appointment")
    page.get_by_label("Find moments to add").fill("lorlatinib")
    page.keyboard.press("Enter")

    page.get_by_role("button", name="Add this moment").first.click()

    see_videos(page, PILLS)


def test_two_tabs_show_one_list(visit: Visitor) -> None:
    page, other = visit.page, visit.another_tab()
    page.goto("/appointment")
    other.goto(SEARCH)

    other.locator(".best .keep").click()
    expect(page.locator(".kept-list > li")).to_have_count(1)
    page.get_by_role("button", name="Take off").click()

    expect(other.locator(".hits .is-kept")).to_have_count(0)


def test_where_nothing_can_be_kept_the_list_travels_in_the_address(visit: Visitor) -> None:
    page = visit.page
    page.add_init_script(DENIED)
    page.goto(SEARCH)

    page.locator(".best .keep").click()

    expect(page.locator(".kept-list > li")).to_have_count(1)
    expect(page.get_by_text("This list is in the address of this page.")).to_be_visible()


def test_a_full_device_loses_nothing_and_offers_a_link(visit: Visitor) -> None:
    page = visit.page
    keep_on_device(page, "m=pills~2-7~en")
    page.add_init_script(FULL)
    page.goto(SEARCH)

    page.locator(".best .keep").click()
    assert kept(page) == "m=pills~2-7~en"
    page.get_by_role("link", name="Open my list").click()

    expect(page.locator(".kept-list > li")).to_have_count(2)


def test_a_spoilt_list_is_told_of_and_the_former_text_kept(visit: Visitor) -> None:
    page = visit.page
    keep_on_device(page, '{"moments": [')
    page.goto("/appointment")
    expect(page.get_by_text("One entry could not be read and was left out.")).to_be_visible()
    assert kept(page) == '{"moments": ['

    page.get_by_label("Add a question of your own").fill("Why?")
    page.keyboard.press("Enter")
    expect(page.locator(".asks-list > li")).to_have_count(1)

    assert kept(page) == "q=Why%3F"
    assert page.evaluate("localStorage.getItem('hope-appointment-before')") == '{"moments": ['


def test_a_list_from_a_link_replaces_nothing(visit: Visitor) -> None:
    page = visit.page
    keep_on_device(page, "q=Mine%3F")
    page.goto(f"/appointment?{STAGE}&q=Yours%3F")
    assert kept(page) == "q=Mine%3F"

    page.get_by_role("button", name="Keep this list on this device").click()

    expect(page.locator(".asks-list .own")).to_have_text(["Mine?", "Yours?"])
    expect(page.locator(".kept-list > li")).to_have_count(1)


def test_the_link_to_the_list_is_copied(visit: Visitor) -> None:
    page = visit.page
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keep_on_device(page, THREE)
    page.goto("/appointment")

    page.get_by_role("button", name="Copy the link").click()

    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/appointment?{THREE}")


def test_without_javascript_a_list_is_made_moved_and_emptied(plain: Visitor) -> None:
    page = plain.page
    page.goto(SEARCH)
    page.locator(".best .keep").click()
    see_videos(page, WEEKS)

    page.get_by_label("Find moments to add").fill("lorlatinib")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add this moment").first.click()
    see_videos(page, WEEKS, PILLS)
    page.get_by_label("Add a question of your own").fill("What now?")
    page.keyboard.press("Enter")
    expect(page.locator(".asks-list .own")).to_have_text("What now?")

    page.locator(".kept-list > li:nth-child(2) [name=up]").click()
    see_videos(page, PILLS, WEEKS)
    expect(page.locator("#told")).to_contain_text("Moved up. It is now number 1.")
    page.reload()
    see_videos(page, PILLS, WEEKS)

    page.get_by_role("button", name="Empty my list").click()
    expect(page.locator(".kept-list")).to_have_count(0)
    page.get_by_role("link", name="Undo: put it back").click()
    see_videos(page, PILLS, WEEKS)
    expect(page.locator(".asks-list .own")).to_have_text("What now?")


def test_the_page_fits_a_narrow_phone_with_targets_for_thumbs(visit: Visitor) -> None:
    page = visit.page
    page.set_viewport_size(NARROW)

    page.goto(LIST)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        "[...document.querySelectorAll('#appointment button, #appointment input, .undo, .share')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).length"
    )
    assert small == 0


# The sheet


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_sheet_fits_on_two_pages(visit: Visitor) -> None:
    eight = "&".join(f"m=first-days~{second}-46~en" for second in (1, 4, 5, 8, 9, 14, 15, 40))

    for query, most in ((THREE, 1), (f"{eight}&{QUESTIONS}", 2)):
        visit.page.goto(f"/appointment?{query}")
        for paper in ("A4", "Letter"):
            assert pages_of(visit.page.pdf(format=paper)) == most


def test_paper_shows_the_sheet_black_on_white_and_nothing_of_the_site(visit: Visitor) -> None:
    page = visit.page
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(LIST)

    for gone in ("header.top", "footer", ".moves", ".ask", ".find", ".take", ".where"):
        for part in page.locator(gone).all():
            expect(part).to_be_hidden()
    expect(page.get_by_text("Let's look at this together.")).to_be_visible()
    expect(page.locator(".sheet-foot")).to_contain_text("This is not medical advice.")
    expect(page.locator(".sheet-foot")).to_be_visible()
    look = "e => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor]"
    for part in page.locator(".sheet p:visible, .sheet h1, .sheet h2").all():
        assert part.evaluate(look) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_codes_on_paper_are_two_centimetres_at_least(visit: Visitor) -> None:
    page = visit.page
    page.emulate_media(media="print")
    page.goto(LIST)

    boxes = [code.bounding_box() for code in page.locator(".qr").all()]

    assert len(boxes) == 3
    assert all(box and box["width"] >= 20 / 25.4 * 96 for box in boxes)


def test_a_phone_reads_every_code_off_the_paper_and_opens_its_second(
    visit: Visitor, tmp_path: Path
) -> None:
    pdftoppm = shutil.which("pdftoppm")
    if pdftoppm is None:
        pytest.skip("there is no pdftoppm (apt-get install poppler-utils)")
    visit.page.goto(LIST)
    paper = tmp_path / "sheet.pdf"
    paper.write_bytes(visit.page.pdf(format="A4"))

    to = str(tmp_path / "page")
    subprocess.run([pdftoppm, "-png", "-r", "150", "-gray", paper, to], check=True)
    read: set[str] = set()
    for page in tmp_path.glob("page*.png"):
        with Image.open(page) as picture:
            read |= {code.text for code in zxingcpp.read_barcodes(picture)}

    site = visit.page.url.partition("/appointment")[0]
    assert len(read) == 3
    assert all(address.startswith(f"{site}/m/") for address in read)
    assert {httpx2.get(one, follow_redirects=True).status_code for one in read} == {200}


def test_the_printed_text_holds_what_was_said_by_whom_where_and_when(
    visit: Visitor, tmp_path: Path
) -> None:
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("there is no pdftotext (apt-get install poppler-utils)")
    keep_on_device(visit.page, f"{THREE}&{QUESTIONS}")
    visit.page.goto("/appointment")
    expect(visit.page.locator(".kept-list > li")).to_have_count(3)
    paper = tmp_path / "sheet.pdf"
    paper.write_bytes(visit.page.pdf(format="A4"))

    told = subprocess.run([pdftotext, "-layout", paper, "-"], capture_output=True, check=True)
    text = " ".join(told.stdout.decode().split())

    for part in (
        "What comes next?",
        "Stage 4 means that the cancer has spread to another part of the body.",
        "Dr. Tess Sample, oncologist:",
        "Recorded May 4, 2026",
        "Automatic captions: drug names may be mis-heard",
        "/m/first-days/4",
        "/m/pills/2",
        "This is not medical advice.",
    ):
        assert part in text
    assert "Move up" not in text
