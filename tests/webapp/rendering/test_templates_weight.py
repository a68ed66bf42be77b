"""How much a visitor must load: no page is heavy, and what does not change is kept."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from long_talk import SENTENCES, library_of_a_long_talk
from site_pages import NAMES, PAGES, SitePage
from starlette.applications import Starlette
from starlette.testclient import TestClient

from indexer import Shelf
from webapp.app import create_app

MOST = 50 * 1024
MOST_OF_A_TRANSCRIPT = 100 * 1024


@pytest.fixture(scope="module")
def client(whole_app: Starlette) -> Iterator[TestClient]:
    with TestClient(whole_app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.slow
def test_every_page_is_light(client: TestClient) -> None:
    weights = {page.kind: weight(client, page.path) for page in PAGES}

    assert {kind: size for kind, size in weights.items() if size > MOST} == {}


@pytest.mark.slow
def test_a_transcript_of_three_hours_is_not_heavy(tmp_path: Path) -> None:
    library = library_of_a_long_talk(tmp_path)
    client = TestClient(create_app(library, Shelf(library)))

    plain = weight(client, "/watch/first-days?t=5400")
    searched = [weight(client, f"/watch/first-days?t={t}&q=biopsy") for t in (0, 5400)]
    parts = [client.get(f"/watch/first-days?part={part}").text for part in range(1, 5)]

    read = {one for part in parts for one in re.findall(r'<a id="(s\d+)"', part)}
    assert len(read) == SENTENCES
    assert plain < MOST_OF_A_TRANSCRIPT
    assert max(searched) < MOST_OF_A_TRANSCRIPT


@pytest.mark.parametrize("one", PAGES, ids=NAMES)
def test_a_page_is_sent_small_and_asked_for_again(client: TestClient, one: SitePage) -> None:
    answer = client.get(one.path)

    assert answer.status_code == one.status
    assert answer.headers["content-encoding"] in ("br", "gzip")
    assert answer.headers["cache-control"] == "private, no-cache"


def test_what_pages_are_made_with_is_sent_small_and_kept_for_good(client: TestClient) -> None:
    addresses = {part for page in PAGES for part in parts(client.get(page.path).text)}

    assert len(addresses) > 5
    for address in addresses:
        answer = client.get(address)
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", address)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        packed = answer.headers.get("content-encoding") in ("br", "gzip")
        assert packed or len(answer.content) < 500


def weight(client: TestClient, path: str) -> int:
    """The bytes that come through the line for a page, its style sheet and its scripts."""
    page = client.get(path)
    sent = len(gzip.compress(page.content, 6))
    return sent + sum(
        len(gzip.compress(client.get(part).content)) for part in every_part(client, page.text)
    )


def every_part(client: TestClient, page: str) -> set[str]:
    """The style sheets and scripts of a page, and the scripts that those bring in."""
    found: set[str] = set()
    waiting = parts(page)
    while waiting:
        part = waiting.pop()
        found.add(part)
        if part.endswith(".js"):
            brought = re.findall(r"""(?:from|import)\s*["']([^"']+)["']""", client.get(part).text)
            waiting |= {urljoin(part, name) for name in brought} - found
    return found


def parts(page: str) -> set[str]:
    """The style sheets and scripts that a page names."""
    return set(re.findall(r'(?:<script src|<link rel="stylesheet" href)="([^"]+)"', page))
