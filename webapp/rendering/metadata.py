"""Metadata of a page: its address in each language, and schema.org's VideoObject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request

from catalog import Video, embed_address
from webapp.i18n.times import whole_seconds
from webapp.i18n.translations import ENGLISH, interface

_IN_PATHS = "/!$&'()*+,;=:@~"
_IN_QUERIES = _IN_PATHS + "?%[]"
LONGEST_QUERY = 4000
# Its query is what somebody made; a part of it would be less than they have.
_WHOLE = "/appointment"
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

    def card(self, version: str, *, of_page: bool) -> str:
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
    base = request.base_url
    return address or f"{base.scheme}://{base.netloc}"


def in_attribute(text: str) -> Markup:
    """A rendered block as the value of an attribute: on one line, and no quote ends it."""
    line = " ".join(str(text).split())
    return Markup(line.replace('"', "&quot;"))  # noqa: S704 - rendered by a template


def video_object(video: Video, page: PageAddress, poster: str = "") -> dict[str, object]:
    """What is known of a video, ready for JSON; what is not known is left out.

    `poster` is the path of its still picture, if there is one. Captions are no part of it: the
    page holds them.
    """
    known: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": video.title,
        "description": video.description or video.title,
        "url": page.bare,
        "inLanguage": video.language,
        "dateCreated": video.recorded,
        "duration": f"PT{whole_seconds(video.duration_ms)}S" if video.duration_ms else "",
        "thumbnailUrl": f"{page.origin}{poster}" if poster else "",
        "contentUrl": f"{page.origin}/media/{video.media}" if video.own_media else "",
        "embedUrl": embed_address(video.youtube) if video.youtube else "",
        "hasPart": list(_clips(video, page.bare)),
    }
    return {name: value for name, value in known.items() if value}


def _clips(video: Video, address: str) -> Iterator[dict[str, object]]:
    for name, start_ms, end_ms in _answers(video) or _chapters(video):
        yield {
            "@type": "Clip",
            "name": name,
            "startOffset": whole_seconds(start_ms),
            "endOffset": whole_seconds(end_ms),
            "url": f"{address}?t={whole_seconds(start_ms)}",
        }


def _answers(video: Video) -> list[tuple[str, int, int]]:
    """The questions whose answer has a beginning and an end."""
    return [
        (question.text, question.start_ms, question.end_ms)
        for question in video.questions
        if question.start_ms is not None and question.end_ms is not None
    ]


def _chapters(video: Video) -> list[tuple[str, int, int]]:
    """The chapters, where it is known when the last one ends."""
    if video.duration_ms is None:
        return []
    starts = [chapter.start_ms for chapter in video.chapters]
    ends = [*starts[1:], video.duration_ms]
    titles = [chapter.title for chapter in video.chapters]
    return list(zip(titles, starts, ends, strict=False))
