"""What meaning costs and gives: the same questions with it and by words alone, in one run."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench_floor import Floor
from bench_measures import Rounds
from bench_searching import Speed, by_turns, by_words_alone, places, quality, speed

from indexer import Generation
from indexer.embedding.encoder import QueryEncoder
from indexer.embedding.model import SentenceModel
from indexer.evaluation.measures import JudgedQuestion
from indexer.generation import open_generation

ROUNDS = 3
TEXTS = 100


def meaning(folder: Path, asked: Sequence[JudgedQuestion]) -> Iterator[tuple[str, ...]]:
    """Yield a table; nothing but why not, when the generation is not searched by meaning."""
    generation = open_generation(folder, QueryEncoder())
    if generation.meaning_off:
        yield "Meaning", "not measured"
        yield generation.meaning_off, ""
        return
    queries = [question.query for question in asked]
    yield "Search, ms", "p50", "p95", "p50 against FTS5", "p95 against FTS5"
    for name, opened in (("by words", by_words_alone(folder)), ("with meaning", generation)):
        ours, floor = _speeds(opened, queries)
        ratios = ours.p50.median / floor.p50.median, ours.p95.median / floor.p95.median
        yield name, ours.p50.shown(), ours.p95.shown(), *(f"{ratio:.2f}" for ratio in ratios)


def gained(folder: Path, asked: Sequence[JudgedQuestion]) -> Iterator[tuple[str, ...]]:
    """Yield how good answers are by words and with meaning, beside the floor."""
    generation, by_words = open_generation(folder, QueryEncoder()), by_words_alone(folder)
    floor = Floor(generation)
    found = {
        "by words": quality(asked, partial(places, by_words)),
        "with meaning": quality(asked, partial(places, generation)),
        "SQLite FTS5": quality(asked, floor.places),
    }
    floor.close()
    yield "Answers", *found["by words"]
    for name, figures in found.items():
        yield name, *(f"{value:.3f}" for value in figures.values())


def costs(folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield what a model takes beside its answers."""
    generation = open_generation(folder, QueryEncoder())
    model = generation.meaning.model()
    if not isinstance(model, SentenceModel):
        return
    texts = [generation.reader.columns.sentence_text(n) for n in range(TEXTS)]
    yield "With meaning", "median", "of"
    rates = Rounds(tuple(TEXTS / _seconds(model, texts) for _ in range(ROUNDS)))
    yield "Sentences read for what they mean, a second", rates.shown(0), f"{ROUNDS}"
    runs = [_fresh(folder, on) for on in (True, False) for _ in range(ROUNDS)]
    for name, of in (("with meaning", runs[:ROUNDS]), ("by words", runs[ROUNDS:])):
        mib, ms = (Rounds(tuple(run[n] for run in of)) for n in (0, 1))
        yield f"Memory of a process that answers, {name}, MiB", mib.shown(0), f"{ROUNDS}"
        yield f"From opening to the first answer, {name}, ms", ms.shown(0), f"{ROUNDS}"


def _speeds(generation: Generation, queries: Sequence[str]) -> tuple[Speed, Speed]:
    floor = Floor(generation)
    by_turns(queries, generation.search, floor.search)
    rounds = [by_turns(queries, generation.search, floor.search) for _ in range(ROUNDS)]
    floor.close()
    return speed([ours for ours, _ in rounds]), speed([theirs for _, theirs in rounds])


def _seconds(model: SentenceModel, texts: Sequence[str]) -> float:
    began = time.perf_counter()
    model.embed(texts)
    return time.perf_counter() - began


def _fresh(folder: Path, on: bool) -> tuple[float, float]:
    """Open, ask twenty questions in a new process: its peak memory, and the first answer's time."""
    script = [sys.executable, __file__, str(folder), "on" if on else "off"]
    mib, ms = subprocess.run(script, check=True, capture_output=True, text=True).stdout.split()
    return float(mib), float(ms)


def _ask_a_few(folder: Path, on: bool) -> None:
    began = time.perf_counter()
    generation = open_generation(folder, QueryEncoder()) if on else by_words_alone(folder)
    generation.search("what are the side effects of this drug")
    first = 1_000 * (time.perf_counter() - began)
    for number in range(20):
        generation.search(generation.reader.columns.sentence_text(number))
    status = Path("/proc/self/status").read_text("ascii")
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1_024, first)


if __name__ == "__main__":
    _ask_a_few(Path(sys.argv[1]), sys.argv[2] == "on")
