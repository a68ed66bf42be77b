"""A visitor's search: within the time that one may take, and counted."""

from __future__ import annotations

from typing import cast

from starlette.requests import Request

from indexer import Answer, Budget, Generation
from webapp.config import Service
from webapp.telemetry.metrics import Metrics


def search_for(
    request: Request, generation: Generation, text: str, *, limit: int, exact: bool
) -> Answer:
    """Search a generation for what a request asks, with what each filter would leave."""
    budget = Budget(service_of(request).search_seconds)
    answer = generation.search(text, limit=limit, exact=exact, counts=True, budget=budget)
    if text:
        metrics_of(request).searched(answer)
    return answer


def service_of(request: Request) -> Service:
    """How the site is served that a request came to."""
    return cast(Service, request.app.state.service)


def metrics_of(request: Request) -> Metrics:
    """What the site counts that a request came to."""
    return cast(Metrics, request.app.state.metrics)
