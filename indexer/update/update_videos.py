"""Each video of a nightly run: what came of it, what changed, and whether the index has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indexer.writer.report import IndexReport
from transcripts import FetchReport, SyncReport, VideoReport, changed_tracks, told

NOT_REACHED = "not reached"


def each_video(
    videos: Iterable[str],
    sync: SyncReport | None,
    fetch: FetchReport | None,
    index: IndexReport | None,
) -> list[dict[str, Any]]:
    """Tell of every video, in the catalogue's order.

    `page` is what came of its page, where that was asked; `index` is one of "read", "as before",
    "kept from before" (its file changed and could not be read), "nothing", and "not done".
    """
    fetched = {one.video: one for one in fetch.videos} if fetch else {}
    pages = {one.video: one for one in sync.pages} if sync else {}
    read = _by_video(index.read) if index else {}
    there = _by_video(index.tracks) if index else {}
    return [
        {
            "video": video,
            "page": str(pages[video].outcome) if video in pages else None,
            **(_asked(fetched[video]) if video in fetched else _not_reached()),
            "index": _indexed(fetched.get(video), read.get(video), there.get(video))
            if index
            else "not done",
        }
        for video in videos
    ]


def _asked(report: VideoReport) -> dict[str, Any]:
    return {
        "outcome": str(report.outcome),
        "asked": report.asked,
        "says": _says(report),
        "changed": changed_tracks(report) if report.changed else "",
        "tracks": [
            {
                "file": track.file,
                "outcome": str(track.outcome),
                "change": str(track.change) if track.change else None,
                "says": track.says or track.detail,
            }
            for track in report.tracks
        ],
        "length_ms": report.length_ms,
        "was_ms": report.was_ms,
        "next_try": report.next_try.isoformat() if report.next_try else None,
    }


def _says(report: VideoReport) -> str:
    if not report.asked and report.outcome.well and report.next_try:
        return f"Not due yet; the last time: {report.outcome}."
    return told(report.outcome, report.detail)


def _not_reached() -> dict[str, Any]:
    return {
        "outcome": NOT_REACHED,
        "asked": False,
        "says": "The run did not come to it; the next one does.",
        "changed": "",
        "tracks": [],
        "length_ms": None,
        "was_ms": None,
        "next_try": None,
    }


def _indexed(report: VideoReport | None, read: set[str] | None, there: set[str] | None) -> str:
    if read:
        return "read"
    if not there:
        return "nothing"
    fresh = {track.file for track in report.tracks if track.fresh} if report else set()
    return "kept from before" if fresh & there else "as before"


def _by_video(tracks: Iterable[str]) -> dict[str, set[str]]:
    """The files of each video's tracks among `video file` names."""
    found: dict[str, set[str]] = {}
    for video, _, file in (track.partition(" ") for track in tracks):
        found.setdefault(video, set()).add(file)
    return found
