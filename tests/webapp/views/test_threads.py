from __future__ import annotations

import threading

import pytest
from starlette.testclient import TestClient

from catalog import Library
from indexer import Answer, Generation, Shelf
from indexer.search.search import Searcher
from webapp.app import create_app


def test_a_question_is_answered_where_requests_are_taken_if_that_is_quick(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, threads = Shelf(library), list[int]()

    def noting(self: Searcher, text: str, **options: object) -> Answer:
        threads.append(threading.get_ident())
        return found(self, text, **options)  # type: ignore[arg-type]

    found = Searcher.search
    monkeypatch.setattr(Searcher, "search", noting)

    def at_once(client: TestClient, question: str, path: str = "/search") -> bool:
        assert client.get(path, params={"q": question}).status_code == 200
        assert client.portal
        return threads[-1] == client.portal.call(threading.get_ident)

    with TestClient(create_app(library, shelf)) as client:
        assert at_once(client, "stage")
        assert at_once(client, "stage", "/api/search")
        assert not at_once(client, "stage " * 100)
        monkeypatch.setattr(Shelf, "is_up_to_date", False)  # another one is to be opened first
        assert not at_once(client, "stage")
        monkeypatch.setattr(Shelf, "is_up_to_date", True)
        monkeypatch.setattr(Generation, "is_quick", False)
        assert not at_once(client, "stage")
