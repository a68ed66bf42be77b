"""The page of one video: get, ask, render."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from catalog import Video
from transcripts import Transcript
from webapp.i18n.translations import link
from webapp.pages import current_site, generation_of, not_found, render
from webapp.presenters.moments.moments import punctuated
from webapp.presenters.moments.related import asked_beside_video, others_explain, watch_next
from webapp.presenters.results.questions import clean_question
from webapp.presenters.sharing.link_preview import moment_preview, video_preview
from webapp.presenters.sharing.opened_quote import track_of
from webapp.presenters.sharing.said_answers import said_answers
from webapp.presenters.watching.cut_links import cut_path
from webapp.presenters.watching.find_in_video import hops
from webapp.presenters.watching.player import Player, player_of
from webapp.presenters.watching.watch_page import (
    ShownTranscript,
    caption_choices,
    shown_transcript,
    time_in,
    watch_links,
)
from webapp.rendering.addresses import watch_query
from webapp.rendering.metadata import page_address
from webapp.rendering.moment_links import read_second
from webapp.rendering.structured_data import Data, faq_page, video_object


def watch(request: Request) -> Response:
    """One video: play it, read it, search in it, jump to any sentence of it."""
    generation, asked = generation_of(request), request.query_params
    catalogue, slug = generation.catalogue, request.path_params["slug"]
    video = catalogue.videos.get(slug)
    if video is None:
        return RedirectResponse(link(cut_path(slug, catalogue) or not_found()), 302)
    languages, wanted = generation.languages(slug), asked.get("lang", "")
    spoken = track_of(generation, slug, wanted)
    transcript = spoken or generation.transcript(slug)
    at_ms = time_in(video, transcript, read_second(asked.get("t")))
    question = clean_question(asked.get("q", ""))
    shown = shown_transcript(
        generation,
        video,
        transcript,
        at_ms,
        asked.get("part"),
        question.text,
        asked.get("line", ""),
    )
    library = current_site(request).library
    series, links = catalogue.series_of(video), watch_links(languages, shown, question.text)
    others, more_others = others_explain(generation, video, series)
    player = player_of(video, library, at_ms or 0, languages, shown.language)
    return render(
        request,
        "watch.html",
        structured=_structured(request, video, transcript, shown, player),
        indexable=not question.text,
        kept=watch_query(at_ms, spoken.track.language if spoken else ""),
        preview=moment_preview(generation, library, video, transcript, at_ms),
        catalogue=catalogue,
        video=video,
        series=series,
        speakers=catalogue.speakers_of(video),
        player=player,
        transcript=transcript,
        languages=caption_choices(languages, shown),
        at_ms=at_ms,
        lost_time=bool(asked.get("t")) and at_ms is None,
        has_contents=bool(video.questions or video.chapters),
        has_about=bool(video.speakers or video.description),
        shown=shown,
        links=links,
        hops=hops(shown.found, links),
        also_asked=asked_beside_video(generation, video, at_ms),
        others=others,
        more_others=more_others,
        others_punctuated=punctuated((*others, *more_others)) and not shown.punctuated,
        onward=watch_next(video, catalogue),
    )


def files_of(request: Request) -> Player | None:
    """What of the page of a video lies in files beside the index: its picture, its film."""
    video = generation_of(request).catalogue.videos.get(request.path_params["slug"])
    return player_of(video, current_site(request).library, 0) if video else None


def _structured(
    request: Request,
    video: Video,
    transcript: Transcript | None,
    shown: ShownTranscript,
    player: Player,
) -> tuple[Data, ...]:
    """What search engines are told of a video, and of the questions that it answers here."""
    generation, site = generation_of(request), current_site(request)
    here = page_address(request, site.operator.address)
    preview = video_preview(generation, site.library, video)
    picture = here.whole(player.poster) if player.poster else here.card(preview.card.version)
    uploaded = generation.uploaded_at(video.slug)
    readable = generation.readable(video.slug, shown.language) if transcript else ()
    asked_at = generation.asked_at(video.slug, shown.language)
    answers = said_answers(video, transcript, shown.part.places, readable, asked_at)
    own = player.kind == "own"
    found = (
        video_object(video, here, picture, uploaded=uploaded, own=own),
        faq_page(answers, here),
    )
    return tuple(one for one in found if one)
