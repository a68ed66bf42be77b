from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from paths import ROOT
from small_site import indexed_library

from webapp.telemetry.logs import JsonFormatter, TextFormatter

QUESTION, VISITOR, NEAR = "zanderlump", "203.0.113.77", "127.0.0.9"
BROWSER, REFERRER = "Wombatfox/9", "hollyhock.example"


def ask(address: str, request: str, near: str = NEAR) -> str:
    """Send a request as it stands from an address of this machine; returns all that comes."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    assert host
    assert port
    with socket.create_connection((host, port), 20, source_address=(near, 0)) as line:
        line.sendall(request.replace("\n", "\r\n").encode())
        answer = b""
        while part := line.recv(65536):
            answer += part
    return answer.decode("utf-8", "replace")


def request(path: str, method: str = "GET", host: str = "127.0.0.1", more: str = "") -> str:
    return (
        f"{method} {path} HTTP/1.1\nHost: {host}\nX-Forwarded-For: {VISITOR}\n"
        f"User-Agent: {BROWSER}\nReferer: http://{REFERRER}/?q={QUESTION}\nConnection: close\n"
        f"{more}\n"
    )


REQUESTS = [
    (request(f"/search?q={QUESTION}"), "200"),
    (request(f"/api/search?q={QUESTION}+stage"), "200"),
    (request(f"/es/search?q={QUESTION}"), "200"),
    (request(f"/search?q=boom+{QUESTION}"), "500"),
    (request(f"/{QUESTION}"), "404"),
    (request(f"/watch/{QUESTION}?q={QUESTION}"), "404"),
    (request(f"/search?q={QUESTION}", "POST", more="Content-Length: 0\n"), "405"),
    (request(f"/search?q={QUESTION}", QUESTION.upper()), "405"),
    (request(f"/search?q={QUESTION}", host=f"{QUESTION}.example"), "400"),
    (request(f"/search?q={QUESTION}", more="Content-Length: 9999999\n"), "413"),
    (request(f"/search?q={QUESTION}&" + "&a" * 300), "200"),
    (request(f"/search?q={QUESTION}", more="Upgrade: websocket\nConnection: Upgrade\n"), "200"),
    (f"{QUESTION} {BROWSER}\n\n", "400"),
    (request("/metrics"), "404"),
]


@pytest.mark.slow
def test_a_run_writes_and_counts_nothing_that_a_visitor_sent(tmp_path: Path) -> None:
    indexed_library(tmp_path)
    command = [sys.executable, str(ROOT / "tests/support/broken_serving.py"), str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            first = process.stderr.readline()
            address = json.loads(first)["message"].partition(" is at ")[2].partition(" (")[0]
            process.stderr.readline()

            got = [ask(address, one).partition("\r\n")[0].split()[1] for one, _ in REQUESTS]
            often = [ask(address, request(f"/search?q={QUESTION}")) for _ in range(20)]
            metrics = ask(address, "GET /metrics HTTP/1.1\nHost: localhost\nConnection: close\n\n")
        finally:
            process.terminate()
            written = process.communicate(timeout=30)[1]

    assert got == [status for _, status in REQUESTS]
    assert " 429 " in often[-1].partition("\r\n")[0]
    for kept in (written, metrics):
        for secret in (QUESTION, VISITOR, NEAR, BROWSER, REFERRER, "boom"):
            assert secret.lower() not in kept.lower()
    lines = [json.loads(line) for line in written.splitlines()]
    told = [line for line in lines if line["message"] == "request"]
    assert {(line["route"], line["status"]) for line in told} >= {
        ("/search", 200), ("/search", 500), ("/search", 405), ("none", 404), ("none", 429),
        ("/watch/{slug}", 404), ("none", 413), ("none", 400), ("/metrics", 404),
    }  # fmt: skip
    assert all(line["ms"] >= 0 and line["generation"] == "g000001" for line in told)
    (bug,) = [line for line in lines if line["level"] == "error"]
    assert "broken_serving.py" in bug["message"]
    assert 'hope_requests_total{route="/search",status="500"} 1.0' in metrics
    assert 'hope_turned_away_total{reason="rate"}' in metrics
    assert "hope_searches_total" in metrics


def failed(name: str, message: str, *values: object) -> logging.LogRecord:
    try:
        raise ValueError(QUESTION)
    except ValueError:
        info = sys.exc_info()
    return logging.LogRecord(name, logging.ERROR, __file__, 1, message, values, info)


@pytest.mark.parametrize("name", ["webapp", "uvicorn.error", "asyncio", "py.warnings"])
def test_of_an_error_the_kind_and_the_place_are_written_and_no_message(name: str) -> None:
    line = json.loads(JsonFormatter().format(failed(name, "It failed")))
    words = TextFormatter().format(failed(name, "It failed"))

    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["where"][0]
    assert "in failed" in words
    assert QUESTION not in str(line) + words


@pytest.mark.parametrize("name", ["uvicorn.error", "asyncio", "h11"])
def test_of_what_libraries_say_no_value_is_written(name: str) -> None:
    told = logging.LogRecord(name, logging.WARNING, __file__, 1, "Bad: %s", (QUESTION,), None)

    assert QUESTION not in JsonFormatter().format(told)
    assert QUESTION not in TextFormatter().format(told)
    assert "Bad" in JsonFormatter().format(told) or name != "uvicorn.error"
