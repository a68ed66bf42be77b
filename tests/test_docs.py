"""The documents say what is so: files that they name exist, and drawings are what is enforced."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from outcome_table import DOCUMENT
from outcome_table import table as outcome_table
from paths import ROOT

from catalog import KINDS

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LAYERS = re.compile(r"```layers ([\w.]+)\n(.*?)```", re.DOTALL)
# A file by its place, or by the end of it: `indexer/query/parser.py`, `filters.py`.
FILES = re.compile(r"`([\w./-]+\.(?:py|js|html|toml|csv))`")

# What is changed in them: `Settings`, `LocalScorer.score`, `render`.
NAMES = re.compile(r"`([A-Z]\w*\.\w+|[A-Za-z_]\w*)(?:\([^`]*\))?`")

# What operators and commands write is in no checkout.
OF_A_LIBRARY = {"corrections.toml", "site.toml"}


def test_every_file_that_a_document_names_is_there() -> None:
    assert [*_lost()] == []


def test_the_table_of_outcomes_is_the_one_that_the_code_goes_by() -> None:
    document = DOCUMENT.read_text("utf-8")

    assert outcome_table() in document, "`make docs` writes it"


def test_the_kinds_of_the_glossary_are_listed() -> None:
    document = (ROOT / "docs/catalogue.md").read_text("utf-8")
    listed = document.partition("The kinds are ")[2].partition(".")[0]

    assert re.findall(r"`([a-z ]+)`", listed) == sorted(KINDS)


def test_what_is_told_to_change_is_called_so() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    told = NAMES.findall(text.partition("## How to add")[2].partition("\n## ")[0])
    files = [path for path in _sources() if path.suffix in {".py", ".csv", ".toml", ".html"}]
    known = [set(re.findall(r"(?:\bdef )?\w+", path.read_text("utf-8"))) for path in files]

    names = [set(name.replace(".", ".def ").split(".")) for name in told if "NAME" not in name]
    assert len(names) > 10
    assert [name for name in names if not any(name <= file for file in known)] == []


def _lost() -> Iterator[str]:
    known = [f"/{path.relative_to(ROOT).as_posix()}" for path in _sources()]
    for document in DOCUMENTS:
        for name in FILES.findall(document.read_text("utf-8")):
            there = any(file.endswith(f"/{name}") for file in known)
            stands_for_any = "NAME" in name or name.rpartition("/")[2] in OF_A_LIBRARY
            if not there and not stands_for_any:
                yield f"{document.name}: {name}"


def _sources() -> Iterator[Path]:
    for room in ("catalog", "transcripts", "indexer", "webapp", "tests", "deploy", ".ci"):
        yield from (path for path in (ROOT / room).rglob("*") if path.is_file())
    yield from ROOT.glob("*.*")


def test_the_drawing_of_each_room_is_the_contract_that_holds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    held = {
        contract["containers"][0]: contract["layers"]
        for contract in project["tool"]["importlinter"]["contracts"]
        if "containers" in contract
    }

    drawn = LAYERS.findall((ROOT / "docs/architecture.md").read_text("utf-8"))

    assert {room: lines.strip().splitlines() for room, lines in drawn} == held
