"""The archive: pages that need no server, and a browser that opens them from a disk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import need_chromium
from command_line import hope
from playwright.sync_api import Browser

from catalog import Library


def test_every_link_of_the_archive_leads_somewhere_in_it(exported: Path) -> None:
    site = exported / "site"
    for page in site.glob("*.html"):
        text = page.read_text("utf-8")
        assert "<script" not in text
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            name, _, anchor = link.partition("#")
            if name.startswith("https://"):
                continue
            there = (site / (name or page.name)).read_text("utf-8")
            assert not anchor or f'id="{anchor}"' in there, (page.name, link)


def test_what_is_text_stays_text_in_the_archive(exported: Path) -> None:
    page = (exported / "site/index.html").read_text("utf-8")

    assert "Basics &lt;1&gt;" in page
    assert "The first days &amp; weeks" in page


@pytest.mark.browser
def test_the_archive_opens_from_a_disk(exported: Path, browser: Browser) -> None:
    need_chromium()
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto((exported / "site/index.html").as_uri())
    page.get_by_role("link", name="Words from A to Z").click()
    page.get_by_role("link", name="Pills for ALK, 0:02").first.click()
    target = page.evaluate("document.querySelector(':target').textContent")
    families = page.evaluate("getComputedStyle(document.body).maxWidth")
    context.close()

    assert "orlatinib is a pill" in target
    assert families != "none"  # its style is there
    assert all(address.startswith("file:") for address in asked)


def test_the_archive_can_be_in_spanish(library: Library, tmp_path: Path) -> None:
    hope(library, "export", str(tmp_path / "out"), "--only", "site", "--language", "es")

    page = (tmp_path / "out/site/index.html").read_text("utf-8")
    assert '<html lang="es">' in page
    assert "Lo que se dijo en estos videos" in page
    assert '<span lang="en">Pills for ALK</span>' in page
