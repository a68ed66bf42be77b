"""Measures what one changed track among a thousand costs, against building all of it.

python tests/benchmarks/bench_change.py [TALKS]

The talks are invented, the same ones every time. How many tracks were read is counted where they
are read, not taken from the report.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench_measures import Rounds, machine
from thousand_talks import TALKS, say_otherwise, thousand_talks

from catalog import Library
from indexer import Shelf, update_library

FULL_ROUNDS = 2
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Update:
    """One update: seconds by the clock and of the processor, tracks read, passages served."""

    seconds: float
    cpu_seconds: float
    read: int
    passages: int


def main(talks: int) -> None:
    """Measure and print."""
    print(f"Machine: {machine()}.\n")
    with tempfile.TemporaryDirectory() as folder:
        library = thousand_talks(Path(folder), talks)
        full = [_afresh(library) for _ in range(FULL_ROUNDS)]
        nothing = [_updated(library) for _ in range(ROUNDS)]
        changed = []
        for number in range(ROUNDS):
            word = say_otherwise(library, number * talks // ROUNDS, number)
            changed.append(_updated(library))
            assert Shelf(library).current().search(word).hits
    print(f"{talks:,} talks, {full[0].passages:,} passages.\n")
    print("| `hope update` | s | s of one processor | tracks read |\n|---|---|---|---|")
    for name, rounds in (
        ("everything is new", full),
        ("one track changed", changed),
        ("nothing changed", nothing),
    ):
        seconds = Rounds(tuple(one.seconds for one in rounds))
        cpu = Rounds(tuple(one.cpu_seconds for one in rounds))
        read = sorted({one.read for one in rounds})
        print(f"| {name} | {seconds.shown(1)} | {cpu.shown(1)} | {', '.join(map(str, read))} |")


def _afresh(library: Library) -> Update:
    for path in sorted(library.index_dir.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    return _updated(library)


def _updated(library: Library) -> Update:
    with _counting() as read:
        began, cpu = time.perf_counter(), time.process_time()
        report = update_library(library)
        took = time.perf_counter() - began, time.process_time() - cpu
    assert report.index
    assert not report.failures
    return Update(*took, len(read), report.index.passages)


@contextmanager
def _counting() -> Iterator[list[str]]:
    """Write down every track that is read meanwhile."""
    read: list[str] = []
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
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TALKS)
