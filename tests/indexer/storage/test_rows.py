from __future__ import annotations

import numpy as np
from memory import reader_of


def test_of_passages_the_videos_are_told_and_none_without_any() -> None:
    talks = {
        "first": "A scan shows it.",
        "silent": "[Music]",
        "last": "Nobody was tired after the scan.",
    }
    rows = reader_of(talks).rows
    each = [track.passages for track in rows.tracks]
    assert each == [1, 0, 1]

    for held, found in (([1, 1], ["first", "last"]), ([0, 1], ["last"]), ([0, 0], [])):
        assert [*rows.languages_holding(np.array(held, np.bool_))] == found
    assert rows.languages_holding(np.ones(2, np.bool_))["last"] == {"en"}
