"""Answers for programs, as JSON."""

import msgspec
from starlette.responses import Response


def json_error(status: int, sentence: str) -> Response:
    """An error as JSON: one sentence that says what to do."""
    return json_response({"error": sentence}, status)


def json_response(value: object, status: int = 200) -> Response:
    """A JSON answer that is not cached and not listed by search engines."""
    headers = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    return Response(msgspec.json.encode(value), status, headers, "application/json")
