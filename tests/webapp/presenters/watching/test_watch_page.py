from __future__ import annotations

from pathlib import Path

import pytest

from catalog import Video
from transcripts import Sentence, Track, Transcript
from webapp.presenters.watching.find_in_video import VideoMatches
from webapp.presenters.watching.transcript_parts import TranscriptPart
from webapp.presenters.watching.watch_page import ShownTranscript, time_in, watch_links
from webapp.rendering.addresses import WatchLinks

SAID = Transcript(
    Track("one", "en", "manual", "vtt", Path("one")), (), (Sentence(1000, 9000, "So.", 0, 0),)
)


def test_links_of_the_page_name_captions_and_parts_only_where_they_must() -> None:
    part, one_of_two = TranscriptPart(1, 1, 0, 9, 0, 9000), TranscriptPart(2, 2, 5, 9, 5000, 9000)
    usual = ShownTranscript("en", (), part, None, VideoMatches(""))
    spanish = ShownTranscript("es", (), one_of_two, None, VideoMatches("dolor"))

    assert watch_links(("en", "es"), usual, "") == WatchLinks()
    assert watch_links(("en", "es"), spanish, "dolor") == WatchLinks("es", "dolor", 2)
    assert watch_links((), usual, "pain") == WatchLinks("", "pain")


@pytest.mark.parametrize(
    ("length_ms", "transcript", "at_ms", "there"),
    [
        (60_000, SAID, 59_000, 59_000),
        (60_000, SAID, 60_000, None),
        (None, SAID, 8000, 8000),
        (None, SAID, 9000, None),
        (None, None, 99_000, 99_000),
        (60_000, None, None, None),
    ],
)
def test_a_time_beyond_the_end_is_none(
    length_ms: int | None, transcript: Transcript | None, at_ms: int | None, there: int | None
) -> None:
    video = Video("one", "One", "s", duration_ms=length_ms)

    assert time_in(video, transcript, at_ms) == there
