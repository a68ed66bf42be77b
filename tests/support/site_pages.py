"""Every kind of page of the site, each with one address, over a library that shows them all.

site = site_of_every_page(tmp_path)
for page in PAGES:
    TestClient(site).get(page.path)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from small_site import indexed_library
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from catalog import load_operator
from indexer import NoIndex, Shelf
from webapp.app import create_app

FRIEND = "https://friend.example"
LIST = "m=first-days~8-20~en&m=pills~2-7~en&q=What+comes+next%3F"
QUOTE = "lang=en&from=8.5&to=20"


@dataclass(frozen=True, slots=True)
class SitePage:
    """A kind of page, one address of it, and the status it is answered with.

    `listed` pages are for search engines; `framed` ones are for other sites' frames.
    """

    kind: str
    path: str
    status: int = 200
    listed: bool = True
    framed: bool = False


def _unlisted(kind: str, path: str, status: int = 200) -> SitePage:
    return SitePage(kind, path, status, listed=False)


PAGES = (
    SitePage("home", "/"),
    _unlisted("results", "/search?q=what+does+stage+4+mean"),
    _unlisted("results at YouTube", "/search?q=lorlatinib"),
    _unlisted("results narrowed down", "/search?q=stage+speaker:tess"),
    _unlisted("filters alone", "/search?q=speaker:tess"),
    _unlisted("did you mean", "/search?q=lorlatinb"),
    _unlisted("no clear answer", "/search?q=does+the+visit+bring+purple+zebra+dancing"),
    _unlisted("nothing found", "/search?q=zzqx+qqwv"),
    _unlisted("urgent", "/search?q=stage+4+chest+pain"),
    _unlisted("long question", "/search?q=" + "x" * 300),
    _unlisted("empty search", "/search"),
    _unlisted("pasted video that is not here", "/search?q=https://youtu.be/zzzzzzzzzzz"),
    SitePage("watch our own", "/watch/first-days"),
    SitePage("watch from a second", "/watch/first-days?t=8"),
    _unlisted("watch and search", "/watch/first-days?q=stage"),
    _unlisted("watch the place that was found", "/watch/first-days?t=4&q=stage"),
    SitePage("watch in another language", "/watch/first-days?lang=es"),
    SitePage("watch at YouTube", "/watch/pills?t=30"),
    SitePage("watch on another page", "/watch/elsewhere"),
    SitePage("watch without a picture", "/watch/silent"),
    SitePage("series", "/series/basics"),
    SitePage("all series", "/series"),
    SitePage("people", "/people"),
    SitePage("topics", "/topics"),
    SitePage("topic", "/topic/stages"),
    SitePage("topic without videos", "/topic/costs"),
    SitePage("person", "/person/tess"),
    SitePage("terms", "/terms"),
    SitePage("term", "/term/lorlatinib"),
    SitePage("term nobody says", "/term/osimertinib"),
    SitePage("questions", "/questions"),
    SitePage("questions of a topic", "/questions?topic=stages"),
    _unlisted("quote", f"/quote/first-days/choose?{QUOTE}"),
    _unlisted("quote at YouTube", "/quote/pills/choose?lang=en&from=2&to=7"),
    _unlisted("quote that is damaged", "/quote/first-days?from=8"),
    SitePage("frame", "/embed/first-days?t=8", listed=False, framed=True),
    SitePage("frame of YouTube", "/embed/pills?t=2", listed=False, framed=True),
    SitePage("frame of nothing", "/embed/nothing", 404, listed=False, framed=True),
    _unlisted("appointment", "/appointment"),
    _unlisted("appointment with a list", f"/appointment?{LIST}"),
    _unlisted("appointment and what was found", f"/appointment?{LIST}&find=stage"),
    _unlisted("offline", "/offline"),
    SitePage("about", "/about"),
    SitePage("privacy", "/privacy"),
    SitePage("accessibility", "/accessibility"),
    SitePage("help", "/help"),
    SitePage("for programs", "/api"),
    _unlisted("not there", "/nothing-here", 404),
    _unlisted("bug", "/bug", 500),
    _unlisted("outage", "/outage", 503),
)
NAMES = [page.kind for page in PAGES]


def site_of_every_page(root: Path) -> Starlette:
    """The site over a small library, run by somebody who lets a friend frame it."""
    library = indexed_library(root)
    operator = replace(
        load_operator(library),
        name="The Example Foundation",
        email="help@example.org",
        phone="+1 555 0100",
        embed_at=(FRIEND,),
    )
    app = create_app(library, Shelf(library), operator)
    app.router.routes += [Route("/bug", _bug), Route("/outage", _outage)]
    return app


def _bug(_request: Request) -> NoReturn:
    raise ValueError("nobody foresaw this")


def _outage(_request: Request) -> NoReturn:
    raise NoIndex("no index here")


def in_spanish(path: str) -> str:
    """The address of a page with the interface in Spanish."""
    return f"/es{path}"
