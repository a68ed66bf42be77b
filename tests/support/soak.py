"""How long the tests are that may be long: short in every run, long in `make soak`."""

from __future__ import annotations

import os

LONG = bool(os.environ.get("HOPE_SOAK"))
SEED = int(os.environ.get("HOPE_SEED", "6"))


def times(short: int, long: int) -> int:
    """How often something is done."""
    return long if LONG else short


def tell(figures: str) -> None:
    """Tell the figures of a long run; a short one has none worth telling."""
    if LONG:
        print(f"\n{figures}", flush=True)
