from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import typer
from paths import ROOT
from small_site import indexed_library, quietly
from starlette.testclient import TestClient
from typer.testing import CliRunner

from catalog import Library, load_catalogue
from indexer import Shelf
from indexer.storage.manifest import SCHEMA
from indexer.writer.builder import build_index
from webapp import register
from webapp.app import create_app
from webapp.server.serve import listen


@contextmanager
def serving(library: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `serve` on a free port; yields the process and the address that it says."""
    with subprocess.Popen(
        [sys.executable, "-m", "hope", "--library", str(library), "serve", "--port", "0"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        yield process, said.partition(" is at ")[2].partition(" (")[0]
        process.kill()


def test_no_answer_waits_for_the_acknowledgement_of_what_was_sent_before() -> None:
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        taken, _ = listening.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def stop(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Press Ctrl-C; return the exit code and what was said since."""
    process.send_signal(signal.SIGINT)
    code = process.wait(timeout=60)
    assert process.stderr is not None
    return code, process.stderr.read()


def get(address: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    deadline = time.monotonic() + 10
    while True:
        try:
            connection.request("GET", path)
            break
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.slow
def test_serve_answers_logs_no_question_and_stops_at_ctrl_c(tmp_path: Path) -> None:
    indexed_library(tmp_path)

    with serving(tmp_path) as (process, address):
        status, page = get(address, "/search?q=what+does+stage+4+mean")
        long_status, _ = get(address, f"/search?q={quote('😟' * 10_000)}")
        code, said = stop(process)

    assert (status, long_status, code) == (200, 200, 0)
    assert "/watch/first-days?t=4" in page
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["message"] for line in lines] == [
        "Questions are searched by their words alone: it is switched off (HOPE_MODEL=off)",
        "request",
        "request",
        "Stopped.",
    ]
    assert "stage" not in said


@pytest.mark.slow
def test_without_an_index_serve_says_what_to_do_and_serves_503(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, address):
        status, _ = get(address, "/")
        _, said = stop(process)

    assert status == 503
    assert json.loads(said.splitlines()[0])["message"].startswith("It can't answer yet: ")
    assert "Traceback" not in said


def test_an_index_of_another_version_is_said_and_the_new_one_is_taken_up_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as before:
        before.setattr("indexer.storage.manifest.SCHEMA", SCHEMA - 1)
        before.setattr("indexer.writer.builder.SCHEMA", SCHEMA - 1)
        library = indexed_library(tmp_path)
    site = TestClient(create_app(library, Shelf(library)))

    answers = {path: site.get(path) for path in ("/search?q=stage", "/readyz")}

    assert [answer.status_code for answer in answers.values()] == [503, 503]
    assert "cannot be searched at the moment" in answers["/search?q=stage"].text
    assert "the operator runs `hope index`" in answers["/readyz"].text
    assert f"(schema {SCHEMA - 1}, ours is {SCHEMA}); run `hope index`" in caplog.text

    build_index(library, load_catalogue(library), quietly)

    assert site.get("/search?q=stage").status_code == 200
    assert site.get("/readyz").json()["newest"]


def run(library: Path, *arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    register(app)
    app.callback()(lambda: None)
    result = CliRunner().invoke(app, ["serve", *arguments], obj=Library(library))
    return result.exit_code, result.stderr


def test_a_port_that_is_taken_is_a_sentence_and_code_2(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, said = run(tmp_path, "--port", port)

    assert code == 2
    assert said == (
        f"Cannot serve on 127.0.0.1 port {port}: Address already in use. "
        "Choose another with --host or --port.\n"
    )


@pytest.mark.parametrize("host", ["203.0.113.7", "not a host", "x" * 300])
def test_an_address_that_is_not_ours_is_a_sentence_and_code_2(host: str, tmp_path: Path) -> None:
    code, said = run(tmp_path, "--host", host)

    assert code == 2
    assert said.startswith("Cannot serve on ")
    assert said.count("\n") == 1


def test_a_port_that_is_none_is_refused(tmp_path: Path) -> None:
    assert run(tmp_path, "--port", "70000")[0] == 2
