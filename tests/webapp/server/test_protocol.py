from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from catalog import Library
from indexer import Shelf
from webapp.app import create_app
from webapp.config import RateLimits, Service
from webapp.middleware.security import HEADERS
from webapp.server.protocol import RequestTimeoutProtocol


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(body.decode())(scope, receive, send)


@contextmanager
def served(app: ASGIApp = echo) -> Iterator[int]:
    """Serve an app as the site is served; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        config = uvicorn.Config(
            app,
            http=RequestTimeoutProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            timeout_keep_alive=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield taken.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def all_of(line: socket.socket) -> bytes:
    got = b""
    while part := line.recv(65536):
        got += part
    return got


BEGUN = {
    "nothing at all": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: a\r\n",
    "half a body": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab",
    "half of a second request": b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /",
}


@pytest.mark.slow
def test_a_connection_that_sends_no_whole_request_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("webapp.server.protocol.SENDING_SECONDS", 0.3)
    answered = {}

    with served() as port, ExitStack() as stack:
        lines = {
            name: stack.enter_context(socket.create_connection(("127.0.0.1", port), 20))
            for name in BEGUN
        }
        for name, line in lines.items():
            line.sendall(BEGUN[name])
        for name, line in lines.items():
            answered[name] = all_of(line).count(b"HTTP/1.1 200")

    assert answered == {name: name == "half of a second request" for name in BEGUN}


def test_a_whole_request_has_all_the_time_it_needs() -> None:
    post = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n%s\r\n"

    with served() as port, socket.create_connection(("127.0.0.1", port), 20) as line:
        line.sendall(post % b"")
        line.sendall(b"ab")
        first = line.recv(65536)
        line.sendall(post % b"Connection: close\r\n" + b"cd")
        rest = all_of(line)

    assert (first + rest).count(b"HTTP/1.1 200") == 2
    assert (first + rest).endswith(b"cd")


NO_REQUESTS = {
    "no request": b"what is this?\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "an unknown coding": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
    "an endless head": b"GET / HTTP/1.1\r\nX: " + b"y" * 400_000,
}


def test_what_is_no_request_is_answered_with_the_headers_that_protect() -> None:
    wanted = {f"{name}: {value}".lower().encode() for name, value in HEADERS.items()}
    wanted.add(b"content-security-policy: default-src 'none'")
    missed = {}

    with served() as port:
        for name, sent in NO_REQUESTS.items():
            with socket.create_connection(("127.0.0.1", port), 20) as line:
                line.sendall(sent)
                with suppress(OSError):  # the site may have closed it already
                    line.shutdown(socket.SHUT_WR)
                got = line.recv(65536).lower()
            missed[name] = {one for one in wanted if one not in got}, got[:12]

    statuses = {"an endless head": 431, "an unknown coding": 501}
    assert missed == {
        name: (set(), f"http/1.1 {statuses.get(name, 400)}".encode()) for name in NO_REQUESTS
    }


def test_a_head_that_is_too_large_gets_its_answer_and_no_reset() -> None:
    with served() as port, socket.create_connection(("127.0.0.1", port), 20) as line:
        for _ in range(40):
            with suppress(OSError):
                line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX: " if not _ else b"y" * 100_000)
        answer = all_of(line)

    assert answer.startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")
    assert answer.endswith(b"too long.\n")


@pytest.mark.parametrize("part", [b"/?q=%b", b"/ HTTP/1.1\r\nX: %b"], ids=["address", "header"])
def test_a_whole_head_that_is_too_large_is_told_so(part: bytes) -> None:
    whole = b"GET " + part % (b"y" * 20_000)
    whole += b"\r\nHost: a\r\n\r\n" if b"HTTP" in part else b" HTTP/1.1\r\nHost: a\r\n\r\n"
    with served() as port, socket.create_connection(("127.0.0.1", port), 20) as line:
        line.sendall(whole)
        answer = all_of(line)

    assert answer.startswith(b"HTTP/1.1 431 ")
    assert answer.endswith(b"\r\n\r\nThe address or the headers of this request are too long.\n")


TWO_LENGTHS = {
    "both": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n",
    "of old": b"POST / HTTP/1.0\r\nHost: a\r\n",
}


@pytest.mark.parametrize("head", TWO_LENGTHS.values(), ids=TWO_LENGTHS)
def test_two_lengths_of_one_body_close_the_connection(head: bytes) -> None:
    with served() as port, socket.create_connection(("127.0.0.1", port), 20) as line:
        line.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        line.sendall(b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
        answer = all_of(line)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1") == 1
    assert b"connection: close" in answer.lower()


@pytest.mark.slow
def test_an_answer_that_nobody_reads_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.server.protocol.READING_SECONDS", 0.3)
    taken = {}
    with served(much) as port:
        for reads in (False, True):
            with socket.socket() as line:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
                line.connect(("127.0.0.1", port))
                line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                time.sleep(0 if reads else 2)
                taken[reads] = slowly(line)

    assert taken[False] < MUCH < taken[True]


MUCH = 10_000_000


async def much(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(b"x" * MUCH)(scope, receive, send)


def slowly(line: socket.socket) -> int:
    """Read on without a long pause, though all of it takes long; how much there was."""
    got = 0
    with suppress(ConnectionResetError):
        while part := line.recv(262_144):
            got += len(part)
            time.sleep(0.01)
    return got


def test_a_body_that_is_broken_off_takes_no_turn_and_is_no_error(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    # Room for one search, and for no request beyond those that are finished.
    service = Service(rate=RateLimits(searches=2, others=2), at_once=1, waiting=0)
    app = create_app(library, Shelf(library), service=service)
    head = b"POST /appointment HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\nfind=stage"
    with served(app) as port:
        for _ in range(60):
            with socket.create_connection(("127.0.0.1", port), 20) as line:
                line.sendall(head)
        deadline = time.monotonic() + 10
        while 'status="499"} 60.0' not in counted(app) and time.monotonic() < deadline:
            time.sleep(0.01)
        with socket.create_connection(("127.0.0.1", port), 20) as line:
            line.sendall(b"GET /search?q=stage HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            answer = all_of(line)

    said = counted(app)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert 'status="499"} 60.0' in said
    assert 'status="500"' not in said
    assert 'status="503"' not in said


def counted(app: Starlette) -> str:
    text: bytes = app.state.metrics.text(app.state.site.shelf, datetime.now(UTC))
    return text.decode()
