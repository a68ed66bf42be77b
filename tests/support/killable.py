"""Runs of `hope` that can be killed: each in a process of its own, forked from one that is warm.

with runner() as run:
    begun = run.start(library, "update")
    os.kill(begun, signal.SIGKILL)
    assert run.end().signal == signal.SIGKILL

As a program it is that warm process: a request a line on standard input.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authorities import trust_nobody
from libraries import quietly
from paths import ROOT, SUPPORT

from catalog import Library, load_catalogue
from indexer import update_library
from indexer.writer.builder import build_index
from transcripts import RunOptions, fetch_library
from transcripts.sites.client import Downloader  # noqa: F401  # so that no run has to load it

AT_ONCE = RunOptions(at_once=True, pause_s=(0, 0), sleep=lambda _: None)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: by which signal, or with which code; `steps` it took on the disk."""

    signal: int
    code: int
    steps: int
    said: str


class Runner:
    """Starts runs one after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, library: Library, command: str, die_at: int | str = 0) -> int:
        """Begin a run; return its process.

        With `die_at` it kills itself before that step on the disk: one by its number, or the first
        like "os.rename .building".
        """
        assert self._process.stdin
        request = {"root": str(library.root), "command": command, "die_at": die_at}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return int(self._told()["pid"])

    def end(self) -> Ended:
        """Wait for the end of the run that was started last."""
        return Ended(**self._told())

    def through(self, library: Library, command: str) -> Ended:
        """Run to the end."""
        self.start(library, command)
        return self.end()

    def _told(self) -> dict[str, Any]:
        assert self._process.stdout
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


@contextmanager
def runner() -> Iterator[Runner]:
    """Have a warm process for as long as the block lasts."""
    words = [sys.executable, "-W", "ignore", str(Path(__file__))]
    place = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(SUPPORT)]), "HOPE_MODEL": "off"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        words, stdin=pipe, stdout=pipe, text=True, env={**os.environ, **place}
    ) as process:
        yield Runner(process)
        assert process.stdin
        process.stdin.close()


def _serve_requests() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        reading, writing = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(reading)
            os._exit(_in_child(writing, **request))
        os.close(writing)
        print(json.dumps({"pid": pid}), flush=True)
        with os.fdopen(reading) as told:
            said = told.read()
        status = os.waitpid(pid, 0)[1]
        died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        steps, _, said = said.partition("\n")
        ended = Ended(died, -1 if died else os.WEXITSTATUS(status), int(steps or 0), said)
        print(json.dumps({name: getattr(ended, name) for name in Ended.__slots__}), flush=True)


def _in_child(writing: int, root: str, command: str, die_at: int | str) -> int:
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    steps = _watch_the_disk(root, die_at)
    try:
        said = _run(Library(Path(root)), command)
        code = 0
    except BaseException as err:  # it is told to whoever started the run
        said, code = repr(err), 99
    os.write(writing, f"{steps[0]}\n{said}"[:60_000].encode())
    return code


def _run(library: Library, command: str) -> str:
    if command == "update":
        report = update_library(library, AT_ONCE, allow_loopback=True)
        return f"exit {int(report.exit)}\n" + "\n".join(report.sentences)
    if command == "fetch":
        fetched = fetch_library(library, run=AT_ONCE, allow_loopback=True)
        return f"exit {int(fetched.exit)}\n" + "\n".join(fetched.sentences)
    built = build_index(library, load_catalogue(library), quietly)
    return f"exit {int(bool(built.problems))}\n" + "\n".join(built.sentences)


def _watch_the_disk(root: str, die_at: int | str) -> list[int]:
    """Count what is about to change a library's folder, and die before the chosen step."""
    steps = [0]
    changing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
    calls = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.rmtree"}
    fatal, _, place = str(die_at).partition(" ")

    def watch(event: str, details: tuple[Any, ...]) -> None:
        writes = event == "open" and bool(details[2] & changing)
        if not (writes or event in calls) or not str(details[0]).startswith((root, "g0")):
            return
        steps[0] += 1
        if steps[0] == die_at or (place and event == fatal and place in str(details[0])):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    return steps


if __name__ == "__main__":
    trust_nobody()
    _serve_requests()
