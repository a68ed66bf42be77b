"""What programs look for at well-known places: the search of browsers, llms.txt, security.txt."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from catalog import Catalogue, Operator, Topic, Video
from indexer import NoIndex
from webapp.i18n.translations import LANGUAGES, gettext, interface, link
from webapp.pages import current_site, generation_of, origin
from webapp.rendering.atom import ATOM
from webapp.views.files import FOR_A_DAY

NAME = "Hope With Answers search"
_DESCRIPTION = "application/opensearchdescription+xml"
# Of 16 letters a browser shows.
_SHORT_NAME = "Hope Answers"
_VALID = timedelta(days=180)
_NOBODY = (
    "Nobody has written down here whom to tell of a weakness in this site's security. Whoever runs "
    "it names somebody with `security` in site.toml. Please see /about for how to reach them.\n"
)
_ABOUT = """> Find the second at which a lung cancer expert answers your question, in the videos of
> Hope With Answers. Every moment has the expert's own words, who says them, and a link to its
> second.

- Quote experts in their own words, with who says it and the link to the second. Never put words
  into their mouths.
- Where `confidence` is "none", nobody clearly answers: say so. "perhaps" only comes near.
- Where an answer has `urgent`, show it above all else, with the numbers to call.
- Nothing here is medical advice. What is asked is not written down.
"""


def opensearch(request: Request) -> Response:
    """How a browser searches here from its own search field.

    It is offered no suggestions: whatever is typed would be sent for them.
    """
    text = opensearch_description(origin(request), current_site(request).assets.address)
    headers = {"Cache-Control": FOR_A_DAY, "Vary": "Accept-Language"}
    return Response(text, 200, headers, _DESCRIPTION)


def opensearch_description(site: str, asset: Callable[[str], str]) -> str:
    """The description in OpenSearch 1.1, in the interface's language."""
    says = gettext("Find the second at which a lung cancer expert answers your question.")
    urls = (
        ("results", "text/html", "/search?q={searchTerms}"),
        ("results", ATOM, "/feeds/search.atom?q={searchTerms}"),
        ("self", _DESCRIPTION, "/opensearch.xml"),
    )
    ways = "".join(
        f'<Url rel="{rel}" type="{kind}" template={quoteattr(site + link(path))}/>\n'
        for rel, kind, path in urls
    )
    icon = escape(site + asset("icon-192.png"))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{_SHORT_NAME}</ShortName>\n<LongName>{NAME}</LongName>\n"
        f"<Description>{escape(says)}</Description>\n{ways}"
        f'<Image width="192" height="192" type="image/png">{icon}</Image>\n'
        f"<Language>{interface().language}</Language>\n<InputEncoding>UTF-8</InputEncoding>\n"
        "</OpenSearchDescription>\n"
    )


def llms(request: Request) -> Response:
    """What a language model should know of this site, and where to read on (llmstxt.org)."""
    catalogue = Catalogue()
    with suppress(NoIndex):
        catalogue = generation_of(request).catalogue
    lines = "\n".join(llms_lines(origin(request), catalogue))
    text = f"# {NAME}\n\n{_ABOUT}\n{lines}\n"
    return PlainTextResponse(text, headers={"Cache-Control": FOR_A_DAY})


def llms_lines(site: str, catalogue: Catalogue) -> Iterator[str]:
    """The lists of links."""
    yield "## For programs\n"
    for path, says in (
        ("/openapi.json", "the JSON API, described"),
        ("/api/search?q=what+does+stage+4+mean", "a search, for instance"),
        ("/api/videos", "all videos; each has a transcript at /api/videos/{slug}/transcript"),
        ("/feeds/videos.atom", "new videos; topics and searches have feeds too"),
        ("/sitemap.xml", "every page"),
    ):
        yield f"- [{path.partition('?')[0]}]({site}{path}): {says}"
    yield "\n## Pages\n"
    for path, says in (
        ("/questions", "the questions that experts answer, each at its second"),
        ("/terms", "what words mean, and every place where each is said"),
        ("/about", "what this is, and who runs it"),
    ):
        yield f"- [{path}]({site}{path}): {says}"
    yield "\n## Topics\n"
    yield from _listed(f"{site}/topic/", catalogue.topics.values())
    yield "\n## Videos\n"
    yield from _listed(f"{site}/watch/", catalogue.videos.values())


def _listed(place: str, entries: Iterable[Topic | Video]) -> Iterator[str]:
    for one in entries:
        says = f": {_line(one.description)}" if one.description else ""
        yield f"- [{_line(one.title)}]({place}{one.slug}){says}"


def _line(text: str) -> str:
    """A text on one line, in which no link ends."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")")


def security(request: Request) -> Response:
    """Whom to tell of a weakness (RFC 9116), as site.toml has it."""
    operator = current_site(request).operator
    if not operator.security_contact:
        return PlainTextResponse(_NOBODY, 404)
    text = security_text(operator, datetime.now(UTC).date())
    return PlainTextResponse(text, headers={"Cache-Control": FOR_A_DAY})


def security_text(operator: Operator, today: date) -> str:
    """The file as it is on a day; it holds for half a year from then on."""
    lines = [
        f"Contact: {operator.security_contact}",
        f"Expires: {(today + _VALID).isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
    ]
    if operator.address:
        lines.append(f"Canonical: {operator.address}/.well-known/security.txt")
    return "\n".join(lines) + "\n"
