"""The language of the interface that a request wants: by its address, else by its header."""

from babel.core import negotiate_locale
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalog import base_language
from webapp.i18n.translations import ENGLISH, LANGUAGES, Interface, shown_in
from webapp.middleware.hosts import PROBES


class LanguageMiddleware:
    """Read the language off the address or the header; an answer says which one it is in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on with the language apart from their path."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        first, slash, rest = scope["path"].removeprefix("/").partition("/")
        # What watches the site asks without a language, and so cannot come past a proxy with one.
        if chosen := first in LANGUAGES and f"/{rest}" not in PROBES:
            shown = Interface(first, chosen=True)
            # Routes are then matched behind the language, and redirects keep it.
            path = scope["path"] if slash else f"/{first}/"
            scope.update(path=path, root_path=f"/{first}")
        else:
            shown = Interface(negotiated_language(Headers(scope=scope).get("accept-language", "")))

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Content-Language"] = shown.language
                    if not chosen:
                        headers.add_vary_header("Accept-Language")
            await send(message)

        with shown_in(shown):
            await self.app(scope, receive, named)


def negotiated_language(accept_language: str) -> str:
    """The interface language for an `Accept-Language` header; else English."""
    ranked = sorted(_weighted(accept_language), key=lambda one: -one[0])
    preferred = [code for weight, code in ranked if weight > 0]
    found = negotiate_locale(map(base_language, preferred), LANGUAGES)
    return found or ENGLISH


def _weighted(header: str) -> list[tuple[float, str]]:
    """The languages of an `Accept-Language` header with their weights, in its order."""
    found = []
    for part in header[:1000].split(","):
        code, _, options = part.strip().partition(";")
        weight = options.strip().removeprefix("q=").strip() if options else "1"
        try:
            found.append((float(weight), code.strip().lower()))
        except ValueError:
            continue
    return found
