"""Debian's nginx and Caddy before the site, with the files of deploy/: what they say and write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import served
from proxies import HOST, Proxy, caddy, nginx

from catalog import Library
from indexer import Shelf
from webapp.app import create_app
from webapp.config import Service
from webapp.middleware.hosts import allowed_hosts

pytestmark = pytest.mark.slow
SECRET = "mysecretlump"
PROXIES: dict[str, Callable[[Path, int], AbstractContextManager[Proxy]]] = {
    "nginx": nginx,
    "caddy": caddy,
}


# What no browser sends, each on a line of its own.
ODD = (
    f"{SECRET} /{SECRET} HTTP/1.1\r\nHost: {HOST}\r\n",
    f"GET /search?q={SECRET} HTTP/9.9\r\nHost: {HOST}\r\n",
    f"GET /search?q={SECRET} HTTP/1.1\r\n",
    f"GET /search?q={SECRET} HTTP/1.1\r\nHost: {SECRET}..//x\r\n",
    f"GET http://{SECRET}.example/search?q={SECRET} HTTP/1.1\r\nHost: {HOST}\r\n",
    f"GET /{SECRET}%00/%zz HTTP/1.1\r\nHost: {HOST}\r\nReferer: https://x/?q={SECRET}\r\n",
    f"POST /appointment?q={SECRET} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {SECRET}\r\n",
    f"POST /appointment?q={SECRET} HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: {SECRET}\r\n",
    f"POST /appointment?q={SECRET} HTTP/1.1\r\nHost: {HOST}\r\nExpect: {SECRET}\r\n",
)


@pytest.fixture(params=PROXIES, scope="module")
def behind(
    request: pytest.FixtureRequest, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Proxy, ExitStack]]:
    """A proxy, and what stops the site behind it."""
    service = Service(hosts=allowed_hosts(f"https://{HOST}", ()))
    app = create_app(library, Shelf(library), service=service)
    folder = tmp_path_factory.mktemp(request.param)
    folder.chmod(0o755)
    with ExitStack() as site:
        port = urlsplit(site.enter_context(served(app))).port
        with PROXIES[request.param](folder, port or 0) as proxy:
            yield proxy, site


def test_pages_come_through_and_what_is_counted_stays_inside(
    behind: tuple[Proxy, ExitStack],
) -> None:
    proxy, _ = behind

    assert proxy.ask("/watch/first-days?t=8") == 200
    assert proxy.ask("/es/about") == 200
    for path in ("metrics", "healthz", "readyz"):
        for before in ("/", "/en/", "/es/", "//", "/en//"):
            assert proxy.ask(f"{before}{path}") == 404, before + path
        for written in (f"/{path}/", f"/{path}?x=1", f"/{path.upper()}", f"/%68{path[1:]}"):
            assert proxy.ask(written) in (404, 405), written


@pytest.mark.parametrize("chunked", [False, True], ids=["known", "chunked"])
@pytest.mark.parametrize(
    ("size", "status"),
    [(65_000, 200), (65_536, 200), (65_537, 413), (100_000, 413), (2_000_000, 413)],
)
def test_a_body_that_is_too_large_is_told_so(
    behind: tuple[Proxy, ExitStack], size: int, status: int, chunked: bool
) -> None:
    body = b"q=".ljust(size, b"x")

    assert behind[0].ask("/appointment", body=body, chunked=chunked) == status


def test_nothing_that_a_visitor_asks_is_written_down(behind: tuple[Proxy, ExitStack]) -> None:
    proxy, site = behind
    asked = f"/search?q={SECRET}"
    long = f"X-Long: {SECRET}{'y' * 70_000}\r\n"

    def ask_all() -> set[int]:
        return {
            proxy.ask(asked),
            proxy.ask(asked, tls=False),
            proxy.ask(asked, host="elsewhere.example"),
            proxy.ask(asked, host="elsewhere.example", tls=False),
            proxy.ask(asked, head=long),
            proxy.ask(asked, head=f"{SECRET}\r\n"),
            proxy.ask(f"/{SECRET}/../{SECRET}"),
            proxy.ask(f"/search?q={SECRET}{'z' * 20_000}"),
            proxy.ask("/appointment", body=f"q={SECRET}{'z' * 60_000}".encode()),
            proxy.ask("/appointment", body=f"q={SECRET}{'z' * 99_000}".encode()),
            *(proxy.send(f"{odd}Connection: close\r\n\r\n".encode()) for odd in ODD),
        }

    assert 200 in ask_all()
    site.close()
    assert ask_all() & {502, 503, 504}
    written = proxy.written()

    assert len(written) > 2
    assert [text[:200] for text in written if SECRET.encode() in text] == []
