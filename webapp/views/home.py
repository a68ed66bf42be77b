"""The first page: get, ask, render."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from catalog import Catalogue, Question, Series, Video
from webapp.pages import generation_of, render
from webapp.presenters.browsing import SeriesPreview

EXAMPLES = 6
READABLE_QUESTION = 90
STEPS = 3
VIDEOS_OF_A_SERIES = 6


def home(request: Request) -> Response:
    """One search box, where to begin, questions to begin with, topics and series."""
    catalogue = basics_first(generation_of(request).catalogue)
    first = beginning(catalogue)
    return render(
        request,
        "home.html",
        catalogue=catalogue,
        examples=example_questions(catalogue),
        beginning=SeriesPreview(first, first.videos[:STEPS]) if first else None,
        previews=[
            SeriesPreview(one, one.videos[:VIDEOS_OF_A_SERIES], notice=one != first)
            for one in catalogue.series
        ],
    )


def basics_first(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its in-depth series last: people begin at the beginning."""
    ordered = sorted(catalogue.series, key=lambda series: series.kind == "in-depth")
    return replace(catalogue, series=tuple(ordered))


def beginning(catalogue: Catalogue) -> Series | None:
    """The series to begin with: the first of the basics that has videos."""
    return next((one for one in catalogue.series if one.kind == "intro" and one.videos), None)


def example_questions(catalogue: Catalogue) -> tuple[tuple[Question, Video], ...]:
    """Questions, each with a video that answers it: the first readable one of a handful."""
    firsts = (
        (next((q for q in video.questions if len(q.text) <= READABLE_QUESTION), None), video)
        for video in catalogue.videos.values()
    )
    return tuple((question, video) for question, video in firsts if question)[:EXAMPLES]
