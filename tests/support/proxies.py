"""The proxies of deploy/, run for real with the files that are shipped; only places are others."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from paths import ROOT

HOST = "search.example.org"
NGINX_ITSELF = Path("/etc/nginx/nginx.conf")
_SYSTEM = os.pathsep.join(("/usr/sbin", "/sbin", os.environ.get("PATH", "")))


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that runs; all that it writes is in its folder."""

    http: int
    https: int
    folder: Path

    def ask(
        self,
        path: str,
        *,
        host: str = HOST,
        tls: bool = True,
        body: bytes = b"",
        head: str = "",
        chunked: bool = False,
    ) -> int:
        """Ask for a path under a host; the status of the answer, 0 for none."""
        method = "POST" if body else "GET"
        lines = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{head}"
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        if chunked:
            length = "Transfer-Encoding: chunked\r\n"
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        return self.send(f"{lines}{length}\r\n".encode() + body, tls=tls)

    def send(self, request: bytes, *, tls: bool = True) -> int:
        """Send whatever is to be a request; the status of the answer, 0 for none."""
        with suppress(OSError), self._line(tls=tls) as line:
            with suppress(OSError):  # it may answer before it has read all
                line.sendall(request)
            answer = line.recv(65536).split(b" ", 2)
            return int(answer[1]) if len(answer) > 1 else 0
        return 0

    def written(self) -> list[bytes]:
        """All that it has written, its own programs and certificates too."""
        return [file.read_bytes() for file in self.folder.rglob("*") if file.is_file()]

    @contextmanager
    def _line(self, *, tls: bool) -> Iterator[socket.socket]:
        port = self.https if tls else self.http
        with socket.create_connection(("127.0.0.1", port), 20) as plain:
            if not tls:
                yield plain
                return
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            with context.wrap_socket(plain, server_hostname=HOST) as line:
                yield line


def program(name: str) -> str:
    """Where a program is; skips, saying why, or fails where it was promised."""
    found = shutil.which(name, path=_SYSTEM)
    if found is None:
        reason = f"there is no {name} here (apt-get install {name})"
        if os.environ.get("HOPE_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def nginx(folder: Path, site: int) -> Iterator[Proxy]:
    """Debian's nginx with its own configuration, and ours in it, before a site on a port."""
    run = program("nginx")
    proxy = Proxy(_free(), _free(), folder)
    _certificate(folder)
    ours = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    ours = ours.replace(f"/etc/letsencrypt/live/{HOST}", str(folder))
    ours = ours.replace("127.0.0.1:8000", f"127.0.0.1:{site}")
    for port, used in ((443, proxy.https), (80, proxy.http)):
        ours = ours.replace(f"    listen [::]:{port}", f"    listen [::1]:{used}")
        ours = ours.replace(f"    listen {port}", f"    listen 127.0.0.1:{used}")
    (folder / "site.conf").write_text(ours)
    whole = NGINX_ITSELF.read_text("utf-8").replace("/var/log/nginx", str(folder))
    whole = whole.replace("/etc/nginx/sites-enabled/*", str(folder / "site.conf"))
    whole = whole.replace("/run/nginx.pid", str(folder / "nginx.pid"))
    whole = whole.replace("include /etc/nginx/modules-enabled/*.conf;", "")
    inside = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = whole.replace("http {", f"http {{\n{inside}", 1)
    (folder / "nginx.conf").write_text(whole)
    command = [run, "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with _running(command, proxy, {}):
        yield proxy


@contextmanager
def caddy(folder: Path, site: int) -> Iterator[Proxy]:
    """Debian's Caddy with our Caddyfile, and certificates of its own making."""
    run = program("caddy")
    proxy = Proxy(_free(), _free(), folder)
    ours = (ROOT / "deploy/Caddyfile").read_text("utf-8")
    ours = ours.replace("127.0.0.1:8000", f"127.0.0.1:{site}")
    ports = f"\thttp_port {proxy.http}\n\thttps_port {proxy.https}\n"
    ours = ours.replace("{\n", f"{{\n\tadmin off\n\tskip_install_trust\n{ports}", 1)
    ours = ours.replace(f"{HOST} {{\n", f"{HOST} {{\n\ttls internal\n", 1)
    (folder / "Caddyfile").write_text(ours)
    command = [run, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    places = {name: str(folder / "data") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with _running(command, proxy, places):
        yield proxy


@contextmanager
def _running(command: list[str], proxy: Proxy, places: dict[str, str]) -> Iterator[None]:
    with (proxy.folder / "said.log").open("wb") as said:
        running = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, **places})
        try:
            deadline = time.monotonic() + 20
            while not proxy.ask("/about") and time.monotonic() < deadline:
                assert running.poll() is None, (proxy.folder / "said.log").read_text()
                time.sleep(0.1)
            yield
        finally:
            running.terminate()
            running.wait(20)


def _certificate(folder: Path) -> None:
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files]
    subprocess.run([program("openssl"), *made], check=True, capture_output=True)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
