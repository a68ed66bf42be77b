"""Embeds: moments and videos in a frame on other sites, and oEmbed, where the operator agrees."""

from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from webapp.i18n.translations import LANGUAGES
from webapp.middleware.security import policy
from webapp.pages import current_site, generation_of, origin, render
from webapp.presenters.citation import HEIGHT, WIDTH, frame
from webapp.presenters.opened_quote import OpenedQuote, clip_of, open_quote
from webapp.rendering.addresses import page_path, watch_path
from webapp.rendering.json_responses import json_error, json_response
from webapp.rendering.moment_links import read_second
from webapp.rendering.pagination import typed_number

_SHARED = {"quote": ("lang", "from", "words", "to"), "watch": ("t", "lang")}
_SMALLEST = 200


def embed(request: Request) -> Response:
    """A quote, or a video from a second on, as a page for a frame."""
    generation, site = generation_of(request), current_site(request)
    video = generation.catalogue.videos.get(request.path_params["slug"])
    opened, lost_time = None, False
    if video and "words" in request.query_params:
        opened = open_quote(generation, video, request.query_params)
    elif video:
        typed = request.query_params.get("t")
        start_ms = read_second(typed)
        lost_time = bool(typed) and start_ms is None
        language = request.query_params.get("lang", "")
        opened = OpenedQuote("video", video, language, start_ms or 0, None)
    page = render(
        request,
        "embed.html",
        200 if opened else 404,
        indexable=False,
        framed=True,
        opened=opened,
        video=video,
        series=generation.catalogue.series_of(video) if video else None,
        people=generation.catalogue.speakers_of(video) if video else (),
        lost_time=lost_time,
        clip=clip_of(generation, site.library, opened) if opened else None,
        watch=watch_path(video.slug, opened.start_ms) if video and opened else "",
    )
    page.headers["Content-Security-Policy"] = policy(site.operator.embed_at)
    return page


def oembed(request: Request) -> Response:
    """How to show a page of this site in a frame (oembed.com), for programs."""
    asked, base = request.query_params, origin(request)
    if asked.get("format", "json") != "json":
        return json_error(501, "Only JSON is spoken here: format=json")
    shown = _shown(asked.get("url", ""), base)
    videos = generation_of(request).catalogue.videos
    if not current_site(request).operator.embed_at or shown is None or shown[0] not in videos:
        return json_error(404, "There is nothing at that address that may be shown in a frame.")
    slug, query = shown
    width, height = _at_most(asked.get("maxwidth"), WIDTH), _at_most(asked.get("maxheight"), HEIGHT)
    address = base + page_path("embed", slug, query)
    return json_response(
        {
            "version": "1.0",
            "type": "rich",
            "title": videos[slug].title,
            "provider_name": "Hope With Answers search",
            "provider_url": f"{base}/",
            "width": width,
            "height": height,
            "html": frame(address, videos[slug].title, width, height),
        }
    )


def _shown(url: str, base: str) -> tuple[str, str] | None:
    """The video that an address of this site shows, and what is asked of it."""
    try:
        # Python remembers what it split, so it is not given what somebody asked.
        address, _, query = url.partition("#")[0].partition("?")
        parts, own = urlsplit(address), urlsplit(base)
    except ValueError:
        return None
    folders = [unquote(folder) for folder in parts.path.split("/")[1:]]
    page, *rest = folders[1:] if folders[0:1] and folders[0] in LANGUAGES else folders or [""]
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc) or len(rest) != 1:
        return None
    if page not in _SHARED:
        return None
    asked = dict(parse_qsl(query))
    return rest[0], urlencode({name: asked[name] for name in _SHARED[page] if name in asked})


def _at_most(text: str | None, usual: int) -> int:
    typed = typed_number(text)
    return usual if typed is None else max(_SMALLEST, min(usual, typed))
