"""Measures reading, building, opening, serving a change, and starting cold.

Run as a program, it builds one library afresh and says how long that took and how much memory.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from bench_measures import Rounds, peak_mib
from libraries import build
from paths import ROOT

from catalog import Library, load_catalogue
from indexer import Shelf
from indexer.embedding.configured import NoModel, find_model
from indexer.generation import open_generation
from indexer.processors import processors
from transcripts import Track, choose_tracks, read_track, tracks_of

_CUE_MARKS = {"vtt": b"-->", "srt": b"-->", "json3": b'"segs"'}


@dataclass(frozen=True, slots=True)
class Built:
    """What full builds took: passages, seconds a round, and peak memory in MiB a round.

    The peaks of all processes are added up, whether or not they were at one moment.
    """

    passages: int
    seconds: Rounds
    peak_mib: Rounds


def tracks_in(library: Library) -> list[Track]:
    """The tracks that are indexed."""
    videos = load_catalogue(library).videos.values()
    return [t for video in videos for t in choose_tracks(tracks_of(library, video.slug), video)]


def cues_in(tracks: list[Track]) -> int:
    """How many cues the tracks have."""
    return sum(track.path.read_bytes().count(_CUE_MARKS[track.ext]) for track in tracks)


def reading_seconds(tracks: list[Track], rounds: int) -> Rounds:
    """How long it takes to read all tracks into words and sentences."""
    return Rounds(tuple(_timed(lambda: [read_track(t) for t in tracks]) for _ in range(rounds)))


def full_builds(library: Library, rounds: int) -> Built:
    """Build all afresh as `hope index` does, by words, each time in a process of its own."""
    reports = []
    for _ in range(rounds):
        shutil.rmtree(library.index_dir, ignore_errors=True)
        reports.append(_built_elsewhere(library, HOPE_MODEL="off"))
    return Built(
        passages=int(reports[-1]["passages"]),
        seconds=Rounds(tuple(report["seconds"] for report in reports)),
        peak_mib=Rounds(tuple(report["peak_mib"] for report in reports)),
    )


def embedded_a_second(library: Library) -> float | None:
    """How many passages of an index by words a model reads in a second of the processor."""
    if isinstance(find_model(), NoModel):
        return None
    report = _built_elsewhere(library)
    return report["passages"] / report["cpu"]


def every_test_seconds() -> float | None:
    """How long `make test` takes; None where it fails."""
    began = time.perf_counter()
    run = subprocess.run(["make", "test"], check=False, cwd=ROOT, stdout=subprocess.DEVNULL)
    return None if run.returncode else time.perf_counter() - began


def _built_elsewhere(library: Library, **environment: str) -> dict[str, float]:
    words = [sys.executable, __file__, str(library.root)]
    told = {**os.environ, **environment}
    run = subprocess.run(words, check=True, stdout=subprocess.PIPE, env=told)
    report: dict[str, float] = json.loads(run.stdout)
    return report


def opening_ms(library: Library, rounds: int) -> Rounds:
    """How long it takes to open the served generation, checksums included."""
    folder = library.index_dir / Shelf(library).current().name
    return Rounds(tuple(1_000 * _timed(lambda: open_generation(folder)) for _ in range(rounds)))


def change_seconds(library: Library, rounds: int) -> Rounds:
    """From a caption file that has one more cue to a shelf that answers with it."""
    track = next(track for track in tracks_in(library) if track.ext in ("vtt", "srt"))
    shelf = Shelf(library)
    shelf.current()
    original = track.path.read_bytes()
    took = []
    for number in range(rounds):
        word = f"quixotrope{'abcdefghijklmnop'[number]}"
        track.path.write_bytes(original + _one_more_cue(track, word))
        took.append(_timed(lambda: build(library)) + _timed(shelf.current))
        assert shelf.current().search(word).hits[0].video == track.video
    track.path.write_bytes(original)
    build(library)
    return Rounds(tuple(took))


def cold_start_ms(library: Library, query: str, rounds: int) -> Rounds:
    """How long a whole `hope search` takes, from a new process to its end."""
    return _command_ms(rounds, "--library", str(library.root), "search", "--", query)


def help_ms(rounds: int) -> Rounds:
    """How long a whole `hope --help` takes."""
    return _command_ms(rounds, "--help")


def _command_ms(rounds: int, *asked: str) -> Rounds:
    words = [str(Path(sys.executable).parent / "hope"), *asked]

    def run() -> None:
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)

    run()
    return Rounds(tuple(1_000 * _timed(run) for _ in range(rounds)))


def _one_more_cue(track: Track, word: str) -> bytes:
    end_s = read_track(track).words[-1].end_ms // 1_000 + 5
    comma = "," if track.ext == "srt" else "."
    times = [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}{comma}000" for s in (end_s, end_s + 5)]
    return f"\n\n{' --> '.join(times)}\nThe word {word} was never said before.\n".encode()


def _timed(work: object) -> float:
    assert callable(work)
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _watch_workers(peaks: dict[str, float]) -> None:
    """Keep the peak of each process that this one begins, as long as this one lives."""
    while True:
        for task in Path("/proc/self/task").iterdir():
            with suppress(OSError):  # a thread that ended meanwhile
                for worker in (task / "children").read_text("ascii").split():
                    peaks[worker] = max(peak_mib(worker), peaks.get(worker, 0.0))
        time.sleep(0.02)


def _build_and_tell(library: Library) -> None:
    peaks: dict[str, float] = {}
    Thread(target=_watch_workers, args=(peaks,), daemon=True).start()
    began, cpu = time.perf_counter(), time.process_time()
    report = build(library, workers=processors())
    told = {
        "passages": report.passages,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "peak_mib": peak_mib() + sum(peaks.values()),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    _build_and_tell(Library(Path(sys.argv[1])))
