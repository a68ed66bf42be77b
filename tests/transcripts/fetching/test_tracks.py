"""What changed in a track, in words a person can read."""

from __future__ import annotations

from pathlib import Path

import pytest
from libraries import vtt

from transcripts.fetching.tracks import change_in_words

TRACK = Path("captions/talk/en.manual.vtt")
BEFORE = vtt("one pill a day\nwith water")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("", BEFORE, "6 words"),
        (BEFORE, vtt("one pill a week\nwith much water"), "2 words came and 1 went, now 7"),
        (
            BEFORE,
            BEFORE.replace("00:05.000", "00:04.000"),
            "the same 6 words, at other times or in another order",
        ),
        (BEFORE, "<html>Sorry</html>", "0 words came and 6 went, now 0"),
    ],
    ids=["new", "other words", "other times", "unreadable"],
)
def test_it_is_said_how_many_words_came_and_went(before: str, after: str, says: str) -> None:
    assert change_in_words(TRACK, before.encode(), after.encode()) == says


def test_a_file_that_is_no_track_has_no_words() -> None:
    assert change_in_words(Path("captions/talk/notes.txt"), b"", b"x") == "0 words"
