"""robots.txt and the sitemap: where search engines find every page worth listing.

Nothing is closed to them: a page that may not be read cannot say that it is not to be listed.
"""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from indexer import Generation
from webapp.api.responses import revalidated
from webapp.i18n.translations import ENGLISH, LANGUAGES
from webapp.pages import generation_of, origin
from webapp.presenters.browsing.glossary import term_path
from webapp.presenters.sharing.dates import last_updated, updated
from webapp.rendering.addresses import page_path
from webapp.rendering.metadata import PageAddress
from webapp.views.files import FOR_A_DAY

_OF_THE_LIBRARY = ("/", "/questions", "/topics", "/series", "/people", "/terms")
_OF_THE_SITE = ("/about", "/privacy", "/accessibility", "/help", "/api")
# A path without a language, and when its page changed last, where that is known.
Listed = tuple[str, datetime | None]


async def robots(request: Request) -> Response:
    """Where search engines find every page; what is not to be listed says so itself."""
    text = f"User-agent: *\nAllow: /\nSitemap: {origin(request)}/sitemap.xml\n"
    return PlainTextResponse(text, headers={"Cache-Control": FOR_A_DAY})


def sitemap(request: Request) -> Response:
    """Every page worth listing, in each language. NoIndex when there is no index."""
    listed = listed_paths(generation_of(request))
    text = as_sitemap((PageAddress(origin(request), path), when) for path, when in listed)
    answer = Response(text, 200, {"Cache-Control": FOR_A_DAY}, "application/xml")
    return revalidated(request, answer)


def listed_paths(generation: Generation) -> Iterator[Listed]:
    """The pages about a generation: words only that are said or explained here."""
    catalogue, videos = generation.catalogue, generation.videos.values()
    yield from ((path, last_updated(generation, videos)) for path in _OF_THE_LIBRARY)
    yield from ((path, None) for path in _OF_THE_SITE)
    for series in catalogue.series:
        yield page_path("series", series.slug), last_updated(generation, series.videos)
    yield from ((page_path("watch", one.slug), updated(generation, one)) for one in videos)
    for slug in catalogue.topics:
        on_it = [one for one in videos if slug in one.topics]
        yield page_path("topic", slug), last_updated(generation, on_it) if on_it else None
    for slug in catalogue.people:
        with_them = [one for one in videos if slug in one.speakers]
        if with_them:
            yield page_path("person", slug), last_updated(generation, with_them)
    for term in catalogue.terms:
        said_in = [catalogue.videos[slug] for slug in generation.said_in(term)]
        if term.definition or said_in:
            # What a word means is not dated; what is said with it is as new as the newest video.
            newest = last_updated(generation, said_in) if said_in else None
            yield term_path(term.canonical), newest


def as_sitemap(pages: Iterator[tuple[PageAddress, datetime | None]]) -> str:
    """A sitemap in XML in which each page names itself in every language."""
    entries = "".join(
        _entry(page, language, when) for page, when in pages for language in LANGUAGES
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{entries}</urlset>\n'
    )


def _entry(page: PageAddress, language: str, when: datetime | None) -> str:
    others = {code: page.alternate(code) for code in LANGUAGES}
    others["x-default"] = page.alternate(ENGLISH)
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
        for code, address in others.items()
    )
    changed = f"<lastmod>{when.isoformat(timespec='seconds')}</lastmod>" if when else ""
    return f"<url><loc>{escape(page.alternate(language))}</loc>{changed}{links}</url>\n"
