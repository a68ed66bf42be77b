"""Measures a library, over a copy of it, and prints a report in Markdown.

python tests/benchmarks/bench.py LIBRARY [QUESTIONS.jsonl]

Questions are those of `hope eval`; where they say what answers them, answers are scored too.
Without questions, sentences of the library itself are asked.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench_building import (
    Built,
    change_seconds,
    cold_start_ms,
    cues_in,
    full_builds,
    opening_ms,
    reading_seconds,
    tracks_in,
)
from bench_indexed import copied
from bench_meaning import costs, gained, meaning
from bench_measures import Rounds, machine
from bench_searching import Compared, compare
from bench_stops import given_back
from bench_worst import worst
from paths import SHARED

from catalog import Library
from indexer import Generation, Shelf
from indexer.embedding.encoder import QueryEncoder
from indexer.evaluation.measures import JudgedQuestion
from indexer.evaluation.runs import read_questions
from indexer.generation import open_generation

ROUNDS = 3
MANY_ROUNDS = 7
OWN_QUERIES = 200


def main(source: Path, questions: Path | None) -> None:
    """Measure and print."""
    print(f"Machine: {machine()}.\n")
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library")
        copied(source, library)
        tracks = tracks_in(library)
        cues, reading = cues_in(tracks), reading_seconds(tracks, ROUNDS)
        built = full_builds(library, ROUNDS)
        asked = (
            read_questions(questions)[0] if questions else own_questions(Shelf(library).current())
        )
        print(
            f"Library: {len(tracks)} tracks, {cues:,} cues, "
            f"{built.passages:,} passages; {len(asked):,} queries.\n"
        )
        _print(_making(cues, reading, built, library, asked[0].query))
        served = library.index_dir / Shelf(library).current().name
        compared = compare(served, asked, ROUNDS)
        _print(_speed(compared))
        _print(worst(served, [question.query for question in asked]))
        judged = any(question.answerable for question in asked)
        if judged:
            _print(_quality(compared))
        _print(given_back(source, SHARED / "captions"))
        _print(meaning(served, asked))
        if not open_generation(served, QueryEncoder()).meaning_off:
            _print(costs(served))
            if judged:
                _print(gained(served, asked))


def own_questions(generation: Generation) -> tuple[JudgedQuestion, ...]:
    """Sentences of the library, spread over all of it."""
    columns = generation.reader.columns
    count = len(columns.sentence_tokens)
    step = max(1, count // OWN_QUERIES)
    return tuple(JudgedQuestion(n, columns.sentence_text(n)) for n in range(0, count, step))


def _making(
    cues: int, reading: Rounds, built: Built, library: Library, query: str
) -> Iterator[tuple[str, ...]]:
    yield "", "median", "of"
    rate = Rounds(tuple(cues / seconds for seconds in reading.values))
    yield "Reading captions, cues/s", rate.shown(0), f"{ROUNDS}"
    rate = Rounds(tuple(built.passages / seconds for seconds in built.seconds.values))
    yield "Full build, passages/s", rate.shown(0), f"{ROUNDS}"
    yield "Full build, s", built.seconds.shown(1), f"{ROUNDS}"
    yield "Full build, peak memory, MiB", built.peak_mib.shown(0), f"{ROUNDS}"
    opening = opening_ms(library, MANY_ROUNDS)
    yield "Opening the index, every checksum verified, ms", opening.shown(0), f"{MANY_ROUNDS}"
    change = change_seconds(library, ROUNDS)
    yield "From a changed caption file to its being served, s", change.shown(2), f"{ROUNDS}"
    cold = cold_start_ms(library, query, MANY_ROUNDS)
    yield "`hope search` from start to end, a new process, ms", cold.shown(0), f"{MANY_ROUNDS}"


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


def _print(rows: Iterator[tuple[str, ...]]) -> None:
    head = next(rows)
    print(f"| {' | '.join(head)} |")
    print("|---" * len(head) + "|")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    print()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None)
