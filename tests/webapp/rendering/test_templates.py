"""Templates only lay out what presenters worked out, whose tests see no HTML."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from webapp.pages import TEMPLATES

# Counting down, asking whether something is among others, and gluing addresses together.
_WORKED_OUT = re.compile(r"\|length [<>=]|\|length - |[\])] if .* else|\[[0-9]*:[0-9]*\]|~ \(")


def test_a_line_of_a_template_can_be_read_without_scrolling() -> None:
    long = [
        f"{path.name}:{number}"
        for path in sorted(TEMPLATES.glob("*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 140
    ]

    assert long == []


def test_no_page_state_is_worked_out_in_a_template() -> None:
    found = [
        f"{path.name}: {match[0]}"
        for path in sorted(TEMPLATES.glob("*.html"))
        for match in _WORKED_OUT.finditer(path.read_text("utf-8"))
    ]

    assert found == []


PAGES = [
    "/",
    "/search",
    "/search?q=stage+4",
    "/search?q=xyzzy",
    "/watch/first-days",
    "/watch/first-days?t=8&lang=es",
    "/watch/pills?t=30",
    "/watch/elsewhere",
    "/watch/silent",
    "/series/basics",
    "/topic/stages",
    "/topic/costs",
    "/about",
    "/nothing-here",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_landmarks_and_one_heading(client: TestClient, path: str) -> None:
    page = client.get(path).text

    assert page.count("<h1") == 1
    assert page.count("<main") == page.count("<header") == page.count("<footer") == 1
    assert page.index('href="#main"') < page.index("<header")
    assert 'lang="en"' in page
    assert re.search(r"<title>\S.*</title>", page)
    assert "not medical advice" in page


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_script_style_or_foreign_addresses(client: TestClient, path: str) -> None:
    page = client.get(path).text

    data = r"<script type=\"application/ld\+json\">|<link rel=\"(canonical|alternate)\""
    page = re.sub(data, "", page)
    assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)|<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"(?:src|poster|srcset|action)=\"(?!/)", page)
    assert not re.search(r"<link[^>]*href=\"(?!/)", page)


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique(client: TestClient, path: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get(path).text)

    assert len(ids) == len(set(ids))
