"""The first page: get, ask, render; a file of its own, as every kind of page has."""

from starlette.requests import Request
from starlette.responses import Response

from webapp.pages import generation_of, render
from webapp.presenters.browsing import basics_first, beginning, example_questions, series_previews


def home(request: Request) -> Response:
    """One search box, where to begin, questions to begin with, topics and series."""
    catalogue = basics_first(generation_of(request).catalogue)
    first = beginning(catalogue)
    return render(
        request,
        "home.html",
        catalogue=catalogue,
        examples=example_questions(catalogue),
        beginning=first,
        previews=series_previews(catalogue, first),
    )
