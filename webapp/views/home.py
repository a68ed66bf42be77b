"""The first page: get, ask, render; a file of its own, as every kind of page has."""

from starlette.requests import Request
from starlette.responses import Response

from webapp.pages import generation_of, render
from webapp.presenters.browsing.lists import basics_first, beginning, example_questions
from webapp.presenters.browsing.topics import topic_tiles


def home(request: Request) -> Response:
    """One search box, where to begin, a handful of questions, and the topics."""
    catalogue = basics_first(generation_of(request).catalogue)
    return render(
        request,
        "home.html",
        catalogue=catalogue,
        examples=example_questions(catalogue),
        beginning=beginning(catalogue),
        tiles=topic_tiles(catalogue),
    )
