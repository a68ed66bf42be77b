"""Measures a library, over a copy of it, and prints a report in Markdown.

python tests/benchmarks/bench.py [--quick] [--keep] LIBRARY [QUESTIONS.jsonl]

Questions are those of `hope eval`; where they say what answers them, answers are scored too.
Without questions, sentences of the library itself are asked. At the end all figures that have a bar
stand beside it and beside the last line of docs/benchmarks.md, and what is worse than there is
marked; `--keep` adds a line. `--quick` takes one round each, and leaves out ten thousand talks and
the tests.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

from bench_building import (
    Built,
    change_seconds,
    cold_start_ms,
    cues_in,
    embedded_a_second,
    every_test_seconds,
    full_builds,
    help_ms,
    opening_ms,
    reading_seconds,
    tracks_in,
)
from bench_change import one_change, ten_thousand
from bench_history import DOCUMENT, bars, keep, last_line, version_now
from bench_indexed import copied
from bench_load import DATASETTE, JSON, PAGE, table
from bench_load import measured as measured_loads
from bench_meaning import costs, gained, meaning
from bench_measures import Rounds, machine
from bench_searching import Compared, compare
from bench_stops import given_back
from bench_worst import worst, worst_pages
from paths import SHARED

from catalog import Library
from indexer import Generation, Shelf
from indexer.embedding.encoder import QueryEncoder
from indexer.evaluation.measures import JudgedQuestion
from indexer.evaluation.runs import read_questions
from indexer.generation import open_generation

ROUNDS, MANY_ROUNDS, LOAD_SECONDS = 3, 7, 20
QUICK = 1, 2, 5
OWN_QUERIES = 200
Rows = Iterable[tuple[str, ...]]


def main(source: Path, questions: Path | None, *, quick: bool, kept: bool) -> None:
    """Measure and print."""
    rounds, many, seconds = QUICK if quick else (ROUNDS, MANY_ROUNDS, LOAD_SECONDS)
    print(f"Machine: {machine()}; {version_now()}.\n")
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library")
        copied(source, library)
        figures = _measure(library, questions, rounds, many, seconds)
    _print(given_back(source, SHARED / "captions"))
    changes = one_change()
    _print([("One changed track among a thousand, s of the processor",), (changes.shown(),)])
    figures["change"] = changes.median
    if not quick:
        figures |= ten_thousand()
        if taken := every_test_seconds():
            figures["tests"] = taken
    before = last_line(DOCUMENT.read_text("utf-8"), version_now())
    _print(bars(figures, before))
    if kept:
        keep(figures)


def _measure(
    library: Library, questions: Path | None, rounds: int, many: int, seconds: float
) -> dict[str, float]:
    tracks = tracks_in(library)
    cues, reading = cues_in(tracks), reading_seconds(tracks, rounds)
    built, embedding = full_builds(library, rounds), embedded_a_second(library)
    shelf = Shelf(library)
    asked = read_questions(questions)[0] if questions else own_questions(shelf.current())
    print(
        f"Library: {len(tracks)} tracks, {cues:,} cues, "
        f"{built.passages:,} passages; {len(asked):,} queries.\n"
    )
    cold, told = cold_start_ms(library, asked[0].query, many), help_ms(many)
    _print(_making(cues, reading, built, library, many, (cold, told)))
    served = library.index_dir / shelf.current().name
    figures = {
        "build": median(built.passages / seconds for seconds in built.seconds.values),
        "build_mib": built.peak_mib.median,
        "cold": cold.median,
        "help": told.median,
        **({} if embedding is None else {"embedding": embedding}),
    }
    return figures | _searched(served, asked, rounds) | _served(library, asked, seconds)


def _searched(served: Path, asked: Sequence[JudgedQuestion], rounds: int) -> dict[str, float]:
    compared = compare(served, asked, rounds)
    _print(_speed(compared))
    worst_rows = _print(worst(served, [question.query for question in asked]))
    _print(worst_pages(Library(served.parent.parent)))
    judged = any(question.answerable for question in asked)
    if judged:
        _print(_quality(compared))
    rows = _print(meaning(served, asked))
    figures = {
        "p50": compared.warm.p50.median / compared.floor.p50.median,
        "p95": compared.warm.p95.median / compared.floor.p95.median,
        "worst": max(float(times) for *_, times in worst_rows[1:]),
    }
    if not open_generation(served, QueryEncoder()).meaning_off:
        figures["meaning"] = float(rows[-1][3])
        _print(costs(served))
        if judged:
            _print(gained(served, asked))
    return figures


def _served(library: Library, asked: Sequence[JudgedQuestion], seconds: float) -> dict[str, float]:
    measured = measured_loads(library.root, [question.query for question in asked], seconds)
    _print(table(measured))
    pages, answers = measured.loads[PAGE], measured.loads[JSON]
    figures = {
        "page_ms": pages.processor_ms,
        "json_ms": answers.processor_ms,
        "memory": float(measured.memory_mb),
    }
    if theirs := measured.loads.get(DATASETTE):
        figures["pages"] = pages.rate / theirs.rate
        figures["json"] = answers.rate / theirs.rate
        figures["p99"] = pages.p99 / theirs.p99
    return figures


def own_questions(generation: Generation) -> tuple[JudgedQuestion, ...]:
    """Sentences of the library, spread over all of it."""
    columns = generation.reader.columns
    count = len(columns.sentence_tokens)
    step = max(1, count // OWN_QUERIES)
    return tuple(JudgedQuestion(n, columns.sentence_text(n)) for n in range(0, count, step))


def _making(
    cues: int, reading: Rounds, built: Built, library: Library, many: int, cold: Sequence[Rounds]
) -> Iterator[tuple[str, ...]]:
    few = f"{len(reading.values)}"
    yield "", "median", "of"
    rate = Rounds(tuple(cues / seconds for seconds in reading.values))
    yield "Reading captions, cues/s", rate.shown(0), few
    rate = Rounds(tuple(built.passages / seconds for seconds in built.seconds.values))
    yield "Full build, passages/s", rate.shown(0), few
    yield "Full build, s", built.seconds.shown(1), few
    yield "Full build, peak memory, MiB", built.peak_mib.shown(0), few
    yield (
        "Opening the index, every checksum verified, ms",
        opening_ms(library, many).shown(0),
        f"{many}",
    )
    change = change_seconds(library, len(reading.values))
    yield "From a changed caption file to its being served, s", change.shown(2), few
    for name, taken in zip(("search", "--help"), cold, strict=True):
        yield f"`hope {name}` from start to end, a new process, ms", taken.shown(0), f"{many}"


def _speed(compared: Compared) -> Iterator[tuple[str, ...]]:
    floor = compared.floor
    yield "Search, ms", "p50", "p95", "p50 against FTS5", "p95 against FTS5"
    rows = {
        "ours, terms used for the first time": compared.first,
        "ours, later": compared.warm,
        "SQLite FTS5": floor,
    }
    for name, speed in rows.items():
        p50, p95 = speed.p50.median / floor.p50.median, speed.p95.median / floor.p95.median
        yield name, speed.p50.shown(), speed.p95.shown(), f"{p50:.2f}", f"{p95:.2f}"


def _quality(compared: Compared) -> Iterator[tuple[str, ...]]:
    yield "Answers", *compared.ours
    yield "ours", *(f"{value:.3f}" for value in compared.ours.values())
    yield "SQLite FTS5", *(f"{value:.3f}" for value in compared.floors.values())


def _print(rows: Rows) -> list[tuple[str, ...]]:
    """Print a table while it is made; returns its rows."""
    shown: list[tuple[str, ...]] = []
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
        if not shown:
            print("|---" * len(row) + "|")
        shown.append(row)
    print()
    return shown


if __name__ == "__main__":
    options = {word for word in sys.argv[1:] if word.startswith("--")}
    places = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    if len(places) not in (1, 2) or options - {"--quick", "--keep"}:
        sys.exit(__doc__)
    main(
        places[0],
        places[1] if len(places) == 2 else None,
        quick="--quick" in options,
        kept="--keep" in options,
    )
