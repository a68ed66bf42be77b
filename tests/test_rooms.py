"""The front door of each room: what stands there is what another room comes for."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from paths import ROOT

ROOMS = ("catalog", "transcripts", "indexer")


def test_a_front_door_has_only_what_another_room_uses() -> None:
    idle = [f"{room}.{name}" for room in ROOMS for name in _offered(room) - _used(room)]

    assert idle == [], "import it from its own module, also in tests"


def test_a_class_has_a_name_of_its_own_and_a_module_none_of_pythons() -> None:
    classes = Counter(
        node.name
        for path in _product()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    )

    assert [name for name, count in classes.items() if count > 1] == []
    assert sys.stdlib_module_names.isdisjoint(path.stem for path in _product())
    assert sys.stdlib_module_names.isdisjoint(path.parent.name for path in _product())


def _offered(room: str) -> set[str]:
    door = ast.parse((ROOT / room / "__init__.py").read_text("utf-8"))
    return {
        alias.asname or alias.name
        for node in ast.walk(door)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(f"{room}.")
        for alias in node.names
    }


def _used(room: str) -> set[str]:
    return {
        alias.name
        for path in _product()
        if path.relative_to(ROOT).parts[0] != room
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == room
        for alias in node.names
    }


def _product() -> Iterator[Path]:
    yield ROOT / "hope.py"
    for room in (*ROOMS, "webapp"):
        yield from (ROOT / room).rglob("*.py")
