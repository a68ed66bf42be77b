"""The site: one table of routes over a library and its shelf of generations."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from catalog import Library
from indexer import NoIndex, Shelf
from webapp import api, files, pages
from webapp.problems import LastResort, http_problem, no_index
from webapp.security import SecurityHeaders
from webapp.site import open_site
from webapp.wording import ChoosesLanguage

ROUTES = [
    Route("/", pages.home),
    Route("/search", pages.search),
    Route("/watch/{slug}", pages.watch),
    Route("/series/{slug}", pages.series),
    Route("/topic/{slug}", pages.topic),
    Route("/about", pages.about),
    Route("/captions/{slug}/{language}.vtt", files.captions),
    Route("/media/{name}", files.media),
    Route("/static/{name}", files.static),
    Route("/favicon.ico", files.favicon),
    Route("/robots.txt", files.robots),
    Route("/api/search", api.search),
    Route("/healthz", api.healthz),
    Route("/readyz", api.readyz),
]


def create_app(library: Library, shelf: Shelf) -> Starlette:
    """The site over a library; it follows the shelf to newer generations by itself."""
    app = Starlette(
        routes=ROUTES,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(GZipMiddleware, compresslevel=6),
            Middleware(ChoosesLanguage),
            Middleware(LastResort),
        ],
        exception_handlers={HTTPException: http_problem, NoIndex: no_index},
        lifespan=warmed,
    )
    app.state.site = open_site(library, shelf)
    return app


@asynccontextmanager
async def warmed(app: Starlette) -> AsyncIterator[None]:
    """Open the index before the first visitor comes. Without one, the pages say so."""
    with suppress(NoIndex):
        await run_in_threadpool(app.state.site.shelf.warm)
    yield
