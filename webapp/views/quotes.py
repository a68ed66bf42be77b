"""Pages of quotes, which links to what somebody said open, and which make new links."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webapp.appointment.appointment_list import KeptMoment
from webapp.appointment.sheet import short_link
from webapp.i18n.times import whole_seconds
from webapp.i18n.translations import link
from webapp.pages import current_site, generation_of, not_found, origin, render
from webapp.presenters.sharing.citation import citation, embed_code
from webapp.presenters.sharing.link_preview import opened_preview
from webapp.presenters.sharing.opened_quote import clip_of, open_quote, quote_from
from webapp.presenters.watching.cut_links import cut_path
from webapp.rendering.addresses import kept_query, page_path, watch_path


def quote(request: Request) -> Response:
    """The part of a video that a link quotes: to play, to read, to pass on."""
    generation, site = generation_of(request), current_site(request)
    catalogue, slug = generation.catalogue, request.path_params["slug"]
    video = catalogue.videos.get(slug)
    if video is None:
        return RedirectResponse(link(cut_path(slug, catalogue) or not_found()), 302)
    opened = open_quote(generation, video, request.query_params)
    quoted, address = opened.quoted, origin(request) + opened.path
    series, people = catalogue.series_of(video), catalogue.speakers_of(video)
    kept = KeptMoment(video.slug, whole_seconds(opened.start_ms), language=opened.spoken)
    return render(
        request,
        "quote.html",
        indexable=False,
        kept=quoted.query if quoted else kept_query(**_asked(request)),
        preview=opened_preview(generation, site.library, opened),
        framed=False,
        opened=opened,
        video=video,
        series=series,
        people=people,
        clip=clip_of(generation, site.library, opened),
        address=address,
        cited=citation(quoted, people, series, address) if quoted else None,
        embed=embed_code(site.operator, origin(request), quoted) if quoted else "",
        short=short_link(kept, video.language),
        watch=watch_path(video.slug, opened.start_ms, opened.spoken),
    )


def _asked(request: Request) -> dict[str, str]:
    """What a link carried that quotes nothing now: the page of its second says why."""
    return {name: request.query_params.get(name, "") for name in ("lang", "from", "words", "to")}


def choose_quote(request: Request) -> Response:
    """Lead to the quote of what is said from a time on, in the transcript as it is now."""
    generation, slug = generation_of(request), request.path_params["slug"]
    video = generation.catalogue.videos.get(slug) or not_found()
    quoted = quote_from(generation, video, request.query_params)
    path = page_path("quote", slug, quoted.query) if quoted else watch_path(slug)
    answer = RedirectResponse(link(path), 302, {"Cache-Control": "private, no-store"})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
