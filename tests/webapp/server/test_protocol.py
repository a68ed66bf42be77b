from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from webapp.middleware.security import HEADERS
from webapp.server.protocol import RequestTimeoutProtocol


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(body.decode())(scope, receive, send)


@contextmanager
def served() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        config = uvicorn.Config(
            echo,
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
        yield taken.getsockname()[1]
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

    assert missed == {name: (set(), b"http/1.1 400") for name in NO_REQUESTS}
