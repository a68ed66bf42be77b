"""Runs what is put under load: the site with its workers, and Datasette; says what they take."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from paths import ROOT

WORKERS = 2


@contextmanager
def our_site(library: Path) -> Iterator[int]:
    """Serve a library with two workers and no limit on how often somebody may ask."""
    port = _free_port()
    command = [sys.executable, "-m", "hope", "--library", str(library.resolve()), "serve"]
    command += ["--port", str(port), "--workers", str(WORKERS), "--log", "words"]
    command += ["--searches-a-minute", "0", "--requests-a-minute", "0"]
    with _running(command, (port,)):
        time.sleep(5)  # for the other worker, too
        yield port


@contextmanager
def datasette(database: Path, folder: Path) -> Iterator[tuple[int, ...] | None]:
    """Serve a database with as many processes; None where Datasette cannot be had."""
    venv.create(folder / "venv", with_pip=True)
    program = folder / "venv/bin"
    wanted = [str(program / "pip"), "install", "-q", "--disable-pip-version-check", "datasette"]
    if subprocess.run(wanted, check=False).returncode:
        yield None
        return
    first, second = _free_port(), _free_port()
    command = [str(program / "datasette"), "serve", "--immutable", str(database)]
    with (
        _running([*command, "--port", str(first)], (first,)),
        _running([*command, "--port", str(second)], (second,)),
    ):
        yield first, second


def processes_of(ports: Iterable[int]) -> frozenset[str]:
    """The processes that serve some ports."""
    asked = (f"ss -ltnpH 'sport = :{port}' | grep -o 'pid=[0-9]*'" for port in ports)
    told = (subprocess.run(["sh", "-c", one], capture_output=True, check=False) for one in asked)
    return frozenset(re.findall(r"\d+", " ".join(one.stdout.decode() for one in told)))


def memory_mb(processes: Iterable[str]) -> int:
    """The memory of some processes in all, shared pages by their share."""
    kilobytes = 0
    for process in processes:
        with suppress(OSError):
            text = Path(f"/proc/{process}/smaps_rollup").read_text()
            kilobytes += int((re.findall(r"Pss:\s+(\d+)", text) or ["0"])[0])
    return kilobytes // 1024


def processor_seconds(processes: Iterable[str]) -> float:
    """What some processes have taken of the processor until now."""
    ticks = 0
    for process in processes:
        with suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def _running(command: Sequence[str], ports: Sequence[int]) -> Iterator[None]:
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            for port in ports:
                _wait_for(port)
            yield
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit(f"Nothing answers on port {port}.")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
