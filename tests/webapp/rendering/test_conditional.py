from __future__ import annotations

from pathlib import Path

import pytest
from small_site import small_app
from starlette.testclient import TestClient

from webapp.rendering.conditional import is_known

ANSWER = {"etag": '"one"', "last-modified": "Mon, 04 May 2026 10:00:00 GMT"}


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ({"if-none-match": '"one"'}, True),
        ({"if-none-match": 'W/"two", W/"one"'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"two"'}, False),
        ({"if-none-match": ""}, False),
        ({"if-modified-since": "Mon, 04 May 2026 10:00:00 GMT"}, True),
        ({"if-modified-since": "Tue, 05 May 2026 10:00:00 GMT"}, True),
        ({"if-modified-since": "Sun, 03 May 2026 10:00:00 GMT"}, False),
        ({"if-modified-since": "yesterday"}, False),
        # The mark counts alone.
        ({"if-none-match": '"two"', "if-modified-since": "Tue, 05 May 2026 10:00:00 GMT"}, False),
        ({}, False),
    ],
)
def test_an_answer_is_known_by_its_mark_or_else_its_date(
    asked: dict[str, str], known: bool
) -> None:
    assert is_known(asked, ANSWER) is known


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    root = tmp_path_factory.mktemp("library")
    app = small_app(root)
    posters = Path(root / "posters")
    posters.mkdir()
    (posters / "pills.jpg").write_bytes(b"\xff\xd8\xff picture")
    return TestClient(app)


@pytest.mark.parametrize(
    "path",
    ["/media/first-days.mp4", "/posters/pills", "/card/watch/pills", "/captions/first-days/en.vtt",
     "/sitemap.xml"],
)  # fmt: skip
def test_files_are_not_sent_twice(client: TestClient, path: str) -> None:
    first = client.get(path)
    by_mark = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    other = client.get(path, headers={"If-None-Match": '"other"'})

    assert (first.status_code, by_mark.status_code, other.status_code) == (200, 304, 200)
    assert by_mark.content == b""
    assert by_mark.headers["etag"] == first.headers["etag"]
    assert by_mark.headers["cache-control"] == first.headers["cache-control"]


@pytest.mark.parametrize("path", ["/media/first-days.mp4", "/posters/pills"])
def test_files_are_not_sent_twice_by_their_date(client: TestClient, path: str) -> None:
    changed = client.get(path).headers["last-modified"]
    for headers in (
        {"If-Modified-Since": changed},
        {"If-Modified-Since": changed, "Range": "bytes=0-1"},
    ):
        assert client.get(path, headers=headers).status_code == 304
        assert client.head(path, headers=headers).status_code == 304
