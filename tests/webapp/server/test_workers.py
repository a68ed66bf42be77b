from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from paths import ROOT
from small_site import indexed_library

pytestmark = pytest.mark.slow


class Served:
    """A site that runs with two workers."""

    def __init__(self, process: subprocess.Popen[str], address: str, errors: Path) -> None:
        self.process = process
        self.host = urlsplit(address).netloc
        self._errors = errors

    @property
    def workers(self) -> set[int]:
        """The processes that serve, by what they say of themselves."""
        lines = [json.loads(line) for line in self._errors.read_text().splitlines()]
        ready = {line["process"] for line in lines if "are searched" in line["message"]}
        return {process for process in ready if is_there(process)}

    @property
    def said(self) -> list[str]:
        return [json.loads(line)["message"] for line in self._errors.read_text().splitlines()]

    def ask(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.host, timeout=20)
        with contextlib.closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()


def is_there(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def wait_until(true: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def serving(library: Path, errors: Path) -> Iterator[Served]:
    command = [sys.executable, "-m", "hope", "--library", str(library)]
    command += ["serve", "--port", "0", "--workers", "2"]
    with errors.open("w") as file, subprocess.Popen(command, cwd=ROOT, stderr=file) as process:
        try:
            wait_until(lambda: errors.read_text().count("are searched") == 2)
            first = json.loads(errors.read_text().splitlines()[0])["message"]
            address = first.partition(" is at ")[2].partition(" (")[0]
            yield Served(process, address, errors)  # type: ignore[arg-type]
        finally:
            process.kill()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed_library(tmp_path_factory.mktemp("library")).root


def asked(route: str, times: int) -> str:
    """The line of `/metrics` that says how often pages of a route were answered."""
    return f'hope_requests_total{{route="{route}",status="200"}} {times}.0'


def test_a_worker_that_is_killed_is_replaced_and_a_request_in_flight_is_answered_at_the_end(
    library: Path, tmp_path: Path
) -> None:
    with serving(library, tmp_path / "log") as site:
        before = site.workers
        for _ in range(8):
            assert site.ask("/about")[0] == 200
        # A request is counted when its answer has been sent, so perhaps after it was read.
        wait_until(lambda: asked("/about", 8) in site.ask("/metrics")[1])
        os.kill(min(before), signal.SIGSTOP)
        time.sleep(1)  # it is asked for a sign of life, and killed before it gives one
        os.kill(min(before), signal.SIGKILL)
        # Without a sign of life it is given half a minute; of its death is heard at once.
        wait_until(lambda: len(site.workers) == 2 and site.workers != before, seconds=25)
        answers = [site.ask("/search?q=stage")[0] for _ in range(8)]
        wait_until(lambda: asked("/search", 8) in site.ask("/metrics")[1])
        counted = site.ask("/metrics")[1]
        answer = stopped_in_flight(site, signal.SIGTERM)
        code = site.process.wait(30)

    assert answers == [200] * 8
    assert asked("/about", 8) in counted
    assert "hope_requests_in_flight 1.0" in counted
    assert answer.startswith(b"HTTP/1.1 200")
    assert code == 0
    assert site.said[-1] == "Stopped."
    assert not site.workers


def test_many_who_come_at_once_wait_until_a_worker_takes_them(
    library: Path, tmp_path: Path
) -> None:
    with serving(library, tmp_path / "log") as site, contextlib.ExitStack() as people:
        host, port = site.host.split(":")
        time.sleep(1)  # what the workers made short is made long again
        for worker in site.workers:
            os.kill(worker, signal.SIGSTOP)
        waiting = [
            people.enter_context(socket.create_connection((host, int(port)), timeout=5))
            for _ in range(60)
        ]
        for worker in site.workers:
            os.kill(worker, signal.SIGCONT)
        for one in waiting:
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert {one.recv(15) for one in waiting} == {b"HTTP/1.1 200 OK"}


def test_a_request_in_flight_is_answered_when_the_site_is_stopped_by_ctrl_c(
    library: Path, tmp_path: Path
) -> None:
    with serving(library, tmp_path / "log") as site:
        assert site.ask("/healthz")[0] == 200
        answer = stopped_in_flight(site, signal.SIGINT)
        code = site.process.wait(30)

    assert answer.startswith(b"HTTP/1.1 200")
    assert code == 0
    assert not site.workers


def stopped_in_flight(site: Served, sign: signal.Signals) -> bytes:
    """Stop a site in the middle of a request, and return how that is answered."""
    host, port = site.host.split(":")
    with socket.create_connection((host, int(port)), 20) as line:
        line.sendall(
            b"POST /appointment HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nm="
        )
        time.sleep(0.5)
        site.process.send_signal(sign)
        wait_until(lambda: not accepts(host, int(port)))
        line.sendall(b"a~")
        return line.recv(65536)


def accepts(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), 1):
            return True
    except OSError:
        return False


def test_no_worker_is_left_when_the_process_that_started_it_is_killed(
    library: Path, tmp_path: Path
) -> None:
    with serving(library, tmp_path / "log") as site:
        workers = site.workers
        site.process.kill()
        site.process.wait()

        wait_until(lambda: not any(map(is_there, workers)))
        assert len(workers) == 2


ENDS_AT_ONCE = """
import os, socket
from functools import partial
from uvicorn import Config
import webapp.server.workers as workers
workers.MOST_DEATHS = 3
if __name__ == "__main__":
    with workers.counting_folder(), socket.create_server(("127.0.0.1", 0)) as taken:
        config = Config(partial(os._exit, 9), factory=True, workers=2, log_config=None)
        team = workers.Workers(config, [taken])
        team.run()
        print("gave up" if team.gave_up else "was stopped")
"""


def test_workers_that_end_as_soon_as_they_begin_are_given_up(tmp_path: Path) -> None:
    script = tmp_path / "ends.py"
    script.write_text(ENDS_AT_ONCE)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script)]

    ended = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.stdout == "gave up\n"
    assert "nothing is served any more" in ended.stderr
