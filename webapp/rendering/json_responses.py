"""Answers for programs, as JSON."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from catalog import Signpost
from indexer import urgent_signposts


def json_error(status: int, sentence: str, signposts: Sequence[Signpost] = ()) -> Response:
    """An error as JSON: one sentence that says what to do, and any signposts above it."""
    urgent = {"urgent": urgent_signposts(signposts)} if signposts else {}
    return json_response({"error": sentence, **urgent}, status)


def json_response(value: object, status: int = 200) -> Response:
    """A JSON answer that is not cached and not listed by search engines."""
    headers = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    return Response(msgspec.json.encode(value), status, headers, "application/json")
