"""What a page says of itself to search engines, and to sites that show a link to it."""

from __future__ import annotations

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
_CUT = re.compile(r"%[0-9A-Fa-f]?$")


@dataclass(frozen=True, slots=True)
class Here:
    """The address of the page that is shown, in each language of the interface.

    `origin` is the scheme and host of the site; `path` begins with a slash and names no language;
    `query` is what was asked behind the `?`, if anything. All are percent-encoded.
    """

    origin: str
    path: str
    query: str = ""

    def switched(self, language: str) -> str:
        """This very page in a language, as a path."""
        return f"/{language}{self.path}" + (f"?{self.query}" if self.query else "")

    def alternate(self, language: str) -> str:
        """The whole address to list for a language; English is the one without a prefix."""
        prefix = "" if language == ENGLISH else f"/{language}"
        return f"{self.origin}{prefix}{self.path}"

    @property
    def canonical(self) -> str:
        """The one address of what is shown, in its language and without what only places it."""
        return self.alternate(interface().language)


def here(request: Request, address: str) -> Here:
    """The page that a request came to; `address` is the site's own, "" where none is set."""
    scope = request.scope
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    query = quote(scope.get("query_string", b""), safe=_IN_QUERIES)
    return Here(
        origin_of(request, address),
        quote(path, safe=_IN_PATHS),
        query if path == _WHOLE else _kept(query),
    )


def _kept(query: str) -> str:
    """As much of a query as anything here reads; a page does not grow with what was typed."""
    return _CUT.sub("", query[:LONGEST_QUERY])


def origin_of(request: Request, address: str) -> str:
    """The site's public scheme and host: `address`, or where the request came to."""
    base = request.base_url
    return address or f"{base.scheme}://{base.netloc}"


def in_attribute(text: str) -> Markup:
    """A rendered block as the value of an attribute: on one line, and no quote ends it."""
    line = " ".join(str(text).split())
    return Markup(line.replace('"', "&quot;"))  # noqa: S704 - rendered by a template
