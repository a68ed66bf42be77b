"""Pages of quotes, which links to what somebody said open, and which make new links."""

from dataclasses import dataclass, replace
from typing import Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from catalog import Video, base_language
from indexer import Generation
from transcripts import Transcript, find_quote
from webapp.appointment.appointment_list import KeptMoment
from webapp.appointment.sheet import short_link
from webapp.i18n.times import whole_seconds
from webapp.i18n.translations import link
from webapp.pages import current_site, generation_of, not_found, origin, render
from webapp.presenters.citation import citation, embed_code
from webapp.presenters.player import Clip, clip, player_of
from webapp.presenters.quotation import (
    Quotation,
    end_of_choice,
    is_short,
    longer_and_shorter,
    quotation,
    read_query,
    slug_path,
    typed_seconds,
)
from webapp.presenters.transcript import sentence_at
from webapp.rendering.addresses import watch_path

State = Literal["same", "changed", "lost", "no-track", "damaged", "video"]


@dataclass(frozen=True, slots=True)
class OpenedQuote:
    """What a link leads to now: the quote, or why there is none, and what to play.

    `end_ms` is None where the part to play has no end.
    """

    state: State
    video: Video
    language: str
    start_ms: int
    end_ms: int | None
    quoted: Quotation | None = None
    transcript: Transcript | None = None


def quote(request: Request) -> Response:
    """The part of a video that a link quotes: to play, to read, to pass on."""
    generation, site = generation_of(request), current_site(request)
    opened = open_link(request, generation)
    video, quoted = opened.video, opened.quoted
    series = generation.catalogue.series_of(video)
    people = generation.catalogue.speakers_of(video)
    address = origin(request) + slug_path("quote", video.slug, quoted.query) if quoted else ""
    spoken = opened.language if quoted else ""
    kept = KeptMoment(video.slug, whole_seconds(opened.start_ms), language=spoken)
    return render(
        request,
        "quote.html",
        400 if opened.state == "damaged" else 200,
        indexable=False,
        framed=False,
        opened=opened,
        video=video,
        series=series,
        people=people,
        clip=clip_of(request, generation, opened),
        address=address,
        cited=citation(quoted, people, series, address) if quoted else None,
        embed=embed_code(site.operator, origin(request), quoted) if quoted else "",
        steps=steps(opened),
        short=short_link(kept, video.language),
        watch=watch_path(video.slug, opened.start_ms, spoken),
    )


def choose_quote(request: Request) -> Response:
    """Lead to the quote of what is said from a time on, in the transcript as it is now."""
    generation, slug = generation_of(request), request.path_params["slug"]
    video = generation.catalogue.videos.get(slug) or not_found()
    asked = request.query_params
    transcript = track_of(generation, slug, asked.get("lang", "")) or generation.transcript(slug)
    first = (
        sentence_at(transcript.sentences, typed_seconds(asked.get("from", "")) or 0)
        if transcript
        else None
    )
    if transcript is None or first is None:
        return _sent(f"/watch/{slug}")
    last = end_of_choice(transcript.sentences, first, typed_seconds(asked.get("to", "")))
    quoted = quotation(transcript, first, last, video, generation.catalogue)
    return _sent(slug_path("quote", slug, quoted.query))


def open_link(request: Request, generation: Generation) -> OpenedQuote:
    """Find what a link quotes, or say why not. An unknown video is a page that is not there."""
    slug, asked = request.path_params["slug"], request.query_params
    video = generation.catalogue.videos.get(slug) or not_found()
    language = asked.get("lang", "")
    link_ = read_query(asked.get("words", ""), asked.get("from", ""), asked.get("to", ""))
    if link_ is None:
        start_ms = typed_seconds(asked.get("from", "")) or 0
        return _within(OpenedQuote("damaged", video, language, start_ms, None))
    there = OpenedQuote("lost", video, language, link_.start_ms, link_.end_ms)
    transcript = track_of(generation, slug, language)
    if transcript is None:
        return _within(replace(there, state="no-track"))
    found = find_quote(link_, transcript.sentences)
    if found is None:
        return _within(there)
    if not is_short(transcript.sentences[found.first : found.last]):
        return _within(replace(there, state="damaged", end_ms=None))
    quoted = quotation(transcript, found.first, found.last, video, generation.catalogue)
    return OpenedQuote(
        "same" if found.same else "changed",
        video,
        quoted.language,
        quoted.start_ms,
        quoted.end_ms,
        quoted,
        transcript,
    )


def track_of(generation: Generation, slug: str, language: str) -> Transcript | None:
    """The transcript in a language, or else in another variant of it (`en-US` for `en`)."""
    codes = generation.languages(slug)
    same = [code for code in codes if code == language] or [
        code for code in codes if base_language(code) == base_language(language)
    ]
    return generation.transcript(slug, same[0]) if same else None


def clip_of(request: Request, generation: Generation, opened: OpenedQuote) -> Clip:
    """The part of a video that a link leads to, ready to be played."""
    video, library = opened.video, current_site(request).library
    languages = generation.languages(video.slug)
    player = player_of(video, library, opened.start_ms, languages, opened.language)
    return clip(player, opened.start_ms, opened.end_ms)


def steps(opened: OpenedQuote) -> dict[str, str]:
    """Where the same quote is with a sentence more or less."""
    if opened.quoted is None or opened.transcript is None:
        return {}
    queries = longer_and_shorter(opened.quoted, opened.transcript.sentences)
    return {name: slug_path("quote", opened.video.slug, query) for name, query in queries.items()}


def _within(opened: OpenedQuote) -> OpenedQuote:
    """A part beyond the end of the video is none: play from the beginning."""
    end_ms = opened.video.duration_ms
    beyond = end_ms is not None and opened.start_ms >= end_ms
    return replace(opened, start_ms=0, end_ms=None) if beyond else opened


def _sent(path: str) -> Response:
    answer = RedirectResponse(link(path), 302, {"Cache-Control": "private, no-store"})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
