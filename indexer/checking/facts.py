"""What was found, each fact said once for the library, with the places it is true of."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SHOWN = 10
# A note that says so tells of something that is missing; any other of what was mended.
_LOST = re.compile(r"left out|cannot be read|no speech|cut off|fraction of|not read")
_NUMBER = re.compile(r"\d[\d,.:-]*")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something found at one place: a file, a folder, a video."""

    place: str
    says: str


def is_lost(note: str) -> bool:
    """Whether a note on a track tells of something that is missing, and not only of a flaw."""
    return bool(_LOST.search(note))


def told_once(facts: Iterable[Fact]) -> Iterator[str]:
    """Yield each fact once, with its places; facts that differ in numbers only are one."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(_NUMBER.sub("#", fact.says), []).append(fact)
    for group in groups.values():
        yield f"{_places(group)}: {_said(group)}"


def _places(group: list[Fact]) -> str:
    places = list(dict.fromkeys(fact.place for fact in group))
    more = len(places) - SHOWN
    shown = ", ".join(places[:SHOWN])
    return f"{shown} and {more:,} more" if more > 0 else shown


def _said(group: list[Fact]) -> str:
    """What the first says; where the numbers of others differ, that they do."""
    differ = len({fact.says for fact in group}) > 1
    return (
        f"{group[0].says} (of the first; the numbers of the others differ)"
        if differ
        else (group[0].says)
    )
