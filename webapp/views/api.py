"""The JSON API: hits, health and metrics."""

from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from indexer import NoIndex, search_as_json
from webapp.pages import current_site, generation_of, metrics_of, service_of, urgent_of
from webapp.presenters.questions import clean_question
from webapp.rendering.json_responses import json_error, json_response
from webapp.rendering.pagination import typed_number
from webapp.telemetry.metrics import MEDIA_TYPE, age_seconds
from webapp.views.search import search_for

USUAL, MOST = 10, 50
# Whoever passes a request on says so with one of these.
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def search(request: Request) -> Response:
    """Hits for `q`, best first, in the shape that `hope search --json` writes."""
    question = clean_question(request.query_params.get("q", ""))
    if not question.text:
        return json_error(400, "Say what to search for: /api/search?q=words")
    limit = typed_number(request.query_params.get("limit", str(USUAL)))
    if limit is None or not 1 <= limit <= MOST:
        return json_error(400, f"limit is a whole number from 1 to {MOST}.")
    exact = request.query_params.get("exact") == "1"
    generation = generation_of(request)
    answer = search_for(request, generation, question.text, limit=limit, exact=exact)
    urgent = urgent_of(request, request.query_params["q"])
    return json_response({**search_as_json(answer, urgent), "query": question.text})


def healthz(request: Request) -> Response:
    """Whether the site is up, and which generation it serves."""
    try:
        name = generation_of(request).name
    except NoIndex:
        name = None
    return json_response({"status": "ok", "generation": name})


def readyz(request: Request) -> Response:
    """Whether there is an index to answer from, how old it is, and how questions are read.

    It is not the `newest` when it stands in for one that is damaged.
    """
    try:
        generation = generation_of(request)
    except NoIndex:
        return json_error(
            503, "There is no index that this version can read; the operator runs `hope index`."
        )
    off, shelf = generation.meaning_off, current_site(request).shelf
    return json_response(
        {
            "status": "ready",
            "generation": generation.name,
            "built_at": generation.built_at,
            "age_seconds": age_seconds(generation, datetime.now(UTC)),
            "newest": not shelf.trouble,
            "meaning": not off,
            "meaning_off": off,
        }
    )


def metrics(request: Request) -> Response:
    """What is counted, for this machine and whom the operator names; for others it is not here."""
    forwarded = any(name in request.headers for name in _FORWARDED)
    client = request.client.host if request.client else ""
    if not service_of(request).may_measure(client, forwarded=forwarded):
        raise HTTPException(404)
    text = metrics_of(request).text(current_site(request).shelf, datetime.now(UTC))
    return Response(text, headers={"Cache-Control": "no-store"}, media_type=MEDIA_TYPE)
