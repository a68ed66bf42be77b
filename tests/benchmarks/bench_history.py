"""The figures of one run beside what they are to be, and a line of them for each version.

The lines stand in docs/benchmarks.md, the newest last, so that a slower version is seen.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from paths import ROOT

DOCUMENT = ROOT / "docs/benchmarks.md"
BEGIN, END = "<!-- history -->\n", "<!-- end of history -->"
_NOT_MEASURED = "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """What is measured: its name, also in a line, and at least or at most what it is to be.

    `spread` is by how much of its value runs of one version differ.
    """

    name: str
    brief: str
    digits: int = 2
    at_most: float | None = None
    at_least: float | None = None
    spread: float = 0.1

    def shown(self, value: float | None) -> str:
        """A value of it."""
        return _NOT_MEASURED if value is None else f"{value:,.{self.digits}f}"

    def kept(self, value: float) -> str:
        """Whether a value is what it is to be; "" where nothing is set."""
        if self.at_most is None and self.at_least is None:
            return ""
        good = self.at_most is None or value <= self.at_most
        return "yes" if good and (self.at_least is None or value >= self.at_least) else "no"

    def compared(self, value: float, before: float) -> str:
        """Whether it is worse than it was, by more than runs of one version differ."""
        worse = value - before if self.at_least is None else before - value
        return "worse" if worse > self.spread * before else ""

    @property
    def wanted(self) -> str:
        """What it is to be."""
        if self.at_most is not None:
            return f"at most {self.shown(self.at_most)}"
        return "" if self.at_least is None else f"at least {self.shown(self.at_least)}"


FIGURES: Mapping[str, Figure] = {
    "p50": Figure("Search, p50 against FTS5", "p50 / FTS5", at_most=1.2),
    "p95": Figure("Search, p95 against FTS5", "p95 / FTS5", at_most=0.6),
    "meaning": Figure("Search with a model, p50 against FTS5", "model / FTS5", at_most=3),
    "worst": Figure("The worst query against p50", "worst / p50", 1, at_most=15, spread=0.25),
    "pages": Figure(
        "Results pages a second against Datasette", "pages / D.", at_least=1, spread=0.15
    ),
    "json": Figure("JSON answers a second against Datasette", "JSON / D.", at_least=2, spread=0.15),
    "p99": Figure("p99 of results pages against Datasette", "p99 / D.", at_most=2, spread=0.25),
    "page_ms": Figure("A results page, of the processor, ms", "page ms", 1),
    "json_ms": Figure("A JSON answer, of the processor, ms", "JSON ms", 1),
    "build": Figure("A full build, passages a second", "build/s", 0, at_least=2_500, spread=0.15),
    "build_mib": Figure("A full build, peak memory, MiB", "build MiB", 0, at_most=500),
    "embedding": Figure(
        "A model, passages a second of the processor", "embedded/s", 0, at_least=62
    ),
    "change": Figure("One change in a thousand, of the processor, s", "change s", at_most=1),
    "many_nothing": Figure(
        "Nothing changed in ten thousand, of the processor, s", "10k same s", 1, at_most=5
    ),
    "many_change": Figure(
        "One change in ten thousand, of the processor, s", "10k change s", 1, at_most=3
    ),
    "many_memory": Figure("A server of ten thousand, MiB", "10k MiB", 0, at_most=1_000),
    "cold": Figure("`hope search`, a new process, ms", "cold ms", 0, at_most=500),
    "help": Figure("`hope --help`, a new process, ms", "help ms", 0, at_most=150),
    "memory": Figure("Two workers after the load, MB", "memory MB", 0),
    "tests": Figure("Every test, s", "tests s", 0, at_most=240),
}


def bars(measured: Mapping[str, float], before: Mapping[str, float]) -> Iterator[tuple[str, ...]]:
    """Yield every figure beside what it is to be, and beside what it was before."""
    yield "All in short", "measured", "wanted", "reached", "before", ""
    for key, figure in FIGURES.items():
        value, was = measured.get(key), before.get(key)
        kept = "" if value is None else figure.kept(value)
        mark = "" if value is None or was is None else figure.compared(value, was)
        yield figure.name, figure.shown(value), figure.wanted, kept, figure.shown(was), mark


def last_line(document: str, version: str) -> dict[str, float]:
    """The figures of the newest line that is of another version."""
    table = document.partition(BEGIN)[2].partition(END)[0]
    lines = [one.strip("| ").split(" | ") for one in table.splitlines()[2:]]
    others = [cells for name, *cells in lines if name != version]
    return {
        key: float(cell.replace(",", ""))
        for key, cell in zip(FIGURES, others[-1] if others else (), strict=False)
        if cell != _NOT_MEASURED
    }


def line(measured: Mapping[str, float], version: str) -> str:
    """A run as a line of the history."""
    cells = (figure.shown(measured.get(key)) for key, figure in FIGURES.items())
    return f"| {version} | {' | '.join(cells)} |\n"


def with_line(document: str, new: str) -> str:
    """A document whose history has one line more, in the place of one of the same version."""
    before, begin, rest = document.partition(BEGIN)
    table, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"There is no history to add to in {DOCUMENT}.")
    version = new.split(" | ", maxsplit=1)[0]
    kept = [one for one in table.splitlines(keepends=True) if not one.startswith(f"{version} |")]
    return f"{before}{begin}{''.join(kept) or head()}{new}{end}{after}"


def head() -> str:
    """The head of the history."""
    names = ["version", *(figure.brief for figure in FIGURES.values())]
    return f"| {' | '.join(names)} |\n{'|---' * len(names)}|\n"


def version_now() -> str:
    """The day and the name of the commit that is measured, marked where it was changed since."""
    told = ["git", "log", "-1", "--format=%cs %h"]
    name = subprocess.run(told, cwd=ROOT, capture_output=True, check=False, text=True).stdout
    changed = [
        "git",
        "diff",
        "--quiet",
        "HEAD",
        "--",
        "catalog",
        "transcripts",
        "indexer",
        "webapp",
    ]
    differs = subprocess.run(changed, cwd=ROOT, capture_output=True, check=False).returncode
    return name.strip() + (" changed" if differs else "")


def keep(measured: Mapping[str, float], document: Path = DOCUMENT) -> None:
    """Add a run to the history."""
    text = document.read_text("utf-8")
    document.write_text(with_line(text, line(measured, version_now())), "utf-8")
