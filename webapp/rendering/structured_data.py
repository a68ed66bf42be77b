"""Structured data (schema.org) of a video's page, as Google documents it for videos and questions.

What lacks a field that is required there is left out: half of it would be an error.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog import Video, embed_address
from webapp.i18n.times import whole_seconds
from webapp.rendering.addresses import query_of
from webapp.rendering.metadata import PageAddress

Data = dict[str, object]
_CONTEXT = "https://schema.org"
RECORDED = "When it was uploaded is not known here: the date given is when it was recorded."


@dataclass(frozen=True, slots=True)
class SaidAnswer:
    """A question and the words that answer it on the page, from a time on."""

    question: str
    text: str
    start_ms: int


def video_object(
    video: Video, page: PageAddress, picture: str, *, uploaded: str = "", own: bool = False
) -> Data | None:
    """What is known of a video; None where it can't be played here, or of no known date.

    `picture` is a whole address, `uploaded` the date or time that its source gave (ISO 8601), and
    `own` says that its file is here. Captions are no part of it: the page holds them.
    """
    date = _date_time(uploaded or video.recorded)
    known: Data = {
        "@context": _CONTEXT,
        "@type": "VideoObject",
        "name": video.title,
        "description": video.description or video.title,
        "url": page.bare,
        "inLanguage": video.language,
        "uploadDate": date,
        "dateCreated": video.recorded,
        "disambiguatingDescription": "" if uploaded else RECORDED,
        "duration": f"PT{whole_seconds(video.duration_ms)}S" if video.duration_ms else "",
        "thumbnailUrl": picture,
        "contentUrl": f"{page.origin}/media/{video.media}" if own else "",
        "embedUrl": embed_address(video.youtube) if video.youtube else "",
        "potentialAction": _seek(page.bare),
        "hasPart": list(_clips(video, page.bare)),
    }
    if not date or not (known["contentUrl"] or known["embedUrl"]):
        return None
    return {name: value for name, value in known.items() if value}


def faq_page(answers: Sequence[SaidAnswer], page: PageAddress) -> Data | None:
    """The questions that a page answers, in words that stand on it; None without any."""
    if not answers:
        return None
    return {
        "@context": _CONTEXT,
        "@type": "FAQPage",
        "url": page.bare,
        "mainEntity": [
            {
                "@type": "Question",
                "name": one.question,
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": one.text,
                    "url": _at(page.bare, one.start_ms),
                },
            }
            for one in answers
        ],
    }


def _date_time(text: str) -> str:
    """A date, of which day or month may be unknown, as Google reads it: with a time and zone."""
    if "T" in text or not text:
        return text
    return f"{(text + '-01-01')[:10]}T00:00:00+00:00"


def _seek(address: str) -> Data:
    return {
        "@type": "SeekToAction",
        "target": f"{address}?t={{seek_to_second_number}}",
        "startOffset-input": "required name=seek_to_second_number",
    }


def _at(address: str, start_ms: int) -> str:
    return address + query_of(t=whole_seconds(start_ms))


def _clips(video: Video, address: str) -> Iterator[Data]:
    """The answers, or else the chapters; of two that begin in one second only the first."""
    begun: set[int] = set()
    for name, start_ms, end_ms in _answers(video) or _chapters(video):
        start, end = whole_seconds(start_ms), whole_seconds(end_ms)
        if start not in begun and start < end:
            begun.add(start)
            yield {
                "@type": "Clip",
                "name": name,
                "startOffset": start,
                "endOffset": end,
                "url": _at(address, start_ms),
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
