from __future__ import annotations

import anyio
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Message

from catalog import Library
from indexer import Shelf
from webapp.app import create_app
from webapp.config import Service


@pytest.fixture(scope="module")
def app(library: Library) -> Starlette:
    return create_app(library, Shelf(library), service=Service(hosts=frozenset({"hope.example"})))


def asked(app: Starlette, target: str, host: str = "hope.example", method: str = "GET") -> Message:
    """Send a target as it stands; what came of it."""
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", host.encode())],
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    anyio.run(app, scope, receive, send)
    body = b"".join(one.get("body", b"") for one in sent)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return {"status": sent[0]["status"], "body": body, "headers": headers}


@pytest.mark.parametrize(
    "target",
    ["http://hope.example/watch/first-days?t=8", "HTTPS://Hope.Example:443/watch/first-days?t=8"],
)
def test_a_whole_address_is_the_page_at_its_host(app: Starlette, target: str) -> None:
    # What the header says does not count (RFC 9112, 3.2.2).
    answer = asked(app, target, host="elsewhere.example")

    assert answer["status"] == 200
    assert b"/watch/first-days?t=8" in answer["body"]
    assert asked(app, "http://hope.example")["status"] == 200


def test_a_whole_address_of_another_site_is_refused(app: Starlette) -> None:
    assert asked(app, "http://elsewhere.example/watch/first-days")["status"] == 400


@pytest.mark.parametrize(
    "target", ["watch", "*", "", "ftp://hope.example/", "http://a@hope.example/"]
)
def test_what_is_no_target_is_refused(app: Starlette, target: str) -> None:
    answer = asked(app, target)

    assert answer["status"] == 400
    assert "content-security-policy" in answer["headers"]


def test_all_of_the_site_can_be_asked_what_it_allows(app: Starlette) -> None:
    answer = asked(app, "*", method="OPTIONS")

    assert (answer["status"], answer["headers"]["allow"]) == (204, "GET, HEAD, OPTIONS, POST")


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("/watch/first-days", "POST", {"GET", "HEAD"}),
        ("/appointment", "DELETE", {"GET", "HEAD", "POST"}),
        ("/es/search", "PUT", {"GET", "HEAD"}),
        ("/media/first-days.mp4", "POST", {"GET", "HEAD"}),
    ],
)
def test_what_may_not_be_done_says_what_may(
    client: TestClient, path: str, method: str, allowed: set[str]
) -> None:
    answer = client.request(method, path)

    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == allowed
