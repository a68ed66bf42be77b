"""The language of the interface: which one a request wants, and its words.

Texts are looked up under their English wording in `translations/<language>/site.po`; what is not
there stays English.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TRANSLATIONS = Path(__file__).parent.parent / "translations"
ENGLISH, SPANISH = "en", "es"
LANGUAGES = (ENGLISH, SPANISH)


@dataclass(frozen=True, slots=True)
class Interface:
    """The language a page is shown in; `chosen` when its address says so (`/es/watch/...`)."""

    language: str = ENGLISH
    chosen: bool = False


_shown: ContextVar[Interface] = ContextVar("interface", default=Interface())  # noqa: B039 - frozen


def interface() -> Interface:
    """The interface of the request that is being answered."""
    return _shown.get()


def N_(text: str) -> str:  # noqa: N802 - the name that extracting tools look for
    """Mark a text that is looked up later, when the language is known."""
    return text


def gettext(text: str) -> str:
    """A text in the interface's language."""
    return _texts(interface().language).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """A text in the interface's language, for one or for many."""
    return _texts(interface().language).ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """A text that means something else in another context."""
    return str(_texts(interface().language).pgettext(context, text))


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """A text for one or for many that means something else in another context."""
    return _texts(interface().language).npgettext(context, one, many, count)


def link(path: str) -> str:
    """An address of this site that keeps the language the visitor chose."""
    shown = interface()
    return f"/{shown.language}{path}" if shown.chosen and path.startswith("/") else path


def wanted(accept_language: str) -> str:
    """The interface language for an `Accept-Language` header; else English."""
    ranked = sorted(_weighted(accept_language), key=lambda one: -one[0])
    preferred = [code for weight, code in ranked if weight > 0]
    found = negotiate_locale([code.partition("-")[0] for code in preferred], LANGUAGES)
    return found or ENGLISH


class ChoosesLanguage:
    """Read the language off the address or the header, for everything behind it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on with the language apart from their path; say which one came back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        first, slash, _ = scope["path"].removeprefix("/").partition("/")
        if chosen := first in LANGUAGES:
            shown = Interface(first, chosen=True)
            # Routes are then matched behind the language, and redirects keep it.
            path = scope["path"] if slash else f"/{first}/"
            scope = {**scope, "path": path, "root_path": f"/{first}"}
        else:
            shown = Interface(wanted(Headers(scope=scope).get("accept-language", "")))

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Content-Language"] = shown.language
                    if not chosen:
                        headers.add_vary_header("Accept-Language")
            await send(message)

        token = _shown.set(shown)
        try:
            await self.app(scope, receive, named)
        finally:
            _shown.reset(token)


@cache
def _texts(language: str) -> NullTranslations:
    source = TRANSLATIONS / language / "site.po"
    if not source.is_file():
        return NullTranslations()
    with source.open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


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
