"""Fifty people at once, on this machine: the site with two workers, and Datasette beside it.

python tests/benchmarks/bench_load.py LIBRARY QUESTIONS.jsonl [SECONDS]

Each of the fifty asks one real question after the other, over a connection that stays open.
Datasette serves the same passages from SQLite FTS5 in the same run, with two processes and half of
the people at each; any word may match, best ten by BM25. It is fetched into an environment of its
own, and left out with a sentence where that cannot be had.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode

from bench_floor import STOP, passage_text
from bench_measures import machine, percentile
from paths import ROOT

from catalog import Library
from indexer import Generation, Shelf
from indexer.evaluation.runs import read_questions

PEOPLE, WORKERS, SECONDS = 50, 2, 60
_BEST = (
    "select rowid, text, bm25(passages) as score from passages where passages match :q "
    "order by score limit 10"
)


@dataclass(slots=True)
class Load:
    """What came of a run: how long each answer took in ms, and how many had each status."""

    seconds: float = 0
    taken: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def row(self) -> tuple[str, ...]:
        """Requests a second, p50, p99, longest, and what was no answer."""
        errors = sum(number for status, number in self.statuses.items() if status != "200")
        p50, p99 = (percentile(self.taken, share) for share in (0.5, 0.99))
        a_second = len(self.taken) / self.seconds
        return (
            f"{len(self.taken):,}",
            str(errors),
            f"{a_second:.0f}",
            f"{p50:.0f}",
            f"{p99:.0f}",
            f"{max(self.taken):.0f}",
        )


async def put_under_load(ports: Sequence[int], paths: Sequence[str], seconds: float) -> Load:
    """Have the people ask for paths, one after the other, for so long."""
    load = Load(seconds)
    until = time.monotonic() + seconds
    turns = cycle(paths)
    people = (
        _ask(ports[number % len(ports)], turns.__next__, until, load) for number in range(PEOPLE)
    )
    await asyncio.gather(*people)
    return load


async def _ask(port: int, next_path: Callable[[], str], until: float, load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.monotonic() < until:
        began = time.perf_counter()
        asked = f"GET {next_path()} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        try:
            writer.write(asked.encode())
            status = await _answer(reader)
        except (OSError, EOFError, ValueError) as err:
            load.statuses[type(err).__name__] += 1
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        load.taken.append(1_000 * (time.perf_counter() - began))
        load.statuses[status] += 1
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> str:
    """Read a whole answer; returns its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    size = re.search(r"\r\ncontent-length: (\d+)", head)
    if size:
        await reader.readexactly(int(size[1]))
    else:
        while length := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(length + 2)
        await reader.readexactly(2)
    return head.split()[1]


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


def write_passages(generation: Generation, database: Path) -> int:
    """Write all passages into FTS5; returns how many."""
    rows = range(len(generation.reader.rows.layout.track))
    connection = sqlite3.connect(database)
    connection.execute(
        "create virtual table passages using fts5(text, tokenize='porter unicode61')"
    )
    texts = ((row, passage_text(generation, row)) for row in rows)
    connection.executemany("insert into passages(rowid, text) values (?, ?)", texts)
    connection.execute("insert into passages(passages) values ('optimize')")
    connection.commit()
    connection.close()
    return len(rows)


def sql_path(question: str) -> str:
    """The path by which Datasette answers a question as JSON."""
    words = [word for word in re.findall(r"\w+", question.lower()) if word not in STOP]
    match = " OR ".join(f'"{word}"' for word in words) or '"zz"'
    asked = urlencode({"sql": _BEST, "q": match, "_shape": "array"})
    return f"/passages.json?{asked}"


def memory_mb(port: int) -> int:
    """The memory of the processes that serve a port, in all, shared pages by their share."""
    found = subprocess.run(
        ["sh", "-c", f"ss -ltnpH 'sport = :{port}' | grep -o 'pid=[0-9]*' | sort -u"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    kilobytes = 0
    for process in re.findall(r"\d+", found):
        with suppress(OSError):
            text = Path(f"/proc/{process}/smaps_rollup").read_text()
            kilobytes += int((re.findall(r"Pss:\s+(\d+)", text) or ["0"])[0])
    return kilobytes // 1024


def main(library: Path, questions: Path, seconds: float) -> None:
    """Measure and print a table."""
    asked = [question.query for question in read_questions(questions)[0]]
    rows: dict[str, tuple[str, ...]] = {}
    with our_site(library) as port:
        for name, path in (("page", "/search?q="), ("JSON", "/api/search?q=")):
            paths = [path + quote(question) for question in asked]
            rows[f"this, {name}"] = asyncio.run(put_under_load([port], paths, seconds)).row
        memory = memory_mb(port)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "passages.db"
        generation = Shelf(Library(library)).current()
        passages = write_passages(generation, database)
        with datasette(database, Path(folder)) as ports:
            if ports:
                paths = [sql_path(question) for question in asked]
                load = asyncio.run(put_under_load(ports, paths, seconds))
                rows["Datasette, JSON"] = load.row
            else:
                print("Datasette cannot be had here.", file=sys.stderr)
    words = "by words alone" if os.environ.get("HOPE_MODEL") == "off" else "with what is set up"
    print(f"Machine: {machine()}.\n")
    print(
        f"{PEOPLE} people at once for {seconds:.0f} s each, {WORKERS} processes, {passages:,} "
        f"passages, {len(asked):,} questions, searched {words}. "
        f"Memory of the workers: {memory} MB.\n"
    )
    print("| | answers | errors | a second | p50, ms | p99, ms | longest, ms |")
    print("|---|---|---|---|---|---|---|")
    for name, row in rows.items():
        print(f"| {name} | {' | '.join(row)} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float((sys.argv[3:] or [str(SECONDS)])[0]))
