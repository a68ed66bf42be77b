"""A page of another site reads what is for programs, in a real browser, and nothing else."""

from __future__ import annotations

import pytest
from browser import served
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

pytestmark = pytest.mark.browser
READ = """async (address) => {
  try {
    const answer = await fetch(address, { headers: { "If-None-Match": '"old"' } });
    return [answer.status, answer.headers.has("etag"), (await answer.json()).total];
  } catch { return "refused"; }
}"""


def test_a_page_elsewhere_may_read_the_api_alone(browser: Browser, site: str) -> None:
    elsewhere = Starlette(routes=[Route("/", lambda _request: HTMLResponse("<title>x</title>"))])
    with served(elsewhere) as address:
        page = browser.new_page()
        page.goto(address)
        read = page.evaluate(READ, f"{site}/api/videos?limit=1")
        unknown = page.evaluate(READ, f"{site}/api/nothing")
        pages = page.evaluate(READ, f"{site}/search?q=stage")
        page.close()

    assert read == [200, True, 4]
    assert unknown == [404, False, None]
    assert pages == "refused"
