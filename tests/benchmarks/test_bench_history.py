from __future__ import annotations

import pytest
from bench_history import BEGIN, DOCUMENT, END, FIGURES, bars, head, last_line, line, with_line

MEASURED = {"p50": 1.1, "json": 1.5, "build": 3_000.0}


def test_each_figure_stands_beside_what_it_is_to_be() -> None:
    before = {"p50": 0.98, "json": 1.6, "build": 3_600.0, "help": 80.0}
    rows = {name: rest for name, *rest in bars(MEASURED, before)}

    assert rows["Search, p50 against FTS5"] == ["1.10", "at most 1.20", "yes", "0.98", "worse"]
    json = rows["JSON answers a second against Datasette"]
    assert json == ["1.50", "at least 2.00", "no", "1.60", ""], "runs of one version differ so much"
    built = rows["A full build, passages a second"]
    assert built == ["3,000", "at least 2,500", "yes", "3,600", "worse"]
    assert rows["`hope --help`, a new process, ms"] == ["-", "at most 150", "", "80", ""]
    assert rows["Two workers after the load, MB"] == ["-", "", "", "-", ""]


def test_a_run_is_held_against_the_last_line_of_another_version() -> None:
    document = f"{BEGIN}{END}"
    for version, build in (("1 a", 900.0), ("2 b", 3_600.0), ("3 c", 1_200.0)):
        document = with_line(document, line({"p50": 1.25, "build": build}, version))

    assert last_line(document, "4 d") == {"p50": 1.25, "build": 1_200.0}
    assert last_line(document, "3 c") == {"p50": 1.25, "build": 3_600.0}
    assert last_line(f"{BEGIN}{END}", "1 a") == {}


def test_a_version_has_one_line_the_newest_last() -> None:
    document = f"Before.\n{BEGIN}{END}\nAfter.\n"
    for version, p50 in (("1 a", 2.0), ("2 b", 1.5), ("2 b", 1.25)):
        document = with_line(document, line({"p50": p50}, version))
    table = document.partition(BEGIN)[2].partition(END)[0]

    assert table.startswith(head())
    assert [one.split(" | ")[:2] for one in table.splitlines()[2:]] == [
        ["| 1 a", "2.00"],
        ["| 2 b", "1.25"],
    ]
    assert document.startswith("Before.\n")
    assert document.endswith(f"{END}\nAfter.\n")


def test_a_document_without_a_history_says_so() -> None:
    with pytest.raises(SystemExit, match="no history"):
        with_line("Nothing.", line({}, "1 a"))


def test_the_document_has_a_history_with_every_figure() -> None:
    _, begin, rest = DOCUMENT.read_text("utf-8").partition(BEGIN)

    assert begin
    assert END in rest
    assert rest.startswith(head())
    assert {one.count("|") for one in rest.partition(END)[0].splitlines()} == {len(FIGURES) + 2}
