"""Notes for a person on what was read, one or several."""

from __future__ import annotations


def note(count: int, one: str, several: str) -> tuple[str, ...]:
    """Say how many there are, in words that fit the number; nothing when there are none."""
    if count < 1:
        return ()
    return (f"{count} {one if count == 1 else several}",)
