"""Embeds: moments and videos in a frame on other sites, where the operator agrees."""

from starlette.requests import Request
from starlette.responses import Response

from webapp.middleware.security import policy
from webapp.pages import current_site, generation_of, render
from webapp.presenters.sharing.opened_quote import OpenedQuote, clip_of, open_quote
from webapp.rendering.addresses import watch_path
from webapp.rendering.moment_links import read_second
from webapp.views.files import FOR_A_DAY


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


async def framing(request: Request) -> Response:
    """The script with which another site's page gives a frame the height of its content."""
    script = current_site(request).assets.plain["framing.js"]
    headers = {"Cache-Control": FOR_A_DAY, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(script.body, media_type=script.media_type, headers=headers)
