"""Answers of the JSON API, with what programs need to ask again only for what is new."""

from collections.abc import Sequence
from hashlib import blake2b
from http import HTTPStatus

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from catalog import Signpost
from indexer import urgent_signposts
from webapp.api.model import Problem
from webapp.rendering.conditional import if_changed

PROBLEM = "application/problem+json"
JSON = "application/json"
# What is asked may be private, and an answer holds until the next index only.
_HEADERS = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}


def answer(request: Request, value: object) -> Response:
    """A value as JSON, or 304 where the program has it already."""
    return revalidated(request, Response(msgspec.json.encode(value), 200, _HEADERS, JSON))


def revalidated(request: Request, response: Response) -> Response:
    """A whole answer with a mark of what it holds (`ETag`), or 304 where that is known already."""
    mark = f'W/"{blake2b(response.body, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = mark
    return if_changed(request, response)


def problem(status: int, sentence: str, signposts: Sequence[Signpost] = ()) -> Response:
    """What is the matter, as programs read it (RFC 9457), and any signposts above it."""
    what = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=sentence,
        urgent=urgent_signposts(signposts) or msgspec.UNSET,
    )
    return Response(msgspec.json.encode(what), status, _HEADERS, PROBLEM)
