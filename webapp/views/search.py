"""The pages: get, ask, render."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from catalog import Catalogue, Question, Series, Video
from webapp.presenters.facets import applied, languages_of_filters, narrowings
from webapp.presenters.found import found_in
from webapp.presenters.questions import LONGEST, asked
from webapp.presenters.related import asked_beside_hits
from webapp.presenters.urgent import signposts_for
from webapp.site import generation_of, show, site_of
from webapp.views.searching import search_for

MOMENTS = 20
VIDEOS = 50
EXAMPLES = 6
READABLE_QUESTION = 90
VIDEOS_OF_A_SERIES = 6


def home(request: Request) -> Response:
    """One search box, where to begin, questions to begin with, topics and series."""
    catalogue = basics_first(generation_of(request).catalogue)
    return show(
        request,
        "home.html",
        catalogue=catalogue,
        examples=example_questions(catalogue),
        beginning=beginning(catalogue),
        shown_at_first=VIDEOS_OF_A_SERIES,
    )


def search(request: Request) -> Response:
    """What the experts say to a question, grouped by video, best first."""
    generation = generation_of(request)
    question = asked(request.query_params.get("q", ""))
    languages = languages_of_filters(generation.catalogue)
    exact = request.query_params.get("exact") == "1"
    answer = search_for(request, generation, question.text, limit=MOMENTS, exact=exact)
    page = show(
        request,
        "search.html",
        question=question,
        urgent=signposts_for(question.text, site_of(request).operator.urgent),
        longest=LONGEST,
        answer=answer,
        exact=exact,
        results=found_in(generation, site_of(request).library, answer),
        most_videos=VIDEOS,
        also_asked=asked_beside_hits(generation, answer.hits, question.text),
        fields=narrowings(question.text, answer.counts, exact=exact, languages=languages),
        applied=applied(
            question.text,
            generation.filters_in(question.text),
            generation.filters,
            exact=exact,
            languages=languages,
        ),
        catalogue=generation.catalogue,
        examples=example_questions(basics_first(generation.catalogue)),
        searchable=any(track.passages and not track.dead for track in generation.tracks),
    )
    page.headers["X-Robots-Tag"] = "noindex"
    return page


def missing() -> NoReturn:
    """Answer with the page for what is not there."""
    raise HTTPException(404)


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
