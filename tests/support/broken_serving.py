"""`hope serve` with a bug built in: a search for `boom` fails with the question in its message."""

from __future__ import annotations

import sys
from pathlib import Path

import webapp.views.search
from catalog import Library
from indexer import Answer
from webapp.config import RateLimits, Service
from webapp.server.serve import serve_site
from webapp.views.search import search_for


def broken(*request: object, **options: object) -> Answer:
    if "boom" in str(request[-1]):
        raise ValueError(f"cannot search for {request[-1]}")
    return search_for(*request, **options)  # type: ignore[arg-type]


if __name__ == "__main__":
    vars(webapp.views.search)["search_for"] = broken
    service = Service(rate=RateLimits(searches=10, others=0), log="json")
    serve_site(Library(Path(sys.argv[1])), "127.0.0.1", 0, service)
