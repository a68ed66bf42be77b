"""Admission: the host that is asked for, the size of a request, rate limits, and room for a search.

Whoever is turned away learns why and when to come again.
"""

import random
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webapp.api.responses import problem
from webapp.config import Service
from webapp.middleware.errors import error_page, is_for_programs, question_in
from webapp.middleware.hosts import PROBES, is_allowed_host
from webapp.middleware.limits import RateLimiter, SearchSlots
from webapp.rendering.pagination import typed_number
from webapp.telemetry.metrics import Metrics

LONGEST_BODY = 64 * 1024
BUSY_SECONDS = 5
_SEARCHING = ("/search", "/api/search", "/feeds/search.atom")
# Pages on which a search is asked for beside what they show.
_LIST = "/appointment"
# Pictures that are drawn; that takes as long as a search.
_DRAWN = "/card/"
_SEARCHING_TOO = ("/watch/", _LIST)
_NOT_NAMED = (
    "This site does not answer to the name that it was asked for by. "
    "Whoever runs it says which names it has: docs/operating.md."
)


class AdmissionMiddleware:
    """Turn away what is not for this site, or too much of it; pass the rest on."""

    def __init__(self, app: ASGIApp, service: Service, metrics: Metrics) -> None:
        self.app = app
        self._service = service
        self._metrics = metrics
        self._rates = RateLimiter(service.rate)
        self._slots = SearchSlots(service.at_once, service.waiting)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or have answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = _path(scope)
        refusal = self._unfit(scope, path)
        searching = False
        if refusal is None and path not in PROBES:
            searching = is_search(scope, path)
            if not searching and (scope["method"], path) == ("POST", _LIST):
                receive, body = await _read_body(receive)
                if body is None:
                    return  # whoever asked is gone, and has taken no turn
                searching = any(
                    name == "find" for name, _ in parse_qsl(body.decode("utf-8", "replace"))
                )
            refusal = self._too_often(scope, search=searching)
        if refusal:
            await refusal(scope, receive, send)
        elif searching:
            await self._in_a_slot(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _in_a_slot(self, scope: Scope, receive: Receive, send: Send) -> None:
        slot = await self._slots.acquire()
        if slot is None:
            self._metrics.turned_away("busy")
            # Not everybody at the same second.
            again = BUSY_SECONDS + random.randrange(BUSY_SECONDS)  # noqa: S311 - no secret
            await _retry_later(scope, 503, again)(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            # It is found; whoever reads slowly keeps nobody waiting.
            slot.release()
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            slot.release()

    def _unfit(self, scope: Scope, path: str) -> Response | None:
        headers = Headers(scope=scope)
        hosts = self._service.hosts
        named = hosts is None or is_allowed_host(
            headers.get("host", ""), hosts, by_number=path in PROBES
        )
        if not named:
            self._metrics.turned_away("host")
            if is_for_programs(path):
                return problem(400, _NOT_NAMED)
            return PlainTextResponse(f"{_NOT_NAMED}\n", 400)
        if path in PROBES:
            return None
        size = typed_number(headers.get("content-length", "0"))
        if size is None or size > LONGEST_BODY:
            self._metrics.turned_away("size")
            return error_page(_without_query(scope), 413)
        return None

    def _too_often(self, scope: Scope, *, search: bool) -> Response | None:
        client = scope.get("client") or ("", 0)
        wait = self._rates.wait(client[0], search=search)
        if wait:
            self._metrics.turned_away("rate")
            return _retry_later(scope, 429, wait)
        return None


def is_search(scope: Scope, path: str) -> bool:
    """Whether answering takes a search through all that is said, or as much work."""
    if path in _SEARCHING or path.startswith(_DRAWN):
        return True
    if not path.startswith(_SEARCHING_TOO):
        return False
    query = scope.get("query_string", b"")
    return b"q=" in query or b"find=" in query


async def _read_body(receive: Receive) -> tuple[Receive, bytes | None]:
    """What is sent along, up to what is too much, and how to receive it once more.

    None where it was broken off.
    """
    messages: list[Message] = []
    size, more = 0, True
    while more and size <= LONGEST_BODY:
        message = await receive()
        if message["type"] == "http.disconnect":
            return receive, None
        messages.append(message)
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = b"".join(message.get("body", b"") for message in messages)

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return again, body


def _retry_later(scope: Scope, status: int, seconds: int) -> Response:
    typed = question_in(Request(scope))
    answer = error_page(_without_query(scope), status, busy=True, typed=typed)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _path(scope: Scope) -> str:
    """The path without the language of the interface."""
    return str(scope["path"].removeprefix(scope.get("root_path", "")))


def _without_query(scope: Scope) -> Request:
    """The request without its question, for a page that only says what is the matter."""
    return Request({**scope, "query_string": b""})
