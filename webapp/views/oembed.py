"""oEmbed (oembed.com): how programs show a page of this site, where the operator agrees."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from webapp.i18n.translations import LANGUAGES
from webapp.pages import current_site, generation_of, origin
from webapp.presenters.sharing.citation import HEIGHT, WIDTH, frame
from webapp.rendering.addresses import page_path
from webapp.rendering.cards import WIDTHS, height_of
from webapp.rendering.json_responses import json_error, json_response
from webapp.rendering.moment_links import link_pairs, mended_query, page_at
from webapp.rendering.pagination import typed_number

_SHARED = {"quote": ("lang", "from", "words", "to"), "watch": ("t", "lang")}


def oembed(request: Request) -> Response:
    """A frame for the page at an address, no larger than asked for, and its picture."""
    asked, base = request.query_params, origin(request)
    if asked.get("format", "").strip().lower() not in ("", "json"):
        return json_error(501, "Only JSON is spoken here: format=json")
    shown = _shown(asked.get("url", ""), base)
    videos = generation_of(request).catalogue.videos
    if not current_site(request).operator.embed_at or shown is None or shown[2] not in videos:
        return json_error(404, "There is nothing at that address that may be shown in a frame.")
    prefix, page, slug, query = shown
    widest, highest = _size(asked.get("maxwidth")), _size(asked.get("maxheight"))
    width, height = min(WIDTH, widest or WIDTH), min(HEIGHT, highest or HEIGHT)
    title = videos[slug].title
    address = base + prefix + page_path("embed", slug, query)
    picture = f"{base}{prefix}/card{page_path(page, slug, query)}{'&' if query else '?'}width="
    return json_response(
        {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "provider_name": "Hope With Answers search",
            "provider_url": f"{base}/",
            "width": width,
            "height": height,
            # What may be no higher does not grow.
            "html": frame(address, title, width, height, "" if highest else base),
            **_thumbnail(picture, widest, highest),
        }
    )


def _thumbnail(address: str, widest: int | None, highest: int | None) -> dict[str, object]:
    """The largest picture that has room, none where none has."""
    for width in WIDTHS:
        height = height_of(width)
        if width <= (widest or width) and height <= (highest or height):
            return {
                "thumbnail_url": f"{address}{width}",
                "thumbnail_width": width,
                "thumbnail_height": height,
            }
    return {}


def _shown(url: str, base: str) -> tuple[str, str, str, str] | None:
    """What an address shows: language, kind of page, video, and what is asked of it."""
    found = page_at(url, base)
    if found is None:
        return None
    path, query = found
    folders = path.split("/")[1:]
    prefix = f"/{folders.pop(0)}" if folders[0] in LANGUAGES else ""
    if len(folders) != 2 or folders[0] not in _SHARED:
        return None
    asked = dict(link_pairs(mended_query(query)))
    kept = {name: asked[name] for name in _SHARED[folders[0]] if name in asked}
    return prefix, folders[0], folders[1], urlencode(kept)


def _size(text: str | None) -> int | None:
    return typed_number((text or "").strip()) or None
