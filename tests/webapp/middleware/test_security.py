from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from webapp.middleware.security import HEADERS, POLICY


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/static/x", "/healthz", "/media/first-days.mp4"]
)
def test_every_answer_carries_the_headers_that_protect(path: str, client: TestClient) -> None:
    answer = client.get(path)

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "set-cookie" not in answer.headers


def test_the_policy_allows_nothing_inline_and_frames_only_of_youtube() -> None:
    assert "unsafe" not in POLICY
    assert "frame-src https://www.youtube-nocookie.com;" in POLICY
    assert "frame-ancestors 'none'" in POLICY
    assert HEADERS["Referrer-Policy"] == "strict-origin-when-cross-origin"
