"""When what is shown was published and changed last, for feeds and the sitemap."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime

from catalog import Video
from indexer import Generation


def published(generation: Generation, video: Video) -> datetime | None:
    """When a video was uploaded, else the beginning of when it was recorded; None where unknown."""
    recorded = (video.recorded + "-01-01")[:10] if video.recorded else ""
    return _read(generation.uploaded_at(video.slug)) or _read(recorded)


def updated(generation: Generation, video: Video) -> datetime:
    """When a video or its captions came; when the index was built, where nothing else is known."""
    known = (published(generation, video), _read(generation.came_at(video.slug)))
    return max((one for one in known if one), default=built(generation))


def last_updated(generation: Generation, videos: Iterable[Video]) -> datetime:
    """When the last of some videos came; when the index was built where there are none."""
    return max((updated(generation, one) for one in videos), default=built(generation))


def built(generation: Generation) -> datetime:
    """When a generation was built."""
    return _read(generation.built_at) or datetime.fromtimestamp(0, UTC)


def _read(text: str) -> datetime | None:
    with suppress(ValueError):
        read = datetime.fromisoformat(text)
        return read if read.tzinfo else read.replace(tzinfo=UTC)
    return None
