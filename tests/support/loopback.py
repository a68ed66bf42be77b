"""A site of our own on 127.0.0.1, for tests: paths with answers, and a list of what was asked.

with serving() as site:
    site.put("/talk/", "<p>Hello")
    ask(site.url + "/talk/")
    assert site.asked == ["/talk/"]
"""

from __future__ import annotations

import json
import ssl
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SELF_SIGNED = Path(__file__).with_name("self_signed.pem")
TYPES = {".vtt": "text/vtt", ".srt": "application/x-subrip", ".json3": "application/json"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one path answers; `cut` ends the connection before the promised end.

    Only one that is `ranged` heeds it when a part is asked for.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    ranged: bool = False

    def part(self, wanted: str | None) -> Answer:
        """What is answered to a `Range: bytes=100-`."""
        if not (self.ranged and wanted):
            return self
        start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        return replace(self, body=self.body[start:], status=206)


@dataclass
class Site:
    """A running site. `asked` are the paths in the order they were asked for, `heads` their heads.

    `drip` are paths whose answer comes a byte each tenth of a second and never ends; below /head
    not even its head does. As a proxy it refuses every tunnel.
    """

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[Mapping[str, str]] = field(default_factory=list)
    drip: set[str] = field(default_factory=set)
    hanging: set[str] = field(default_factory=set)
    refusing_tunnels: int = 502
    closing: threading.Event = field(default_factory=threading.Event)

    def put(
        self,
        path: str,
        body: str | bytes = b"",
        status: int = 200,
        *,
        cut: bool = False,
        ranged: bool = False,
        **headers: str,
    ) -> str:
        """Answer `path` so from now on; returns its address. Header names take underscores."""
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(content, status, named, cut, ranged)
        return self.url + path

    def json(self, path: str, value: object, status: int = 200) -> str:
        """Answer `path` with JSON."""
        return self.put(path, json.dumps(value), status, Content_Type="application/json")

    def hang(self, path: str) -> None:
        """Let whoever asks for `path` wait until the site is closed."""
        self.hanging.add(path)

    def page(self, path: str, *tracks: str, video: str = "talk.mp4") -> str:
        """A page with a video of its own; a track is `srclang file`, as in `en talk.vtt`."""
        tags = "".join(
            f'<track kind="captions" srclang="{lang}" src="{src}">'
            for lang, _, src in (track.partition(" ") for track in tracks)
        )
        source = f'<source src="{video}" type="video/mp4">' if video else ""
        return self.html(path, f"<video controls>{source}{tags}</video>")

    def html(self, path: str, inside: str) -> str:
        """A page that holds what is given."""
        page = f"<!doctype html><html><head><title>Talk</title></head><body>{inside}</body></html>"
        return self.put(path, page)


class LoopbackServer(ThreadingHTTPServer):
    """Says nothing of whoever goes away: it would stand in what another test's command prints."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


@contextmanager
def serving(*, secure: bool = False) -> Iterator[Site]:
    """Run a site for as long as the block lasts; a secure one shows a certificate nobody trusts."""
    site = Site()
    server = LoopbackServer(("127.0.0.1", 0), _handler(site))
    site.url = f"http{'s' if secure else ''}://127.0.0.1:{server.server_port}"
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(SELF_SIGNED)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.heads.append(dict(self.headers))
            site.asked.append(self.path)
            if self.path in site.hanging:
                site.closing.wait()
                return
            if self.path in site.drip:
                self._drip()
                return
            answer = site.answers.get(self.path.partition("?")[0], Answer(b"Not here", 404))
            tag = answer.headers.get("ETag")
            if tag and self.headers.get("If-None-Match") == tag:
                answer = Answer(status=304, headers=answer.headers)
            answer = answer.part(self.headers.get("Range"))
            self.send_response(answer.status)
            suffix = "." + self.path.partition("?")[0].rpartition(".")[2]
            headers = {"Content-Type": TYPES.get(suffix, "text/html; charset=utf-8")}
            length = len(answer.body) + (1000 if answer.cut else 0)
            for name, value in {**headers, "Content-Length": str(length), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def do_CONNECT(self) -> None:
            site.asked.append(f"CONNECT {self.path}")
            self.send_response(site.refusing_tunnels)
            self.end_headers()

        def _drip(self) -> None:
            with suppress(OSError):
                if not self.path.startswith("/head"):
                    self.send_response(200)
                    self.end_headers()
                while not site.closing.wait(0.1):
                    self.wfile.write(b"X")
                    self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its signature
            pass

    return Handler
