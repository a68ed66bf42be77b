from __future__ import annotations

import logging
from pathlib import Path
from typing import cast

import pytest
from small_site import indexed_library, write_library
from starlette.testclient import TestClient

from catalog import Catalogue, Library
from indexer import Answer, Budget, Generation, Shelf
from webapp.app import create_app


class BrokenShelf:
    """A shelf whose generation fails in a way that nobody foresaw."""

    served = "g000001"
    catalogue = Catalogue()

    def current(self) -> Generation:
        return cast(Generation, self)

    def search(
        self, query: str, *, limit: int, exact: bool, counts: bool, budget: Budget
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
