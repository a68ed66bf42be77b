"""When what is shown was published and changed last, for feeds and the sitemap."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime

from catalog import Video
from indexer import Generation


def published(video: Video) -> datetime | None:
    """The beginning of the day, month or year in which a video was recorded, if that is known."""
    return _read((video.recorded + "-01-01")[:10] if video.recorded else "")


def updated(generation: Generation, video: Video) -> datetime:
    """When a video or its captions came; when the index was built, where nothing else is known."""
    known = (published(video), _read(generation.came_at(video.slug)))
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
