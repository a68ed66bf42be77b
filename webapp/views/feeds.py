"""Feeds: what is new, for newsletters and whoever follows a topic or a question."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from indexer import Answer, Hit, urgency_of
from webapp.api.responses import revalidated
from webapp.i18n.translations import gettext
from webapp.pages import current_site, generation_of, not_found, origin, urgent_of
from webapp.presenters.results.questions import clean_question
from webapp.presenters.sharing.feeds import Publisher, new_videos_feed, search_feed, topic_feed
from webapp.rendering.atom import ATOM, Feed, as_atom
from webapp.views.search import search_for

MOMENTS = 50
_HOURLY, _NOT_KEPT = "public, max-age=3600", "private, no-cache"


def new_videos(request: Request) -> Response:
    """The newest videos."""
    return _answer(request, new_videos_feed(_publisher(request), generation_of(request)), _HOURLY)


def topic(request: Request) -> Response:
    """What is new on a topic."""
    generation = generation_of(request)
    found = generation.catalogue.topics.get(request.path_params["slug"]) or not_found()
    return _answer(request, topic_feed(_publisher(request), generation, found), _HOURLY)


def search(request: Request) -> Response:
    """New answers to a question; none where nobody answers, or something else comes first."""
    question = clean_question(request.query_params.get("q", "")).text
    if not question:
        raise HTTPException(400, gettext("Say what to follow: /feeds/search.atom?q=words"))
    generation, urgency = generation_of(request), urgency_of(request.query_params["q"])
    urgent = urgent_of(request, request.query_params["q"], urgency)
    hits: tuple[Hit, ...] = ()
    if not any(one.instead for one in urgent):
        answer = search_for(
            request, generation, question, limit=MOMENTS, exact=False, urgency=urgency
        )
        hits = said_of_it(answer)
    feed = search_feed(_publisher(request), generation, question, hits, urgent)
    return _answer(request, feed, _NOT_KEPT)


def said_of_it(answer: Answer) -> tuple[Hit, ...]:
    """The moments that hold words of the question, and the first; none where nobody answers."""
    if answer.confidence == "none":
        return ()
    return (*answer.hits[:1], *(hit for hit in answer.hits[1:] if hit.spans))


def _publisher(request: Request) -> Publisher:
    operator = current_site(request).operator
    author = operator.name or "Hope With Answers search"
    return Publisher(author, origin(request), operator.address)


def _answer(request: Request, feed: Feed, how_long: str) -> Response:
    headers = {"Cache-Control": how_long, "X-Robots-Tag": "noindex", "Vary": "Accept-Language"}
    return revalidated(request, Response(as_atom(feed), 200, headers, ATOM))
