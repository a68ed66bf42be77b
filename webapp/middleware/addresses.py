"""Addresses of pages, mended of what was put around a link."""

from urllib.parse import quote

from starlette.types import ASGIApp, Receive, Scope, Send

from webapp.i18n.translations import LANGUAGES
from webapp.middleware.hosts import PROBES
from webapp.rendering.moment_links import MOST_PARAMETERS, mended_path, mended_query

# What programs ask for by its exact name, in any language.
_NAMED = ("/static/", "/media/", "/posters/", "/captions/", "/suggestions/", "/api/")
_EXACT = (*_NAMED, *(f"/{language}{place}" for language in LANGUAGES for place in _NAMED))
_LISTS = "/appointment"


class MendedAddressMiddleware:
    """Answer for the page that a link means, at the address as it came: nothing is redirected.

    Of a query so many parameters are read, from the first on; a long tail kills no link.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on with their path and query mended."""
        if scope["type"] == "http":
            parts = scope.get("query_string", b"").split(b"&", MOST_PARAMETERS)
            scope["query_string"] = b"&".join(parts[:MOST_PARAMETERS])
        if scope["type"] == "http" and not scope["path"].startswith(_EXACT):
            path, hidden = mended_path(scope["path"])
            if path not in PROBES or path == scope["path"]:
                query = scope["query_string"].decode("latin-1")
                whole = "&".join(part for part in (quote(hidden, safe="&=%+"), query) if part)
                # In place: the router tells in the scope which route it was.
                mended = mended_query(whole, listed=path.endswith(_LISTS))
                scope.update(path=path, query_string=mended.encode("latin-1"))
        await self.app(scope, receive, send)
