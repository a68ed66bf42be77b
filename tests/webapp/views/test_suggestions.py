"""Where a page says what is suggested, and how that is sent."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient


def address(client: TestClient, path: str) -> str:
    found = re.search(r'data-at="(/suggestions/[^"]+)"', client.get(path).text)
    assert found
    return found[1]


@pytest.mark.parametrize(("path", "language"), [("/", "en"), ("/es/", "es"), ("/es/help", "es")])
def test_a_page_names_the_suggestions_of_its_language(
    client: TestClient, path: str, language: str
) -> None:
    assert re.fullmatch(rf"/suggestions/{language}\.[0-9a-f]{{12}}\.json", address(client, path))


def test_suggestions_are_sent_small_and_kept_for_good(client: TestClient) -> None:
    answer = client.get(address(client, "/"))

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["questions"] == ["What does stage 4 mean?", "Can I ask anything?"]
    assert answer.json()["topics"] == [["Stages", "topic/stages"]]


def test_a_page_from_before_the_last_index_gets_what_is_suggested_now(client: TestClient) -> None:
    old = client.get("/suggestions/en.000000000000.json")

    assert old.headers["cache-control"] == "no-cache"
    assert old.content == client.get(address(client, "/")).content
    assert client.get("/suggestions/xx.json").status_code == 404
