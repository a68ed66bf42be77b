"""The site as an app on a phone: its manifest, its worker, and its page without internet."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from webapp.i18n.translations import LANGUAGES, gettext, interface, link
from webapp.pages import current_site, render
from webapp.presenters.results.urgent import emergencies, numbers_to_call
from webapp.rendering.assets import Assets
from webapp.views.files import FOR_A_DAY, FOR_A_YEAR, NOT_KEPT

ICONS = (192, 512)
# As in site.css: --paper and --deep.
_PAPER, _DEEP = "#fdf9f2", "#0d5b55"
_OFFLINE_PARTS = ("site.css", "mark.svg", "offline.js")


def manifest(request: Request) -> Response:
    """What a phone has to know to put the site among its apps, in the interface's language."""
    assets = current_site(request).assets
    told = {
        "id": "/",
        "name": "Hope With Answers search",
        "short_name": "Hope Answers",
        "description": gettext("Answers from lung cancer experts"),
        "lang": interface().language,
        "start_url": link("/"),
        "scope": "/",
        "display": "standalone",
        "display_override": ["minimal-ui"],  # where there is one, people find their way back
        "background_color": _PAPER,
        "theme_color": _DEEP,
        "icons": [*_icons(assets)],
        "shortcuts": [{"name": gettext("For my appointment"), "url": link("/appointment")}],
    }
    headers = {"Cache-Control": FOR_A_DAY, "Vary": "Accept-Language"}
    return Response(msgspec.json.encode(told), 200, headers, "application/manifest+json")


def _icons(assets: Assets) -> list[dict[str, str]]:
    """The mark, drawn so that it may be cut to any shape, and as it is."""
    drawn = [
        {
            "src": assets.address(f"icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in ICONS
        for purpose in ("any", "maskable")
    ]
    return [*drawn, {"src": assets.address("mark.svg"), "sizes": "any", "type": "image/svg+xml"}]


def worker(request: Request) -> Response:
    """The script that browsers run behind the pages, for a year under its version."""
    site = current_site(request)
    known = {
        "version": site.version,
        "pages": {language: f"/{language}/offline" for language in LANGUAGES},
        "files": [site.assets.address(name) for name in _OFFLINE_PARTS],
    }
    body = b"const SITE = " + msgspec.json.encode(known) + b";\n"
    current = request.query_params.get("v") == site.version
    headers = {"Cache-Control": FOR_A_YEAR if current else NOT_KEPT}
    script = site.assets.plain["worker.js"].body
    return Response(body + script, 200, headers, "text/javascript")


def offline(request: Request) -> Response:
    """The page that browsers keep and show where there is no internet."""
    operator = current_site(request).operator
    lines = (*operator.lines, *numbers_to_call(operator.urgent))
    return render(
        request,
        "offline.html",
        indexable=False,
        lines=lines,
        urgent_words=emergencies(operator.urgent),
    )
