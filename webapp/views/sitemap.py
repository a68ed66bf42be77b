"""robots.txt and the sitemap: what search engines leave alone, and which pages there are."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from catalog import Catalogue
from webapp.i18n.translations import ENGLISH, LANGUAGES
from webapp.pages import generation_of, origin
from webapp.rendering.addresses import page_path
from webapp.rendering.metadata import PageAddress
from webapp.views.files import FOR_A_DAY

# Questions are endless, and their answers are no pages of their own.
_CLOSED = ("/search", *(f"/{language}/search" for language in LANGUAGES), "/api/")
_ALWAYS = (
    "/",
    "/questions",
    "/topics",
    "/series",
    "/people",
    "/terms",
    "/about",
    "/privacy",
    "/accessibility",
    "/help",
)


async def robots(request: Request) -> Response:
    """What search engines should leave alone, and where they find the rest."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED)]
    lines.append(f"Sitemap: {origin(request)}/sitemap.xml")
    return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": FOR_A_DAY})


def sitemap(request: Request) -> Response:
    """Every page worth listing, in each language. NoIndex when there is no index."""
    catalogue = generation_of(request).catalogue
    text = as_sitemap(PageAddress(origin(request), path) for path in listed_paths(catalogue))
    return Response(text, media_type="application/xml", headers={"Cache-Control": FOR_A_DAY})


def listed_paths(catalogue: Catalogue) -> Iterator[str]:
    """The paths of the pages about a catalogue, without a language."""
    yield from _ALWAYS
    yield from (page_path("series", series.slug) for series in catalogue.series)
    yield from (page_path("watch", slug) for slug in catalogue.videos)
    yield from (page_path("topic", slug) for slug in catalogue.topics)
    speaking = {person for video in catalogue.videos.values() for person in video.speakers}
    yield from (page_path("person", slug) for slug in catalogue.people if slug in speaking)


def as_sitemap(pages: Iterator[PageAddress]) -> str:
    """A sitemap in XML in which each page names itself in every language."""
    entries = "".join(_entry(page, language) for page in pages for language in LANGUAGES)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{entries}</urlset>\n'
    )


def _entry(page: PageAddress, language: str) -> str:
    others = {code: page.alternate(code) for code in LANGUAGES}
    others["x-default"] = page.alternate(ENGLISH)
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
        for code, address in others.items()
    )
    return f"<url><loc>{escape(page.alternate(language))}</loc>{links}</url>\n"
