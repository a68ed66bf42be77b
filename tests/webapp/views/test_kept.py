"""Pages that are the same for everybody: written once, sent to all, marked by what they hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import indexed_library, quietly
from starlette.requests import Request
from starlette.testclient import TestClient

from catalog import Library, load_catalogue
from indexer import Generation, Shelf
from indexer.writer.builder import build_index
from webapp.app import create_app
from webapp.rendering.metadata import PageAddress, page_address

WRITTEN_ONCE = (
    "/", "/topics", "/topic/stages", "/series", "/series/basics", "/people", "/person/tess",
    "/terms", "/term/lorlatinib", "/questions", "/about", "/help", "/watch/first-days",
)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return indexed_library(tmp_path)


@pytest.fixture
def client(library: Library) -> TestClient:
    return TestClient(create_app(library, Shelf(library)), base_url="http://localhost")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that are written, one after the other."""
    found: list[str] = []

    def address(request: Request, *args: str) -> PageAddress:
        found.append(request.scope["path"])
        return page_address(request, *args)

    monkeypatch.setattr("webapp.pages.page_address", address)
    return found


def test_a_page_that_may_lack_something_is_written_again(
    client: TestClient, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lacking:
        lacking.setattr(Generation, "is_lacking", True)
        client.get("/watch/first-days")
    for _ in range(2):
        client.get("/watch/first-days")
    assert written == ["/watch/first-days"] * 2


def test_a_page_that_is_the_same_for_everybody_is_written_once(
    client: TestClient, written: list[str]
) -> None:
    first = {path: client.get(path) for path in WRITTEN_ONCE}
    again = {path: client.get(path) for path in WRITTEN_ONCE}

    assert written == [*WRITTEN_ONCE]
    for path, page in first.items():
        assert page.status_code == 200
        assert (again[path].text, again[path].headers) == (page.text, page.headers), path
        assert page.headers["cache-control"] == "private, no-cache"
        assert page.headers["vary"] == "Accept-Encoding, Accept-Language"


def test_a_page_that_is_there_waits_for_no_other_thread(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = client.get("/topics").text
    monkeypatch.setattr("webapp.views.kept.run_in_threadpool", None)
    assert client.get("/topics").text == written


def test_it_is_another_page_in_another_language_or_under_another_name(
    client: TestClient, written: list[str]
) -> None:
    asked = [
        client.get("/topics", headers=headers).text
        for headers in ({}, {"Accept-Language": "es"}, {"Host": "other.example"})
    ]
    asked.append(client.get("/es/topics").text)

    assert len({*asked}) == len(written) == 4
    assert "other.example" in asked[2]
    assert "other.example" not in client.get("/topics").text


@pytest.mark.parametrize("query", ["?page=1", "?q=cough", "?zorblax"])
def test_what_is_asked_behind_an_address_is_never_kept(
    client: TestClient, written: list[str], query: str
) -> None:
    for _ in range(2):
        client.get(f"/watch/first-days{query}")
        client.get(f"/questions{query}")

    assert len(written) == 4


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_each_coding_holds_the_same_page(client: TestClient, coding: str) -> None:
    plain = client.get("/topic/stages", headers={"Accept-Encoding": "identity"})
    page = client.get("/topic/stages", headers={"Accept-Encoding": coding})
    head = client.head("/topic/stages", headers={"Accept-Encoding": coding})

    assert page.text == plain.text
    assert page.headers.get("content-encoding", "identity") == coding
    assert head.headers == page.headers
    assert not head.content


def test_whoever_has_a_page_is_sent_nothing_again(client: TestClient) -> None:
    page = client.get("/topic/stages")
    known = client.get("/topic/stages", headers={"If-None-Match": page.headers["etag"]})

    assert page.headers["etag"].startswith('W/"')
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["etag"] == page.headers["etag"]
    assert "Accept-Encoding" in known.headers["vary"]
    assert known.headers["cache-control"] == "private, no-cache"
    assert known.headers["content-security-policy"] == page.headers["content-security-policy"]


@pytest.mark.slow
def test_a_new_generation_has_pages_of_its_own(
    client: TestClient, library: Library, written: list[str]
) -> None:
    before = client.get("/topic/stages")
    catalogue = library.catalog_dir / "topics.toml"
    catalogue.write_text(catalogue.read_text("utf-8").replace('title = "', 'title = "New '))
    build_index(library, load_catalogue(library), quietly)
    after = client.get("/topic/stages", headers={"If-None-Match": before.headers["etag"]})

    assert after.status_code == 200
    assert "<h1>New " in after.text
    assert len(written) == 2


def test_a_picture_that_comes_later_is_shown(client: TestClient, library: Library) -> None:
    before = client.get("/watch/pills").text
    library.posters_dir.mkdir()
    (library.posters_dir / "pills.jpg").write_bytes(b"\xff\xd8\xff")

    assert "/posters/pills" not in before
    assert "/posters/pills" in client.get("/watch/pills").text
