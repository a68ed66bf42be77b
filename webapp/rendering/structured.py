"""A video as search engines read it: schema.org's VideoObject, with a Clip for each answer."""

from __future__ import annotations

from collections.abc import Iterator

from catalog import Video
from webapp.i18n.times import whole_seconds
from webapp.rendering.metadata import Here


def video_object(video: Video, here: Here, poster: str = "") -> dict[str, object]:
    """What is known of a video, ready for JSON; what is not known is left out.

    `poster` is the path of its still picture, if there is one. Captions are no part of it: the
    page holds them.
    """
    known: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": video.title,
        "description": video.description or video.title,
        "url": here.canonical,
        "inLanguage": video.language,
        "dateCreated": video.recorded,
        "duration": f"PT{whole_seconds(video.duration_ms)}S" if video.duration_ms else "",
        "thumbnailUrl": f"{here.origin}{poster}" if poster else "",
        "contentUrl": f"{here.origin}/media/{video.media}" if video.own_media else "",
        "embedUrl": _embedded(video),
        "hasPart": list(_clips(video, here.canonical)),
    }
    return {name: value for name, value in known.items() if value}


def _embedded(video: Video) -> str:
    return f"https://www.youtube-nocookie.com/embed/{video.youtube}" if video.youtube else ""


def _clips(video: Video, address: str) -> Iterator[dict[str, object]]:
    for name, start_ms, end_ms in _answers(video) or _chapters(video):
        yield {
            "@type": "Clip",
            "name": name,
            "startOffset": whole_seconds(start_ms),
            "endOffset": whole_seconds(end_ms),
            "url": f"{address}?t={whole_seconds(start_ms)}",
        }


def _answers(video: Video) -> list[tuple[str, int, int]]:
    """The questions whose answer has a beginning and an end."""
    return [
        (question.text, question.start_ms, question.end_ms)
        for question in video.questions
        if question.start_ms is not None and question.end_ms is not None
    ]


def _chapters(video: Video) -> list[tuple[str, int, int]]:
    """The chapters, where it is known when the last one ends."""
    if video.duration_ms is None:
        return []
    starts = [chapter.start_ms for chapter in video.chapters]
    ends = [*starts[1:], video.duration_ms]
    titles = [chapter.title for chapter in video.chapters]
    return list(zip(titles, starts, ends, strict=False))
