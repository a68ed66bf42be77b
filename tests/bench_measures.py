"""Measured values: rounds, their median and spread, and the quality of answers."""

from __future__ import annotations

import json
import math
import os
import platform
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

EARLY_MS = 15_000
NEAR_MS = 30_000


@dataclass(frozen=True, slots=True)
class Rounds:
    """One value a round."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    def shown(self, digits: int = 2) -> str:
        """The median, and the least and the greatest."""
        low, high = min(self.values), max(self.values)
        return f"{self.median:,.{digits}f} ({low:,.{digits}f} to {high:,.{digits}f})"


def percentile(values: Iterable[float], share: float) -> float:
    """The value that `share` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def machine() -> str:
    """Name what this runs on, without a path."""
    names = [
        line.partition(":")[2].strip()
        for line in _lines(Path("/proc/cpuinfo"))
        if line.startswith("model name")
    ]
    cpu = names[0] if names else platform.processor() or platform.machine()
    load = os.getloadavg()[0]
    return (
        f"{cpu}, {os.cpu_count()} cores (load {load:.1f} at the start), {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8").splitlines()
    except OSError:
        return []


@dataclass(frozen=True, slots=True)
class Truth:
    """Where a question is answered; milliseconds."""

    video: str
    start_ms: float
    end_ms: float
    grade: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and where it is answered, as far as that is known."""

    query: str
    truths: tuple[Truth, ...] = ()


Place = tuple[str, int]  # a video and the millisecond to jump to


def read_questions(file: Path) -> list[Asked]:
    """Read questions: {"query"} a line, with video, start and end (seconds) or `answers`."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [Asked(line["query"], _truths(line)) for line in lines]


def _truths(line: Mapping[str, Any]) -> tuple[Truth, ...]:
    answers = line.get("answers") or ([line] if "video" in line else [])
    return tuple(
        Truth(a["video"], 1_000 * a["start"], 1_000 * a["end"], a.get("grade", 3)) for a in answers
    )


def quality(asked: Sequence[Asked], found: Sequence[Sequence[Place]]) -> dict[str, float]:
    """Score answers, best first, one sequence a question.

    A hit is right when it starts in the answer's video between 15 s before the answer and its
    end; start30@5 asks whether one of the first five starts within 30 s of where it begins.
    """
    totals = dict.fromkeys(("hit@1", "hit@5", "mrr@10", "start30@5"), 0.0)
    counted = 0
    for question, places in zip(asked, found, strict=True):
        if not any(truth.grade >= 2 for truth in question.truths):
            continue
        counted += 1
        rank = _first_right(question.truths, places[:10])
        totals["hit@1"] += rank == 1
        totals["hit@5"] += 0 < rank <= 5
        totals["mrr@10"] += 1 / rank if rank else 0
        totals["start30@5"] += any(_near(t, p) for t in question.truths for p in places[:5])
    return {name: total / max(1, counted) for name, total in totals.items()}


def _first_right(truths: Iterable[Truth], places: Sequence[Place]) -> int:
    good = [truth for truth in truths if truth.grade >= 2]
    for rank, (video, start_ms) in enumerate(places, start=1):
        if any(t.video == video and t.start_ms - EARLY_MS <= start_ms < t.end_ms for t in good):
            return rank
    return 0


def _near(truth: Truth, place: Place) -> bool:
    return truth.video == place[0] and abs(place[1] - truth.start_ms) <= NEAR_MS
