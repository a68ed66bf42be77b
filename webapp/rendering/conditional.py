"""Conditional requests (RFC 9110, 13): whether whoever asks has the answer already."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

# What a 304 says of the answer that it stands for.
_SAID_AGAIN = ("cache-control", "content-location", "etag", "last-modified", "vary", "x-robots-tag")


def if_changed(request: Request, response: Response) -> Response:
    """An answer with a mark or a date of its own; 304 in its place where it is known already."""
    if not is_known(request.headers, response.headers):
        return response
    kept = {name: value for name, value in response.headers.items() if name in _SAID_AGAIN}
    return Response(status_code=304, headers=kept)


def is_known(asked: Mapping[str, str], answer: Mapping[str, str]) -> bool:
    """Whether the headers of a request name what an answer holds.

    Its mark counts alone where one is named; weak or strong makes no difference.
    """
    named = asked.get("if-none-match")
    if named is not None:
        marks = [mark.strip().removeprefix("W/") for mark in named.split(",")]
        own = answer.get("etag", "").removeprefix("W/")
        return bool(own) and ("*" in marks or own in marks)
    since = _time(asked.get("if-modified-since", ""))
    changed = _time(answer.get("last-modified", ""))
    return since is not None and changed is not None and changed <= since


def _time(text: str) -> datetime | None:
    with suppress(ValueError, TypeError, OverflowError):
        read = parsedate_to_datetime(text)
        return read if read.tzinfo else read.replace(tzinfo=UTC)
    return None
