"""Answers for programs, as JSON."""

from __future__ import annotations

import msgspec
from starlette.responses import Response


def refused(status: int, sentence: str) -> Response:
    """An error as JSON: one sentence that says what to do."""
    return as_json({"error": sentence}, status)


def as_json(value: object, status: int = 200) -> Response:
    """A JSON answer that nobody keeps and no search engine lists."""
    headers = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    return Response(msgspec.json.encode(value), status, headers, "application/json")
