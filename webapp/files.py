"""What is served beside pages: static files, media of our own and their captions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from transcripts import as_webvtt
from webapp.pages import missing
from webapp.player import media_file, mentioned_media
from webapp.site import generation_of, site_of

FOR_A_YEAR = "public, max-age=31536000, immutable"


async def static(request: Request) -> Response:
    """A static file under its hashed name, to be kept for as long as anyone likes."""
    asset = site_of(request).assets.served.get(request.path_params["name"]) or missing()
    return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": FOR_A_YEAR})


def media(request: Request) -> Response:
    """A media file that the catalogue mentions; ranges are answered, so players can seek."""
    name = request.path_params["name"]
    if name not in mentioned_media(generation_of(request).catalogue):
        missing()
    path = media_file(site_of(request).library, name) or missing()
    return FileResponse(path, headers={"Cache-Control": "public, max-age=3600"})


def captions(request: Request) -> Response:
    """The transcript of a video in one language, as captions for our own player."""
    generation = generation_of(request)
    slug, language = request.path_params["slug"], request.path_params["language"]
    if slug not in generation.catalogue.videos or language not in generation.languages(slug):
        missing()
    transcript = generation.transcript(slug, language) or missing()
    return Response(as_webvtt(transcript), media_type="text/vtt")
