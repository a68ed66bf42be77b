"""The site: one table of routes over a library and its shelf of generations."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from catalog import Library, Operator, load_operator
from indexer import NoIndex, Shelf
from webapp.config import Service
from webapp.i18n.translations import ENGLISH
from webapp.middleware.addresses import MendedAddressMiddleware
from webapp.middleware.admission import AdmissionMiddleware
from webapp.middleware.compression import CompressionMiddleware
from webapp.middleware.errors import ErrorMiddleware, http_error, index_missing
from webapp.middleware.language import LanguageMiddleware
from webapp.middleware.request_target import RequestTargetMiddleware
from webapp.middleware.security import SecurityHeadersMiddleware
from webapp.middleware.sharing import SharingMiddleware
from webapp.pages import Site, open_site
from webapp.telemetry.metrics import Metrics
from webapp.telemetry.requests import RequestTelemetryMiddleware
from webapp.views import (
    api,
    appointment,
    browse,
    cards,
    discovery,
    embed,
    feeds,
    files,
    home,
    information,
    installing,
    oembed,
    quotes,
    search,
    sitemap,
    watch,
)
from webapp.views.kept import kept
from webapp.views.threads import at_once_where_quick
from webapp.warming import Warmer

ROUTES = [
    Route("/", kept(home.home)),
    Route("/search", at_once_where_quick(search.search)),
    Route("/watch/{slug}", kept(watch.watch, watch.files_of)),
    Route("/series", kept(browse.all_series)),
    Route("/series/{slug}", kept(browse.series)),
    Route("/topics", kept(browse.topics)),
    Route("/topic/{slug}", kept(browse.topic)),
    Route("/people", kept(browse.people)),
    Route("/person/{slug}", kept(browse.person)),
    Route("/terms", kept(browse.terms)),
    Route("/term/{slug}", kept(browse.term)),
    Route("/questions", kept(browse.questions)),
    Route("/about", kept(information.about)),
    Route("/privacy", kept(information.privacy)),
    Route("/accessibility", kept(information.accessibility)),
    Route("/help", kept(information.help_page)),
    Route("/appointment", appointment.appointment, methods=["GET", "POST"]),
    Route("/m/{slug}", appointment.moment),
    Route("/m/{slug}/{second}", appointment.moment),
    Route("/m/{slug}/{second}/{language}", appointment.moment),
    Route("/quote/{slug}", quotes.quote),
    Route("/quote/{slug}/choose", quotes.choose_quote),
    Route("/embed/{slug}", embed.embed),
    Route("/embed.js", embed.framing),
    Route("/oembed", oembed.oembed),
    Route("/captions/{slug}/{language}.vtt", files.captions),
    Route("/media/{name}", files.media),
    Route("/posters/{slug}", files.poster),
    Route("/card", cards.site_card),
    Route("/card/{kind}/{slug}", cards.card),
    Route("/static/{name}", files.static),
    Route("/suggestions/{name}", files.suggestions),
    Route("/manifest.webmanifest", installing.manifest),
    Route("/worker.js", installing.worker),
    Route("/offline", installing.offline),
    Route("/favicon.ico", files.favicon),
    Route("/feeds/videos.atom", feeds.new_videos),
    Route("/feeds/topic/{slug}.atom", feeds.topic),
    Route("/feeds/search.atom", feeds.search),
    Route("/opensearch.xml", discovery.opensearch),
    Route("/llms.txt", discovery.llms),
    Route("/.well-known/security.txt", discovery.security),
    Route("/robots.txt", sitemap.robots),
    Route("/sitemap.xml", sitemap.sitemap),
    Route("/openapi.json", api.openapi),
    Route("/api", api.for_programs),
    Route("/api/search", at_once_where_quick(api.search)),
    Route("/api/suggest", api.suggest),
    Route("/api/videos", api.videos),
    Route("/api/videos/{slug}", api.video),
    Route("/api/videos/{slug}/transcript", api.transcript),
    Route("/api/topics", api.topics),
    Route("/api/topics/{slug}", api.topic),
    Route("/api/terms", api.terms),
    Route("/api/questions", api.questions),
    Route("/healthz", api.healthz),
    Route("/readyz", api.readyz),
    Route("/metrics", api.metrics),
]


def create_app(
    library: Library,
    shelf: Shelf,
    operator: Operator | None = None,
    service: Service | None = None,
) -> Starlette:
    """The site over a library; it follows the shelf to newer generations by itself.

    Without an operator the library's site.toml says who runs it; without a service it answers
    anybody, as often as they like. Raises CatalogError.
    """
    service = service or Service()
    metrics = Metrics(service.folder)
    app = Starlette(
        routes=ROUTES,
        middleware=[
            Middleware(SecurityHeadersMiddleware),
            Middleware(RequestTelemetryMiddleware, metrics, shelf),
            Middleware(CompressionMiddleware),
            Middleware(RequestTargetMiddleware),
            Middleware(MendedAddressMiddleware),
            Middleware(LanguageMiddleware),
            Middleware(SharingMiddleware),
            Middleware(ErrorMiddleware),
            Middleware(AdmissionMiddleware, service, metrics),
        ],
        exception_handlers={HTTPException: http_error, NoIndex: index_missing},
        lifespan=warmed,
    )
    app.state.site = open_site(library, shelf, operator or load_operator(library))
    app.state.service = service
    app.state.metrics = metrics
    return app


def make_ready(site: Site) -> None:
    """Make what no visitor should wait for. Raises NoIndex."""
    site.shelf.warm()
    site.suggestions.of(site.shelf.current(), ENGLISH)


@asynccontextmanager
async def warmed(app: Starlette) -> AsyncIterator[None]:
    """Open the index before the first visitor comes. Without one, the pages say so."""
    with suppress(NoIndex):
        await run_in_threadpool(make_ready, app.state.site)
    warmer = Warmer(app.state.site.shelf, app.state.metrics.is_busy)
    warmer.start()
    try:
        yield
    finally:
        warmer.stop()
