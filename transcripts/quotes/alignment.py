"""Where in a long text a short one stands, letters missing, added or changed."""

import numpy as np
from numpy.typing import NDArray

Edits = NDArray[np.int32]


def edits_to_ends(short: str, text: str) -> Edits:
    """For each place in the text, how many edits make of `short` what best ends there.

    One number a place before, between and after its letters (Sellers, 1980).
    """
    codes = _codes(text)
    places = np.arange(len(codes) + 1, dtype=np.int32)
    edits = np.zeros(len(codes) + 1, np.int32)
    for letter in _codes(short):
        changed = edits[:-1] + (codes != letter)
        edits = edits + 1
        np.minimum(edits[1:], changed, out=edits[1:])
        edits = np.minimum.accumulate(edits - places) + places
    return edits


def edits_from_starts(short: str, text: str) -> Edits:
    """The same for what best begins at each place."""
    return edits_to_ends(short[::-1], text[::-1])[::-1]


def _codes(text: str) -> Edits:
    return np.frombuffer(text.encode("utf-32-le"), np.int32)
