"""The page of one video: play it, read it, search in it, jump to any sentence of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from indexer import Generation, Within
from transcripts import Sentence, Transcript
from webapp.finding import Finding, finding, spans_by_place
from webapp.onward import watch_next
from webapp.pages import missing
from webapp.player import player_of
from webapp.posters import poster_address
from webapp.questions import asked
from webapp.related import asked_beside_video
from webapp.results import group_by_video
from webapp.site import generation_of, show, site_of
from webapp.times import typed_ms
from webapp.turns import Landing, Turn, anchors, landing, sentence_at, take_turns


@dataclass(frozen=True, slots=True)
class Reading:
    """The transcript as it is read: its turns, where a link lands in it, what was found in it."""

    turns: tuple[Turn, ...]
    landing: Landing | None
    found: Finding


def watch(request: Request) -> Response:
    """One video: play it, read it, search in it, jump to any sentence of it."""
    generation, library = generation_of(request), site_of(request).library
    catalogue, slug = generation.catalogue, request.path_params["slug"]
    video = catalogue.videos.get(slug) or missing()
    transcript = generation.transcript(slug, _language(request, generation.languages(slug)))
    said = transcript.sentences if transcript else ()
    at_ms = _no_later(typed_ms(request.query_params.get("t")), video.duration_ms or _end(said))
    question = asked(request.query_params.get("q", ""))
    reading = _reading(generation, transcript, at_ms, question.text)
    page = show(
        request,
        "watch.html",
        catalogue=catalogue,
        video=video,
        series=catalogue.series_of(video),
        speakers=[catalogue.people[person] for person in video.speakers],
        player=player_of(video, library, at_ms or 0),
        poster=poster_address(library, video),
        transcript=transcript,
        languages=generation.languages(slug),
        at_ms=at_ms,
        turns=reading.turns,
        landing=reading.landing,
        found=reading.found,
        also_asked=asked_beside_video(generation, video, at_ms),
        others=group_by_video(generation.related_moments(slug), catalogue),
        onward=watch_next(video, catalogue),
    )
    if question.text:
        page.headers["X-Robots-Tag"] = "noindex"
    return page


def _reading(
    generation: Generation, transcript: Transcript | None, at_ms: int | None, text: str
) -> Reading:
    if transcript is None:
        return Reading((), None, Finding(text))
    track, sentences = transcript.track, transcript.sentences
    place = None if at_ms is None else sentence_at(sentences, at_ms)
    within = _within(generation, transcript, text)
    heard = generation.readings(track.video, track.language)
    return Reading(
        take_turns(transcript, place, heard, spans_by_place(within)),
        None if place is None else landing(transcript, place),
        finding(text, within, anchors(sentences), place),
    )


def _within(generation: Generation, transcript: Transcript, text: str) -> Within | None:
    if not text:
        return None
    track = transcript.track
    return next(iter(generation.within(text, [(track.video, track.language)])), None)


def _language(request: Request, known: tuple[str, ...]) -> str | None:
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in known else None


def _end(sentences: Sequence[Sentence]) -> int | None:
    return sentences[-1].end_ms if sentences else None


def _no_later(at_ms: int | None, end_ms: int | None) -> int | None:
    """A time beyond the end is no time at all: play from the beginning."""
    if at_ms is None or (end_ms is not None and at_ms >= end_ms):
        return None
    return at_ms
