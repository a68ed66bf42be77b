"""Files beside pages: static assets, media of our own, posters and captions."""

import re

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from transcripts import as_webvtt
from webapp.api.responses import revalidated
from webapp.i18n.translations import LANGUAGES
from webapp.pages import current_site, generation_of, not_found
from webapp.presenters.watching.player import (
    media_file,
    media_type,
    mentioned_media,
    poster_file,
    version_of,
)
from webapp.rendering.assets import Asset
from webapp.rendering.conditional import if_changed

FOR_A_YEAR = "public, max-age=31536000, immutable"
NOT_KEPT = "no-cache"
FOR_A_DAY = "public, max-age=86400"
_RANGES = re.compile(r"bytes\s*=(?=[\s,-]*\d)[\d\s,-]*", re.ASCII | re.I)
_RANGE = re.compile(r"(?:(\d{1,18})-(\d{0,18})|-\d{1,18})?", re.ASCII)


async def static(request: Request) -> Response:
    """A static file under its hashed name, to be kept for as long as anyone likes."""
    asset = current_site(request).assets.served.get(request.path_params["name"]) or not_found()
    return _asset_response(request, asset, FOR_A_YEAR)


async def favicon(request: Request) -> Response:
    """The site's mark, for browsers that ask for it by this name."""
    return _asset_response(request, current_site(request).assets.plain["mark.svg"], FOR_A_DAY)


def suggestions(request: Request) -> Response:
    """What search fields suggest in a language, for a year under the name that it has now.

    Under an older name, of a page from before the last index, it is what it is now.
    """
    name = request.path_params["name"]
    language = name.partition(".")[0]
    if language not in LANGUAGES:
        not_found()
    asset = current_site(request).suggestions.of(generation_of(request), language)
    return _asset_response(request, asset, FOR_A_YEAR if name == asset.name else NOT_KEPT)


def _asset_response(request: Request, asset: Asset, how_long: str) -> Response:
    """A static asset, compressed where that saves something and is accepted."""
    headers = {"Cache-Control": how_long}
    body = asset.body
    if asset.packed:
        coding, body = asset.sent.liked(request.headers.get("accept-encoding", ""))
        headers |= {"Content-Encoding": coding, "Vary": "Accept-Encoding"} if coding else {}
    return Response(body, media_type=asset.media_type, headers=headers)


def media(request: Request) -> Response:
    """A media file that the catalogue mentions; ranges are answered, so players can seek."""
    name = request.path_params["name"]
    if name not in mentioned_media(generation_of(request).catalogue):
        not_found()
    path = media_file(current_site(request).library, name) or not_found()
    if not is_valid_range(request.headers.get("range", "")):
        # Such a header is to be passed over (RFC 9110, 14.2); Starlette would refuse it.
        kept = [(key, value) for key, value in request.scope["headers"] if key != b"range"]
        request.scope["headers"] = kept
    headers = {"Cache-Control": "public, max-age=3600"}
    answer = FileResponse(path, 200, headers, media_type(name), stat_result=path.stat())
    return if_changed(request, answer)


def poster(request: Request) -> Response:
    """The still picture of a video; for a year under the address that says which one it is."""
    slug = request.path_params["slug"]
    if slug not in generation_of(request).catalogue.videos:
        not_found()
    path = poster_file(current_site(request).library, slug) or not_found()
    lasting = request.query_params.get("v") == version_of(path)
    headers = {"Cache-Control": FOR_A_YEAR if lasting else FOR_A_DAY}
    return if_changed(request, FileResponse(path, 200, headers, stat_result=path.stat()))


def is_valid_range(ranges: str) -> bool:
    """Whether a Range header names ranges of bytes that can be."""
    if not _RANGES.fullmatch(ranges):
        return False
    matches = [_RANGE.fullmatch(part.strip()) for part in ranges.partition("=")[2].split(",")]
    return all(m and (not m[1] or not m[2] or int(m[1]) <= int(m[2])) for m in matches)


def captions(request: Request) -> Response:
    """The transcript of a video in one language, as captions for our own player."""
    generation = generation_of(request)
    slug, language = request.path_params["slug"], request.path_params["language"]
    if slug not in generation.catalogue.videos or language not in generation.languages(slug):
        not_found()
    transcript = generation.transcript(slug, language) or not_found()
    answer = Response(as_webvtt(transcript), 200, {"Cache-Control": NOT_KEPT}, "text/vtt")
    return revalidated(request, answer)
