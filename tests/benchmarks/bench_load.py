"""Fifty people at once, on this machine: the site with two workers, and Datasette beside it.

python tests/benchmarks/bench_load.py LIBRARY QUESTIONS.jsonl [SECONDS]

Each of the fifty asks one real question after the other, over a connection that stays open.
Datasette serves the same passages from SQLite FTS5 in the same run, with two processes and half of
the people at each; any word may match, best ten by BM25. It is fetched into an environment of its
own, and left out with a sentence where that cannot be had. What the processes that answer take of
the processor is told beside, since other work on the machine does not change that much.
"""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode

from bench_floor import STOP, passage_text
from bench_measures import machine, percentile
from bench_serving import WORKERS, datasette, memory_mb, our_site, processes_of, processor_seconds

from catalog import Library
from indexer import Generation, Shelf
from indexer.evaluation.runs import read_questions

PEOPLE, SECONDS = 50, 60
PAGE, COMPRESSED, JSON, DATASETTE = "page", "page, compressed", "JSON", "Datasette, JSON"
_BEST = (
    "select rowid, text, bm25(passages) as score from passages where passages match :q "
    "order by score limit 10"
)
_BROWSER = "Accept-Encoding: gzip, deflate, br, zstd\r\n"
_SIZE = re.compile(rb"\r\ncontent-length: (\d+)", re.I)


@dataclass(slots=True)
class Load:
    """What came of a run: how long each answer took in ms, and how many had each status."""

    seconds: float = 0
    taken: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    processor_seconds: float = 0
    busiest: float = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.taken) / self.seconds

    @property
    def p99(self) -> float:
        """What one answer of a hundred took longer than, in ms."""
        return percentile(self.taken, 0.99)

    @property
    def processor_ms(self) -> float:
        """What an answer took of the processor."""
        return 1_000 * self.processor_seconds / len(self.taken)

    @property
    def row(self) -> tuple[str, ...]:
        """What `table` names, for one load."""
        errors = sum(number for status, number in self.statuses.items() if status != "200")
        return (
            f"{len(self.taken):,}",
            str(errors),
            f"{self.rate:.0f}",
            f"{percentile(self.taken, 0.5):.0f}",
            f"{self.p99:.0f}",
            f"{max(self.taken):.0f}",
            f"{self.processor_ms:.1f}",
            f"{self.busiest:.2f}",
        )


@dataclass(frozen=True, slots=True)
class Loads:
    """The loads of one run by name, Datasette's too where it was there."""

    loads: dict[str, Load]
    passages: int
    memory_mb: int


class _Person(asyncio.Protocol):
    """Asks for one path after the other, until the time is up."""

    def __init__(self, load: Load, until: float, next_path: Callable[[], str], more: str) -> None:
        self._load, self._until, self._next, self._more = load, until, next_path, more
        self._came = bytearray()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._came += data
        head, found, body = self._came.partition(b"\r\n\r\n")
        size = _SIZE.search(head)
        if not found or (len(body) < int(size[1]) if size else not body.endswith(b"0\r\n\r\n")):
            return
        self._load.taken.append(1_000 * (time.perf_counter() - self._began))
        self._load.statuses[head[9:12].decode()] += 1
        self._came.clear()
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self._load.statuses["lost"] += 1
            self.done.set_result(None)

    def _ask(self) -> None:
        if time.monotonic() >= self._until:
            self.done.set_result(None)
            self._transport.close()
            return
        self._began = time.perf_counter()
        asked = f"GET {self._next()} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self._more}\r\n"
        self._transport.write(asked.encode())


async def _ask(ports: Sequence[int], paths: Sequence[str], seconds: float, more: str) -> Load:
    load, turns = Load(seconds), cycle(paths)
    loop, until = asyncio.get_running_loop(), time.monotonic() + seconds
    people = []
    for number in range(PEOPLE):
        _, person = await loop.create_connection(
            lambda: _Person(load, until, turns.__next__, more),
            "127.0.0.1",
            ports[number % len(ports)],
        )
        people.append(person.done)
    await asyncio.gather(*people)
    return load


def put_under_load(
    ports: Sequence[int], paths: Sequence[str], seconds: float, more: str = ""
) -> Load:
    """Have the people ask for paths, one after the other, for so long, and as long to warm up."""
    asyncio.run(_ask(ports, paths, seconds, more))
    processes = processes_of(ports)
    before, began = {one: processor_seconds([one]) for one in processes}, time.monotonic()
    load = asyncio.run(_ask(ports, paths, seconds, more))
    load.seconds = time.monotonic() - began
    each = [processor_seconds([one]) - spent for one, spent in before.items()]
    load.processor_seconds, load.busiest = sum(each), max(each) / load.seconds
    return load


def measured(library: Path, asked: Sequence[str], seconds: float) -> Loads:
    """Put the site and Datasette under the same load, one after the other."""
    loads: dict[str, Load] = {}
    with our_site(library) as port:
        for name, path, more in (
            (PAGE, "/search?q=", ""),
            (COMPRESSED, "/search?q=", _BROWSER),
            (JSON, "/api/search?q=", ""),
        ):
            paths = [path + quote(question) for question in asked]
            loads[name] = put_under_load([port], paths, seconds, more)
        memory = memory_mb(processes_of([port]))
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "passages.db"
        passages = write_passages(Shelf(Library(library)).current(), database)
        with datasette(database, Path(folder)) as ports:
            if ports:
                paths = [sql_path(question) for question in asked]
                loads[DATASETTE] = put_under_load(ports, paths, seconds)
            else:
                print("Datasette cannot be had here.", file=sys.stderr)
    return Loads(loads, passages, memory)


def table(measured: Loads) -> Iterator[tuple[str, ...]]:
    """Yield the loads, a row each."""
    heads = "answers", "errors", "a second", "p50, ms", "p99, ms", "longest, ms"
    yield (
        "Fifty people at once",
        *heads,
        "of the processor, ms",
        "of one processor, the busiest process",
    )
    for name, load in measured.loads.items():
        yield name, *load.row


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


def main(library: Path, questions: Path, seconds: float) -> None:
    """Measure and print a table."""
    asked = [question.query for question in read_questions(questions)[0]]
    loads = measured(library, asked, seconds)
    words = "by words alone" if os.environ.get("HOPE_MODEL") == "off" else "with what is set up"
    print(f"Machine: {machine()}.\n")
    print(
        f"{PEOPLE} people at once for {seconds:.0f} s each, {WORKERS} processes, "
        f"{loads.passages:,} passages, {len(asked):,} questions, searched {words}. "
        f"Memory of the workers: {loads.memory_mb} MB.\n"
    )
    for number, row in enumerate(table(loads)):
        print(f"| {' | '.join(row)} |")
        if not number:
            print("|---" * len(row) + "|")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float((sys.argv[3:] or [str(SECONDS)])[0]))
