"""Without internet a browser shows the list for an appointment, and no page as it once was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from browser import need_chromium, served
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from visitor import Visitor, wait_until

from catalog import Library
from indexer import Shelf
from webapp.app import create_app
from webapp.rendering.kept_pages import KeptPages

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KEPT = """async () => Promise.all((await caches.keys()).sort().map(async (name) =>
  [name, (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)]))"""
WORKER = "navigator.serviceWorker.controller"


@pytest.fixture(scope="module")
def app(library: Library) -> Starlette:
    return create_app(library, Shelf(library))


@pytest.fixture(scope="module")
def site(app: Starlette) -> Iterator[str]:
    need_chromium()
    with served(app) as address:
        yield address


def kept(page: Page) -> dict[str, list[str]]:
    """What the browser keeps for the site, by the name of each cache."""
    return dict(page.evaluate(KEPT))


def test_the_list_is_there_without_internet_and_no_page_of_before(visit: Visitor) -> None:
    page = visit.page
    page.goto("/search?q=what+does+stage+4+mean")
    page.locator("button[data-keep]").first.click()
    page.goto("/appointment")
    page.get_by_label("Add a question of your own").fill("Can I fly?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Can I fly?")).to_be_visible()
    page.goto("/watch/pills")
    page.locator("button[data-keep]").first.click()
    page.goto("/watch/first-days?t=1")
    page.locator("button[data-keep]").first.click()
    wait_until(page, WORKER)

    visit.context.set_offline(True)
    answer = page.goto("/search?q=what+does+stage+4+mean")

    assert answer is not None
    assert answer.status == 503
    assert answer.from_service_worker
    expect(page.locator("h1")).to_have_text("This site can't be reached right now")
    expect(page.locator(".asks-list")).to_have_text("Can I fly?")
    moments = page.locator(".kept-list > li")
    expect(moments.nth(0)).to_contain_text("Stage 4 means that the cancer has spread")
    expect(moments.nth(0)).to_contain_text("The first days & weeks at 0:0")
    expect(moments.nth(1)).to_contain_text("Pills for ALK at 0:0")
    expect(moments.nth(1)).to_contain_text("Lorlatinib is a pill")
    expect(moments.nth(2).locator("b.speaker")).to_have_text(["Ada Example"])
    expect(page.locator("[data-wordless]")).to_be_hidden()
    expect(page.locator("main")).to_contain_text("your local emergency number")
    parts = ["/en/offline", "/es/offline", "site.css", "mark.svg", "offline.js"]
    ((_, paths),) = kept(page).items()
    assert [path for path in paths if "/static/" not in path] == parts[:2]
    assert len(paths) == len(parts)

    visit.context.set_offline(False)
    expect(page.locator("h1")).to_have_text("What the experts say")


def test_with_the_list_its_words_are_gone_from_the_device(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/first-days?t=8")
    page.locator("button[data-keep]").first.click()
    page.goto("/appointment")
    wait_until(page, "localStorage.getItem('hope-appointment-shown')?.includes('Stage 4 means')")

    page.get_by_role("button", name="Empty my list").click()

    wait_until(page, "localStorage.getItem('hope-appointment-shown') === null")


def test_who_chose_spanish_reads_spanish_and_an_empty_list_says_so(visit: Visitor) -> None:
    page = visit.page
    page.goto("/es/about")
    wait_until(page, WORKER)

    visit.context.set_offline(True)
    page.goto("/es/topics")

    expect(page.locator("h1")).to_have_text("Ahora no se puede llegar a este sitio")
    expect(page.get_by_text("Todavía no hay nada en su lista.")).to_be_visible()


def test_a_new_version_takes_over_and_leaves_nothing_of_the_old_one(
    visit: Visitor, app: Starlette
) -> None:
    page = visit.page
    page.goto("/about")
    wait_until(page, WORKER)
    (before,) = kept(page)

    app.state.site = replace(app.state.site, version="a-newer-one", kept=KeptPages())
    page.goto("/about")
    wait_until(page, f"{WORKER}.scriptURL.endsWith('?v=a-newer-one')")
    wait_until(page, f"{WORKER}.state === 'activated'")

    assert before != "hope-a-newer-one"
    assert list(kept(page)) == ["hope-a-newer-one"]


def test_a_phone_can_put_the_site_among_its_apps(visit: Visitor) -> None:
    page = visit.page
    page.goto("/")
    wait_until(page, WORKER)
    session = visit.context.new_cdp_session(page)

    manifest = session.send("Page.getAppManifest")
    found = session.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["errors"] == []
    # Playwright's windows are private ones, in which nothing is installed.
    assert {one["errorId"] for one in found} <= {"in-incognito"}
