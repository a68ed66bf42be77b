"""The system's Chromium and a site on loopback for it to look at.

`HOPE_CHROMIUM` names another one than the first of BROWSERS that is there.
"""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, sync_playwright
from starlette.types import ASGIApp

# The shell is Chromium without windows: the same pages for less than half of the work.
BROWSERS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
]


def need_chromium() -> None:
    """Skip, saying why, where no Chromium can be driven; fail where one was promised."""
    reason = _missing()
    if not reason:
        return
    if os.environ.get("HOPE_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _executable() -> Path:
    named = os.environ.get("HOPE_CHROMIUM")
    return Path(named) if named else next(filter(Path.exists, BROWSERS), BROWSERS[-1])


def _missing() -> str:
    """Say what is missing to drive a browser; nothing when all is there."""
    if not _executable().exists():
        return f"there is no Chromium at {_executable()} (apt-get install chromium)"
    driver = subprocess.run(
        [compute_driver_executable()[0], "--version"], capture_output=True, check=False
    )
    if driver.returncode:
        told = driver.stderr.decode(errors="replace").strip()
        return f"the browser's driver does not start (apt-get install libatomic1): {told}"
    return ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a headless Chromium that asks nothing of the network by itself."""
    need_chromium()
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_executable(), args=flags)
        yield browser
        browser.close()


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an app on a free port of loopback; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        # As `hope serve` does it: else each answer over an open connection waits 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
