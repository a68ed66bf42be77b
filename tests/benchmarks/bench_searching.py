"""Measures search against the floor: the same queries over the same passages, by turns."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench_floor import Floor
from bench_measures import Rounds, percentile

from indexer import Generation
from indexer.embedding.configured import NoModel
from indexer.embedding.encoder import QueryEncoder
from indexer.evaluation.measures import JudgedQuestion, Place, RankedPlaces, figures, score
from indexer.generation import open_generation

OFF = NoModel("it is off for this measurement")


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds a query: the median and the 95th of a hundred, one value a round."""

    p50: Rounds
    p95: Rounds


@dataclass(frozen=True, slots=True)
class Compared:
    """Ours when a term is used for the first time, ours later, and the floor; and how good."""

    first: Speed
    warm: Speed
    floor: Speed
    ours: dict[str, float]
    floors: dict[str, float]


def compare(folder: Path, asked: Sequence[JudgedQuestion], rounds: int) -> Compared:
    """Ask everything of a freshly opened generation, then again; the floor by turns with it."""
    queries = [question.query for question in asked]
    first: list[list[float]] = []
    warm: list[list[float]] = []
    floors: list[list[float]] = []
    for _ in range(rounds):
        generation = by_words_alone(folder)
        generation.search("opening")  # what is worked out once a generation, apart from terms
        floor = Floor(generation)
        # The floor's first turn only warms it up, as it warms the caches of the machine.
        times, _ = by_turns(queries, generation.search, floor.search)
        first.append(times)
        times, floor_times = by_turns(queries, generation.search, floor.search)
        warm.append(times)
        floors.append(floor_times)
        if len(warm) < rounds:
            floor.close()
    ours = quality(asked, partial(places, generation))
    theirs = quality(asked, floor.places)
    floor.close()
    return Compared(speed(first), speed(warm), speed(floors), ours, theirs)


def by_words_alone(folder: Path) -> Generation:
    """Open a generation as a process without a sentence model does."""
    return open_generation(folder, QueryEncoder(lambda: OFF, lambda: OFF))


def by_turns(
    queries: Sequence[str], ours: Callable[[str], object], theirs: Callable[[str], object]
) -> tuple[list[float], list[float]]:
    """Time each query in both, now the one first and now the other; milliseconds."""
    taken: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    for number, query in enumerate(queries):
        turns = ((0, ours), (1, theirs))
        for which, search in turns if number % 2 else reversed(turns):
            began = time.perf_counter()
            search(query)
            taken[which].append(1_000 * (time.perf_counter() - began))
    return taken


def speed(rounds: Sequence[Sequence[float]]) -> Speed:
    return Speed(
        Rounds(tuple(percentile(times, 0.50) for times in rounds)),
        Rounds(tuple(percentile(times, 0.95) for times in rounds)),
    )


def places(generation: Generation, query: str) -> list[Place]:
    return [(hit.video, hit.start_ms) for hit in generation.search(query, limit=10).hits]


def quality(
    asked: Sequence[JudgedQuestion], places: Callable[[str], Sequence[Place]]
) -> dict[str, float]:
    scores = []
    for question in asked:
        found = tuple(places(question.query))
        scores.append(score(question, RankedPlaces(found, "answered" if found else "none")))
    return {name: figure.value if figure else math.nan for name, figure in figures(scores).items()}
