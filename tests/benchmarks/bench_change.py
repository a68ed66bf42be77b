"""Measures what one changed track among many costs, against building all of them.

python tests/benchmarks/bench_change.py [TALKS ...]

The talks are invented, the same ones every time. How many tracks were read is counted where they
are read, not taken from the report. Each update, and a server, is a process of its own, so that
its memory is that of nothing else.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from bench_measures import Rounds, machine, peak_mib
from thousand_talks import TALKS, captions_of, say_otherwise, thousand_talks

from catalog import Library
from indexer import Shelf, update_library

ROUNDS = 3
QUESTIONS = 200
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Update:
    """One update: seconds by the clock and of the processor, tracks read, passages served.

    `mib` is the most memory that its process had.
    """

    seconds: float
    cpu_seconds: float
    read: int
    passages: int
    mib: int


def main(sizes: Sequence[int]) -> None:
    """Measure and print."""
    print(f"Machine: {machine()}.\n")
    print("| talks | passages | `hope update` | s | s of one processor | MiB | tracks read |")
    print("|---|---|---|---|---|---|---|")
    for talks in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _measure(thousand_talks(Path(folder), talks), talks)


def one_change() -> Rounds:
    """What one changed track among a thousand takes of the processor, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        library = thousand_talks(Path(folder), TALKS)
        _by_itself(_updated, library)
        return Rounds(tuple(one.cpu_seconds for one in _changed(library, TALKS)))


def ten_thousand() -> dict[str, float]:
    """What ten thousand talks take: nothing changed and one, of the processor; a server, MiB."""
    with tempfile.TemporaryDirectory() as folder:
        library = thousand_talks(Path(folder), 10_000)
        _by_itself(_updated, library)
        changed = Rounds(tuple(one.cpu_seconds for one in _changed(library, 10_000)))
        return {
            "many_change": changed.median,
            "many_nothing": _by_itself(_updated, library).cpu_seconds,
            "many_memory": float(_by_itself(_serving, library)),
        }


def _changed(library: Library, talks: int) -> Iterator[Update]:
    for number in range(ROUNDS):
        word = say_otherwise(library, number * talks // ROUNDS, number)
        yield _by_itself(_updated, library)
        assert Shelf(library).current().search(word).hits


def _measure(library: Library, talks: int) -> None:
    full = [_by_itself(_updated, library)]
    _tell(talks, "everything is new", full)
    _tell(talks, "one track changed", [*_changed(library, talks)])
    _tell(talks, "nothing changed", [_by_itself(_updated, library) for _ in range(ROUNDS)])
    mib = _by_itself(_serving, library)
    print(f"| {talks:,} | | a server that answered {QUESTIONS} questions | | | {mib:,} | |")


def _tell(talks: int, name: str, rounds: Sequence[Update]) -> None:
    seconds = Rounds(tuple(one.seconds for one in rounds)).shown(1)
    cpu = Rounds(tuple(one.cpu_seconds for one in rounds)).shown(1)
    mib = max(one.mib for one in rounds)
    read = ", ".join(map(str, sorted({one.read for one in rounds})))
    begins = f"| {talks:,} | {rounds[0].passages:,} | {name} "
    print(f"{begins}| {seconds} | {cpu} | {mib:,} | {read} |", flush=True)


def _by_itself(do: Callable[[Library], Result], library: Library) -> Result:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(do, library).result()


def _serving(library: Library) -> int:
    """The memory of a process that serves pages and has answered questions."""
    import webapp.app  # noqa: F401, PLC0415 - what a server has in memory besides the index

    shelf = Shelf(library)
    words = captions_of(0).split()
    for number in range(QUESTIONS):
        shelf.current().search(" ".join(words[number : number + 3]))
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // 2**20


def _updated(library: Library) -> Update:
    with _counting() as read:
        began, cpu = time.perf_counter(), time.process_time()
        report = update_library(library)
        took = time.perf_counter() - began, time.process_time() - cpu
    assert report.index
    assert not report.failures
    return Update(*took, len(read), report.index.passages, round(peak_mib()))


@contextmanager
def _counting() -> Iterator[list[str]]:
    """Write down every track that is read meanwhile, all of them by this process."""
    read: list[str] = []
    job: Any = sys.modules["indexer.update.job"]
    job.processors = lambda: 1
    gathering: Any = sys.modules["indexer.writer.sources"]
    usual = gathering.read_captions

    def counting(track: Any, content: bytes) -> Any:
        read.append(track.name)
        return usual(track, content)

    gathering.read_captions = counting
    try:
        yield read
    finally:
        gathering.read_captions = usual


if __name__ == "__main__":
    main([*map(int, sys.argv[1:])] or [TALKS])
