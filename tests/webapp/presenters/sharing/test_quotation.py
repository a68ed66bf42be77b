from __future__ import annotations

from pathlib import Path

import pytest

from catalog import Catalogue, Person, Video
from transcripts import Sentence, Track, Transcript
from webapp.presenters.sharing.quotation import quotation, seconds
from webapp.rendering.moment_links import read_time


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "0"), (8500, "8.5"), (83_212, "83.212"), (100_000, "100")]
)
def test_times_in_links_are_seconds(ms: int, text: str) -> None:
    assert seconds(ms) == text
    assert read_time(text) == ms


def test_a_name_in_the_captions_is_matched_with_one_of_the_videos_people() -> None:
    people = {p.slug: p for p in (Person("a", "Dr. Ann Shaw"), Person("b", "Bo Lee"))}
    people["c"] = Person("c", "Cy Lee")
    video = Video("t", "T", "s", speakers=("a", "b", "c"))
    names = ("DR. SHAW", "ann shaw", "Lee", "DR.", "Interviewer", "")
    said = tuple(Sentence(n, n + 1, "So.", 0, 0, name) for n, name in enumerate(names))
    track = Track("t", "en", "manual", "vtt", Path("t"))

    quoted = quotation(Transcript(track, (), said), 0, 6, video, Catalogue(people=people))

    assert [turn.speaker for turn in quoted.turns] == [
        "Dr. Ann Shaw", "Dr. Ann Shaw", "Lee", "DR.", "Interviewer", "Speaker not named",
    ]  # fmt: skip
