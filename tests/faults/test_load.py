"""Readers while generations are swapped: no error, no empty answer, none mixed, nothing piling up.

Each generation says a number in every sentence, the number of its own name.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import soak
from libraries import GLOSSARY, build, library_of, write_track
from paths import ROOT, SUPPORT

from catalog import Library, write_atomically
from indexer import Generation, Shelf

TALKS = ("brain", "costs", "pills", "scans")
BUILT = 4
SWAPS = soak.times(short=4, long=50)
ROUNDS = soak.times(short=1, long=9)

pytestmark = pytest.mark.slow


def says(talk: str, number: int) -> str:
    cues = [f"lorlatinib for the {talk} is number {number} of these"] * 3
    return "\n".join(cues)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several generations, all of them kept, the first one served."""
    root = tmp_path_factory.mktemp("load")
    kept = root / "kept"
    library = library_of(root / "library", dict.fromkeys(TALKS, ""))
    (library.catalog_dir / "glossary.csv").write_text(GLOSSARY)
    for number in range(1, BUILT + 1):
        for talk in TALKS:
            write_track(library, talk, says(talk, number))
        assert build(library).generation == f"g{number:06}"
        shutil.copytree(library.index_dir / f"g{number:06}", kept / f"g{number:06}")
    shutil.copytree(kept, library.index_dir, dirs_exist_ok=True)
    swap(library, 1)
    return library.root


def swap(library: Library, number: int) -> None:
    write_atomically(library.index_dir / "current", f"g{number:06}\n".encode())


def wrong_with(generation: Generation) -> str:
    """What is wrong with an answer: that it is empty, or not of this generation alone."""
    number = int(generation.name[1:])
    hits = generation.search("lorlatinib").hits
    if sorted(hit.video for hit in hits) != list(TALKS):
        return f"{generation.name}: found in {[hit.video for hit in hits]}"
    transcripts = [generation.transcript(talk) for talk in TALKS]
    texts = [one.sentences[0].text for one in transcripts if one]
    numbers = {
        int(n) for text in (*texts, *(h.text for h in hits)) for n in re.findall(r"\d+", text)
    }
    return "" if len(texts) == len(TALKS) and numbers == {number} else f"{number}: {numbers}"


@dataclass
class Reading:
    """What readers saw."""

    answers: int = 0
    generations: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def read(self, shelf: Shelf) -> None:
        try:
            held = shelf.current()
            says_wrong = wrong_with(held)
        except Exception as err:  # whatever it is, a reader has met it
            says_wrong = repr(err)
        else:
            self.generations.add(held.name)
        self.answers += 1
        if says_wrong:
            self.wrong.append(says_wrong)


@contextmanager
def threads(read: Callable[[], None], count: int) -> Iterator[None]:
    done = threading.Event()

    def go_on() -> None:
        while not done.is_set():
            read()

    readers = [threading.Thread(target=go_on) for _ in range(count)]
    for reader in readers:
        reader.start()
    try:
        yield
    finally:
        done.set()
        for reader in readers:
            reader.join()


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # a path each is not wanted


def memory_mb() -> float:
    """What this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def swaps(library: Library, shelf: Shelf, reading: Reading) -> None:
    """Swap again and again, and each time only once the new one was picked up and read."""
    for number in range(SWAPS):
        name = f"g{number % BUILT + 1:06}"
        swap(library, number % BUILT + 1)
        while shelf.current().name != name:
            time.sleep(0.001)
        before = reading.answers
        while reading.answers == before:
            time.sleep(0.001)


def test_threads_read_on_through_swaps_and_nothing_piles_up(whole: Path) -> None:
    library = Library(whole)
    shelf, reading = Shelf(library), Reading()
    figures: list[tuple[int, float]] = []

    with threads(lambda: reading.read(shelf), 2):
        for _ in range(ROUNDS + 1):
            swaps(library, shelf, reading)
            figures.append((open_files(), memory_mb()))

    assert reading.wrong == []
    assert reading.generations == {f"g{n:06}" for n in range(1, BUILT + 1)}
    (files, first), (files_then, last) = figures[0], figures[-1]
    assert files_then <= files
    assert last < first * 1.15 + 5
    memory = [round(mb) for _, mb in figures]
    soak.tell(
        f"{SWAPS * len(figures)} swaps under 2 threads, {reading.answers} answers: "
        f"{files} -> {files_then} open files, MB in memory after every {SWAPS}: {memory}"
    )


def test_processes_read_on_through_swaps(whole: Path) -> None:
    library = Library(whole)
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{SUPPORT}"}
    words = [sys.executable, "-W", "ignore", str(Path(__file__)), str(whole)]
    pipe = subprocess.PIPE
    readers = [
        subprocess.Popen(words, env=environment, stdin=pipe, stdout=pipe, text=True)
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout
        assert reader.stdout.readline() == "reading\n"

    shelf, reading = Shelf(library), Reading()
    with threads(lambda: reading.read(shelf), 1):
        swaps(library, shelf, reading)

    for reader in readers:
        told = json.loads(reader.communicate("enough\n")[0])
        assert told["wrong"] == []
        assert told["answers"] > 0
        assert set(told["generations"]) <= {f"g{n:06}" for n in range(1, BUILT + 1)}
        soak.tell(f"a process beside them: {told['answers']} answers, none wrong")


def _read_until_told(root: Path) -> None:
    shelf, reading = Shelf(Library(root)), Reading()
    reading.read(shelf)
    with threads(lambda: reading.read(shelf), 1):
        print("reading", flush=True)
        sys.stdin.readline()
    told = {"answers": reading.answers, "wrong": reading.wrong[:5]}
    print(json.dumps(told | {"generations": sorted(reading.generations)}))


if __name__ == "__main__":
    _read_until_told(Path(sys.argv[1]))
