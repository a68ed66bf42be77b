"""Telemetry of requests: each is counted and logged once, by the template of its address."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indexer import Shelf
from webapp.telemetry.logs import REQUESTS
from webapp.telemetry.metrics import NO_ROUTE, Metrics

logger = logging.getLogger(REQUESTS)
# Of whoever broke off before there was an answer, as nginx counts them.
GONE = 499
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})


class RequestTelemetryMiddleware:
    """Counts and logs what came of each request.

    The router names the route in the scope, which those between must pass on as it is.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, shelf: Shelf) -> None:
        self.app = app
        self._metrics = metrics
        self._shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on and see what comes of them."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = GONE

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = time.perf_counter()
        self._metrics.begun()
        try:
            await self.app(scope, receive, sending)
        except BaseException:
            status = 500 if status == GONE else status
            raise
        finally:
            seconds = time.perf_counter() - began
            route = scope["route"].path if "route" in scope else NO_ROUTE
            self._metrics.ended(route, status, seconds)
            fields = {
                "method": scope["method"] if scope["method"] in _METHODS else "other",
                "route": route,
                "status": status,
                "ms": round(1_000 * seconds, 1),
                "generation": self._shelf.served,
            }
            logger.info("request", extra=fields)
