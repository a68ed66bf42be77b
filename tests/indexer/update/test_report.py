"""What the nightly job reports."""

from __future__ import annotations

from indexer.update.report import each_video
from indexer.writer.report import IndexReport
from transcripts import FetchReport, VideoReport
from transcripts.fetching.provenance import TrackChange
from transcripts.fetching.reports import TrackReport
from transcripts.sites.outcomes import Outcome


def test_captions_that_changed_and_cannot_be_read_are_said_to_be_kept_from_before() -> None:
    track = TrackReport("en.auto.vtt", Outcome.FETCHED, TrackChange.CHANGED)
    fetch = FetchReport((VideoReport("scans", Outcome.FETCHED, tracks=(track,)),))
    index = IndexReport("g000002", True, 1, 1, read=(), tracks=("scans en.auto.vtt",))

    (told_of,) = each_video(["scans"], None, fetch, index)

    assert told_of["index"] == "kept from before"
