"""What every page needs, and how a page is rendered."""

from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NoReturn, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from catalog import Library, Operator, Signpost, clock
from indexer import Generation, NoIndex, Shelf, Urgency, signposts_for
from webapp.appointment.appointment_list import MOST_MOMENTS
from webapp.config import Service
from webapp.i18n.languages import in_language, language_name
from webapp.i18n.times import day, minutes, spoken
from webapp.i18n.translations import LANGUAGES, TRANSLATIONS, Interface, interface
from webapp.i18n.wording import (
    original_title,
    part_wording,
    plain_part_wording,
    plain_wording,
    wording,
    written_wording,
)
from webapp.presenters.browsing.glossary import definition_of, term_name, term_path
from webapp.presenters.moments.moments import punctuated
from webapp.presenters.moments.speakers import is_dash, speaker_in
from webapp.presenters.results.autocomplete import SuggestionFiles
from webapp.presenters.sharing.feeds import search_feed_path, topic_feed_path
from webapp.presenters.sharing.link_preview import LinkPreview, site_preview
from webapp.rendering.addresses import (
    choose_path,
    host_of,
    keep_path,
    list_path,
    moment_key,
    oembed_path,
    page_path,
    search_path,
    watch_path,
    without_scheme,
)
from webapp.rendering.assets import Assets, load_assets, version_of
from webapp.rendering.environment import PageEnvironment, page_environment
from webapp.rendering.highlights import heard_names
from webapp.rendering.kept_markup import kept_markup
from webapp.rendering.kept_pages import KeptPages
from webapp.rendering.metadata import in_attribute, origin_of, page_address
from webapp.telemetry.metrics import Metrics

ADDRESSES = (
    page_path,
    watch_path,
    search_path,
    choose_path,
    list_path,
    keep_path,
    oembed_path,
    moment_key,
    term_path,
    term_name,
    definition_of,
    search_feed_path,
    topic_feed_path,
)
TIMES = (clock, spoken, minutes, day)
LANGUAGE_FILTERS = (language_name, in_language, speaker_in)
WORDINGS = (
    wording,
    plain_wording,
    original_title,
    part_wording,
    plain_part_wording,
    written_wording,
)
SAID = (heard_names, is_dash, punctuated)
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Site:
    """The library that is shown, its shelf of generations, and what pages are made with."""

    library: Library
    shelf: Shelf
    assets: Assets
    operator: Operator
    version: str
    suggestions: SuggestionFiles = field(default_factory=SuggestionFiles)
    kept: KeptPages = field(default_factory=KeptPages)


def open_site(library: Library, shelf: Shelf, operator: Operator | None = None) -> Site:
    """The site over a library; templates and static files are read once a process."""
    runs_it = operator or Operator()
    version = version_of(_assets(), _texts(), repr(runs_it))
    return Site(library, shelf, _assets(), runs_it, version)


_assets = cache(load_assets)


@cache
def _texts() -> bytes:
    """All that pages are written with, to tell one version of them from another."""
    files = (*TEMPLATES.glob("*.html"), *TRANSLATIONS.glob("*/*.po"))
    return b"".join(file.read_bytes() for file in sorted(files))


@cache
def templates(shown: Interface) -> PageEnvironment:
    """The templates of all pages, for one language and way to choose it."""
    settled = {"link": shown.link, "asset": _assets().address}
    environment = page_environment(TEMPLATES, shown, settled)
    environment.globals |= {"languages_of_site": LANGUAGES, "most_moments": MOST_MOMENTS}
    for function in (interface, kept_markup, *ADDRESSES):
        environment.globals[function.__name__] = function
    filters = (*TIMES, *LANGUAGE_FILTERS, *WORDINGS, *SAID, in_attribute, host_of, without_scheme)
    for shown_as in filters:
        environment.filters[shown_as.__name__] = shown_as
    return environment


def current_site(request: Request) -> Site:
    """The site that a request came to."""
    return cast(Site, request.app.state.site)


def service_of(request: Request) -> Service:
    """How the site is served that a request came to."""
    return cast(Service, request.app.state.service)


def metrics_of(request: Request) -> Metrics:
    """What the site counts that a request came to."""
    return cast(Metrics, request.app.state.metrics)


def generation_of(request: Request) -> Generation:
    """The generation that answers a request, one for all of it; NoIndex when there is none."""
    found = request.scope.get("generation") or current_site(request).shelf.current()
    request.scope["generation"] = found
    return cast(Generation, found)


def suggestions_at(request: Request) -> str:
    """Where a search field finds what to suggest, in the interface's language; "" without index."""
    with suppress(NoIndex):
        suggestions = current_site(request).suggestions
        return f"/suggestions/{suggestions.of(generation_of(request), interface().language).name}"
    return ""


def urgent_of(request: Request, typed: str, urgency: Urgency | None = None) -> tuple[Signpost, ...]:
    """The signposts that belong above what a site answers to a question."""
    return signposts_for(typed, current_site(request).operator.urgent, urgency)


def not_found() -> NoReturn:
    """Answer with the page for what is not there."""
    raise HTTPException(404)


def origin(request: Request) -> str:
    """The site's public scheme and host, as the operator set it or else as it was asked for."""
    return origin_of(request, current_site(request).operator.address)


def render(
    request: Request,
    template: str,
    status: int = 200,
    *,
    indexable: bool = True,
    kept: str = "",
    preview: LinkPreview | None = None,
    **context: object,
) -> Response:
    """Render a page. It is asked for again each time, and never kept by a shared cache.

    What is not `indexable` is not for search engines. `kept` is the query that links to the page
    keep, and `preview` what other sites show of them where that is not the site's own.
    """
    site = current_site(request)
    here = page_address(request, site.operator.address, kept)
    context |= {"operator": site.operator, "here": here, "preview": preview or site_preview()}
    context["version"] = site.version
    # A page for an error depends on as little as it can.
    context["suggestions_at"] = suggestions_at(request) if status < 400 else ""
    headers = {"Cache-Control": "private, no-cache"}
    if not indexable:
        headers["X-Robots-Tag"] = "noindex"
    written = templates(interface()).get_template(template).render(context)
    return HTMLResponse(written, status, headers)
