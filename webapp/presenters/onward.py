"""What to watch after a video: from the basics to what goes deeper."""

from __future__ import annotations

from catalog import Catalogue, Video


def watch_next(video: Video, catalogue: Catalogue) -> Video | None:
    """The video that the catalogue names, else the in-depth one that shares most topics."""
    if video.next:
        return catalogue.videos[video.next]
    if catalogue.series_of(video).kind == "in-depth":
        return None
    deeper = [
        other
        for other in catalogue.videos.values()
        if catalogue.series_of(other).kind == "in-depth" and _shared(video, other)
    ]
    return max(deeper, key=lambda other: _shared(video, other), default=None)


def _shared(video: Video, other: Video) -> int:
    return len(set(video.topics) & set(other.topics))
