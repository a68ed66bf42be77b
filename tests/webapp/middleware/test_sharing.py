from __future__ import annotations

import pytest
from starlette.testclient import TestClient

ELSEWHERE = {"Origin": "https://newsletter.example"}


@pytest.mark.parametrize(
    "path", ["/api/videos", "/es/api/videos", "/api/nothing", "/api/search?q=", "/openapi.json"]
)
def test_a_page_elsewhere_may_read_what_is_for_programs(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=ELSEWHERE)

    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in answer.headers


def test_a_browser_that_asks_ahead_is_told_that_it_may_only_read(client: TestClient) -> None:
    asked = {**ELSEWHERE, "Access-Control-Request-Method": "GET"}

    answer = client.options("/api/videos", headers=asked)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-headers"] == "If-None-Match"


@pytest.mark.parametrize("path", ["/", "/search?q=stage", "/api", "/appointment"])
def test_a_page_for_people_is_not_for_other_pages(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=ELSEWHERE)

    assert "access-control-allow-origin" not in answer.headers
