"""What captions misheard, as it is shown beside them."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

import numpy as np

from indexer.mishearing.terms import CORRECTED, PROBABLE

if TYPE_CHECKING:
    from indexer.generation import Generation

# Behind a name that a person found was said; before any other belongs "probably".
REVIEWED = "(reviewed)"


def heard_between(
    generation: Generation, first: int, last: int, wanted: Container[int]
) -> tuple[str, ...]:
    """Name what sentences `first` to `last` (exclusive) have misheard of the terms `wanted`.

    Terms are given by identity; each name is there once.
    """
    tables = generation.tables
    begin, end = (int(tables.token_offsets[number]) for number in (first, last))
    found: dict[str, None] = {}
    name = ""
    for token in begin + np.flatnonzero(tables.token_heard[begin:end]):
        # The terms of a name that was corrected stand behind its mark.
        if tables.token_heard[token] != CORRECTED:
            name = _shown(generation, int(token))
        if int(tables.token_term[token]) in wanted:
            found[name] = None
    return tuple(found)


def readings_between(generation: Generation, first: int, last: int) -> dict[int, tuple[str, ...]]:
    """Name what each of these sentences has misheard, by its place among them."""
    tables = generation.tables
    begin, end = (int(tables.token_offsets[number]) for number in (first, last))
    found: dict[int, dict[str, None]] = {}
    for token in begin + np.flatnonzero(tables.token_heard[begin:end]):
        if tables.token_heard[token] != CORRECTED:
            sentence = int(np.searchsorted(tables.token_offsets, token, side="right")) - 1
            found.setdefault(sentence - first, {})[_shown(generation, int(token))] = None
    return {place: tuple(names) for place, names in found.items()}


def _shown(generation: Generation, token: int) -> str:
    tables = generation.tables
    name = generation.lexicon.heard_names.get(int(tables.token_term[token]), "")
    return name if tables.token_heard[token] == PROBABLE else f"{name} {REVIEWED}"
