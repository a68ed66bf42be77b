"""Searching inside one video: its places that say what was asked, and the way between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer import Within
from webapp.pieces import Piece, pieces


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that says it. `number` counts from 1, `anchor` is its id on the page."""

    number: int
    anchor: str
    start_ms: int
    said: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one video says to a question, in its order.

    `current` is the number of the place that the page is at, 0 when it is at none; `before` and
    `after` are the places around it. `unsaid` are the things asked for that it never says.
    """

    text: str
    places: tuple[Place, ...] = ()
    current: int = 0
    before: Place | None = None
    after: Place | None = None
    unsaid: tuple[str, ...] = ()


Spans = tuple[tuple[int, int], ...]


def finding(text: str, found: Within | None, ids: Sequence[str], here: int | None) -> Finding:
    """Lay out what was found for a page; `here` is the place of the sentence that it is at."""
    if found is None:
        return Finding(text)
    places = {
        one.place: Place(number, ids[one.place], one.start_ms, pieces(one.text, one.spans))
        for number, one in enumerate(found.mentions, start=1)
    }
    at = -1 if here is None else here
    return Finding(
        text,
        places=tuple(places.values()),
        current=places[at].number if at in places else 0,
        before=next((one for place, one in reversed(places.items()) if place < at), None),
        after=next((one for place, one in places.items() if place > at), None),
        unsaid=found.unsaid,
    )


def spans_by_place(found: Within | None) -> Mapping[int, Spans]:
    """What to highlight in each sentence that says it, by its place in the transcript."""
    return {one.place: one.spans for one in found.mentions} if found else {}
