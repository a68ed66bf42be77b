"""Each request is counted and logged once, by the template of its address."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indexer import Shelf
from webapp.telemetry.logs import REQUESTS
from webapp.telemetry.metrics import NO_ROUTE, Metrics

logger = logging.getLogger(REQUESTS)
_RECORD = "hope.noted"
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})


@dataclass(slots=True)
class RequestRecord:
    """What is known of a request when it is over; it is filled on the way."""

    route: str = NO_ROUTE
    status: int = 500


class RequestTelemetryMiddleware:
    """Outermost: counts and logs what came of each request."""

    def __init__(self, app: ASGIApp, metrics: Metrics, shelf: Shelf) -> None:
        self.app = app
        self._metrics = metrics
        self._shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on and see what comes of them."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        record = scope[_RECORD] = RequestRecord()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                record.status = message["status"]
            await send(message)

        began = time.perf_counter()
        self._metrics.begun()
        try:
            await self.app(scope, receive, sending)
        finally:
            seconds = time.perf_counter() - began
            self._metrics.ended(record.route, record.status, seconds)
            fields = {
                "method": scope["method"] if scope["method"] in _METHODS else "other",
                "route": record.route,
                "status": record.status,
                "ms": round(1_000 * seconds, 1),
                "generation": self._shelf.served,
            }
            logger.info("request", extra=fields)


class RouteNameMiddleware:
    """Innermost: remembers which route a request took, once the router has chosen it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on."""
        try:
            await self.app(scope, receive, send)
        finally:
            record = scope.get(_RECORD)
            if record and "route" in scope:
                record.route = scope["route"].path
