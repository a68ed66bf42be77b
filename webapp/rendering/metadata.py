"""Metadata of a page: its address in each language, and what of its query links keep."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request

from webapp.i18n.translations import ENGLISH, interface

_IN_PATHS = "/!$&'()*+,;=:@~"
_IN_QUERIES = _IN_PATHS + "?%[]"
LONGEST_QUERY = 4000
# Its query is what somebody made; a part of it would be less than they have.
_WHOLE = "/appointment"
# What goes without saying at the end of a host.
_UNSAID, _UNSAID_TLS = re.compile(r"\.?(?::80)?$"), re.compile(r"\.?(?::443)?$")
_HALF = re.compile(r"%[0-9A-Fa-f]?$")


@dataclass(frozen=True, slots=True)
class PageAddress:
    """The address of the page that is shown, in each language of the interface.

    `origin` is the scheme and host of the site; `path` begins with a slash and names no language;
    `query` is what was asked behind the `?`, if anything, and `kept` what of it the page is about:
    the moment, the quote, the list. All are percent-encoded.
    """

    origin: str
    path: str
    query: str = ""
    kept: str = ""

    def switched(self, language: str) -> str:
        """This very page in a language, as a path."""
        return f"/{language}{self.path}" + (f"?{self.query}" if self.query else "")

    def alternate(self, language: str) -> str:
        """The whole address to list for a language; English is the one without a prefix."""
        return self._in(language, self.path, self.kept)

    def whole(self, path: str) -> str:
        """The whole address of a path on this site, for paper and for other sites."""
        return self.origin + path

    def card(self, version: str, *, of_page: bool = True) -> str:
        """The whole address of the picture of this page, or of the site, in its language."""
        query = "&".join(part for part in (self.kept if of_page else "", f"v={version}") if part)
        return self._in(interface().language, f"/card{self.path}" if of_page else "/card", query)

    def is_at(self, path: str) -> bool:
        """Whether a path leads to this very page."""
        return self.path == path

    def is_in(self, language: str) -> bool:
        """Whether the page is shown in a language."""
        return interface().language == language

    @property
    def canonical(self) -> str:
        """The one address of what is shown, in its language, without what only came along."""
        return self.alternate(interface().language)

    @property
    def bare(self) -> str:
        """The address of the whole that what is shown is a part of."""
        return self._in(interface().language, self.path, "")

    def _in(self, language: str, path: str, query: str) -> str:
        prefix = "" if language == ENGLISH else f"/{language}"
        return f"{self.origin}{prefix}{path}" + (f"?{query}" if query else "")


def page_address(request: Request, address: str, kept: str = "") -> PageAddress:
    """The page that a request came to; `address` is the site's own, "" where none is set."""
    scope = request.scope
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    query = quote(scope.get("query_string", b""), safe=_IN_QUERIES)
    return PageAddress(
        origin_of(request, address),
        quote(path, safe=_IN_PATHS),
        query if path == _WHOLE else _cut(query),
        kept,
    )


def _cut(query: str) -> str:
    """As much of a query as anything here reads; a page does not grow with what was typed."""
    return _HALF.sub("", query[:LONGEST_QUERY])


def origin_of(request: Request, address: str) -> str:
    """The site's public scheme and host: `address`, or where the request came to."""
    if address:
        return address
    base = request.base_url
    unsaid = _UNSAID_TLS if base.scheme == "https" else _UNSAID
    return f"{base.scheme}://{unsaid.sub('', base.netloc.lower())}"


def in_attribute(text: str) -> Markup:
    """A rendered block as the value of an attribute: on one line, and no quote ends it."""
    line = " ".join(str(text).split())
    return Markup(line.replace('"', "&quot;"))  # noqa: S704 - rendered by a template
