"""A front door whose names are loaded once they are asked for, so that a command loads its own."""

import ast
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def loaded_later(room: str, file: str) -> Callable[[str], Any]:
    """Make the `__getattr__` of a front door, of the names that its file imports for type checkers.

    What is imported there under TYPE_CHECKING is all that it offers.
    """
    door = ast.parse(Path(file).read_text("utf-8"))
    homes = {
        alias.name: node.module
        for node in ast.walk(door)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{room}.")
        for alias in node.names
    }

    def find(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"{room} has no {name}")
        return getattr(import_module(str(homes[name])), name)

    return find
