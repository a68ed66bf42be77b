"""What is served beside pages: static files, media of our own and their captions."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from transcripts import as_webvtt
from webapp.pages import missing
from webapp.player import media_file, mentioned_media
from webapp.site import generation_of, site_of

FOR_A_YEAR = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"
# Questions are endless, and their answers are no pages of their own.
ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /api/\n"
_RANGES = re.compile(r"bytes\s*=\s*[\d\s,-]*\d[\d\s,-]*", re.ASCII | re.I)
_RANGE = re.compile(r"\s*(?:(\d{1,18})-(\d{0,18})|-\d{1,18})?\s*", re.ASCII)


async def static(request: Request) -> Response:
    """A static file under its hashed name, to be kept for as long as anyone likes."""
    asset = site_of(request).assets.served.get(request.path_params["name"]) or missing()
    return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": FOR_A_YEAR})


async def favicon(request: Request) -> Response:
    """The site's mark, for browsers that ask for it by this name."""
    mark = site_of(request).assets.plain["mark.svg"]
    return Response(mark.body, media_type=mark.media_type, headers={"Cache-Control": FOR_A_DAY})


async def robots(_request: Request) -> Response:
    """What search engines should leave alone."""
    return PlainTextResponse(ROBOTS, headers={"Cache-Control": FOR_A_DAY})


def media(request: Request) -> Response:
    """A media file that the catalogue mentions; ranges are answered, so players can seek."""
    name = request.path_params["name"]
    if name not in mentioned_media(generation_of(request).catalogue):
        missing()
    path = media_file(site_of(request).library, name) or missing()
    if not understood(request.headers.get("range", "")):
        # Such a header is to be passed over (RFC 9110, 14.2); Starlette would refuse it.
        kept = [(key, value) for key, value in request.scope["headers"] if key != b"range"]
        request.scope["headers"] = kept
    return FileResponse(path, headers={"Cache-Control": "public, max-age=3600"})


def understood(ranges: str) -> bool:
    """Whether a Range header names ranges of bytes that can be."""
    if not _RANGES.fullmatch(ranges):
        return False
    matches = [_RANGE.fullmatch(part) for part in ranges.partition("=")[2].split(",")]
    return all(m and (not m[1] or not m[2] or int(m[1]) <= int(m[2])) for m in matches)


def captions(request: Request) -> Response:
    """The transcript of a video in one language, as captions for our own player."""
    generation = generation_of(request)
    slug, language = request.path_params["slug"], request.path_params["language"]
    if slug not in generation.catalogue.videos or language not in generation.languages(slug):
        missing()
    transcript = generation.transcript(slug, language) or missing()
    return Response(as_webvtt(transcript), media_type="text/vtt")
