from __future__ import annotations

import logging
from pathlib import Path
from typing import cast

import pytest
from small_site import indexed_library, write_library
from starlette.testclient import TestClient

from catalog import Catalogue, Library
from indexer import Answer, Budget, Generation, Shelf, Urgency
from webapp.app import create_app
from webapp.config import RateLimits, Service


class BrokenShelf:
    """A shelf whose generation fails in a way that nobody foresaw."""

    served, held = "g000001", None
    catalogue = Catalogue()

    def current(self) -> Generation:
        return cast(Generation, self)

    def search(
        self, query: str, *, limit: int, exact: bool, counts: bool, budget: Budget, urgency: Urgency
    ) -> Answer:
        raise ValueError(f"cannot rank {query}")


def broken_app(root: Path) -> TestClient:
    return TestClient(create_app(Library(root), cast(Shelf, BrokenShelf())))


@pytest.mark.parametrize("path", ["/", "/search?q=stage", "/watch/first-days", "/series/basics"])
def test_without_an_index_the_site_says_that_it_is_down(path: str, tmp_path: Path) -> None:
    library = write_library(tmp_path)
    client = TestClient(create_app(library, Shelf(library)))

    answer = client.get(path)

    assert answer.status_code == 503
    assert "can't be searched right now" in " ".join(answer.text.split())
    assert "Nothing in these videos" not in answer.text
    assert answer.headers["retry-after"]


def test_about_is_there_without_an_index(tmp_path: Path) -> None:
    library = write_library(tmp_path)

    assert TestClient(create_app(library, Shelf(library))).get("/about").status_code == 200


def test_a_new_index_is_served_without_a_restart(tmp_path: Path) -> None:
    shelf = Shelf(Library(tmp_path))
    client = TestClient(create_app(Library(tmp_path), shelf))
    before = client.get("/search?q=stage").status_code

    indexed_library(tmp_path)

    assert (before, client.get("/search?q=stage").status_code) == (503, 200)


@pytest.mark.parametrize("path", ["/search?q=my+secret+lump", "/api/search?q=my+secret+lump"])
def test_a_bug_is_a_page_that_says_nothing_of_the_inside(path: str, tmp_path: Path) -> None:
    answer = broken_app(tmp_path).get(path)

    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "cannot rank" not in answer.text
    assert "secret" not in answer.text


def test_a_bug_is_logged_without_the_question(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        broken_app(tmp_path).get("/search?q=my+secret+lump")

    assert "ValueError while answering a request" in caplog.text
    assert "secret" not in "".join(r.getMessage() for r in caplog.records if r.name == "webapp")


def test_the_site_is_only_read(client: TestClient) -> None:
    answer = client.post("/search", data={"q": "stage"})

    assert answer.status_code == 405
    assert "<h1>That did not work</h1>" in answer.text


FILES = [
    "/feeds/videos.atom", "/es/feeds/search.atom?q=stage", "/feeds/topic/x.atom", "/sitemap.xml",
    "/captions/first-days/en.vtt", "/card/watch/first-days?t=8", "/posters/x", "/media/x.mp4",
]  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_programs_are_not_sent_a_page_instead_of_a_file(path: str, tmp_path: Path) -> None:
    client = TestClient(create_app(Library(tmp_path), Shelf(Library(tmp_path))))

    answer = client.get(path)

    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["retry-after"]
    assert len(answer.text.splitlines()) == 1


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/feeds/x.atom", "GET", 404),
        ("/feeds/search.atom", "GET", 400),
        ("/feeds/videos.atom", "POST", 405),
        ("/captions/first-days/xx.vtt", "GET", 404),
        ("/card/watch/nothing", "GET", 404),
        ("/static/x.css", "GET", 404),
        ("/.well-known/nothing", "GET", 404),
    ],
)
def test_what_is_wrong_with_a_file_is_a_sentence(
    client: TestClient, path: str, method: str, status: int
) -> None:
    answer = client.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert len(answer.text.splitlines()) == 1
    assert "<" not in answer.text


def test_who_follows_a_feed_too_often_is_told_what_should_not_wait(library: Library) -> None:
    service = Service(rate=RateLimits(searches=1, others=1))
    client = TestClient(create_app(library, Shelf(library), service=service))

    feeds = [client.get("/feeds/search.atom?q=I+want+to+kill+myself") for _ in range(2)]

    assert (feeds[1].status_code, feeds[1].headers["content-type"][:10]) == (429, "text/plain")
    assert "988" in feeds[1].text
    assert feeds[1].headers["retry-after"]
