"""The pages: get, ask, render."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from catalog import Catalogue, Question
from indexer import Generation
from transcripts import Sentence, Transcript
from webapp.narrowing import applied, narrowings
from webapp.player import player_of
from webapp.questions import LONGEST, asked
from webapp.related import asked_beside_hits, asked_beside_video
from webapp.results import group_by_video
from webapp.site import generation_of, show, site_of
from webapp.times import typed_ms
from webapp.turns import Turn, landing, sentence_at, take_turns

MOMENTS = 20
VIDEOS = 50
EXAMPLES = 6
READABLE_QUESTION = 90


def home(request: Request) -> Response:
    """One search box, questions to begin with, series and topics."""
    catalogue = basics_first(generation_of(request).catalogue)
    return show(request, "home.html", catalogue=catalogue, examples=example_questions(catalogue))


def search(request: Request) -> Response:
    """What the experts say to a question, grouped by video, best first."""
    generation = generation_of(request)
    question = asked(request.query_params.get("q", ""))
    exact = request.query_params.get("exact") == "1"
    answer = generation.search(question.text, limit=MOMENTS, exact=exact, counts=True)
    groups = group_by_video(answer.hits, generation.catalogue)
    page = show(
        request,
        "search.html",
        question=question,
        longest=LONGEST,
        answer=answer,
        exact=exact,
        groups=groups,
        most_videos=VIDEOS,
        also_asked=asked_beside_hits(generation, answer.hits, question.text),
        fields=narrowings(question.text, answer.counts, exact=exact),
        applied=applied(
            question.text,
            generation.filters_in(question.text),
            generation.filters,
            exact=exact,
        ),
        catalogue=generation.catalogue,
        examples=example_questions(basics_first(generation.catalogue)),
        searchable=any(track.passages and not track.dead for track in generation.tracks),
    )
    page.headers["X-Robots-Tag"] = "noindex"
    return page


def watch(request: Request) -> Response:
    """One video: play it, read it, jump to any sentence of it."""
    generation = generation_of(request)
    catalogue, slug = generation.catalogue, request.path_params["slug"]
    video = catalogue.videos.get(slug) or missing()
    transcript = generation.transcript(slug, _language(request, generation.languages(slug)))
    said = transcript.sentences if transcript else ()
    at_ms = _within(typed_ms(request.query_params.get("t")), video.duration_ms or _end(said))
    place = None if at_ms is None else sentence_at(said, at_ms)
    return show(
        request,
        "watch.html",
        catalogue=catalogue,
        video=video,
        series=catalogue.series_of(video),
        speakers=[catalogue.people[person] for person in video.speakers],
        player=player_of(video, site_of(request).library, at_ms or 0),
        transcript=transcript,
        languages=generation.languages(slug),
        turns=_turns(generation, transcript, place) if transcript else (),
        at_ms=at_ms,
        landing=landing(transcript, place) if transcript and place is not None else None,
        also_asked=asked_beside_video(generation, video, at_ms),
        others=group_by_video(generation.related_moments(slug), catalogue),
    )


def _turns(generation: Generation, transcript: Transcript, place: int | None) -> tuple[Turn, ...]:
    track = transcript.track
    return take_turns(transcript, place, generation.readings(track.video, track.language))


def series(request: Request) -> Response:
    """The videos of one series."""
    catalogue = generation_of(request).catalogue
    slug = request.path_params["slug"]
    found = next((series for series in catalogue.series if series.slug == slug), None)
    return show(request, "series.html", catalogue=catalogue, series=found or missing())


def topic(request: Request) -> Response:
    """The moments of one topic, the videos on it and the questions that they answer."""
    generation = generation_of(request)
    catalogue = generation.catalogue
    found = catalogue.topics.get(request.path_params["slug"]) or missing()
    return show(
        request,
        "topic.html",
        catalogue=catalogue,
        topic=found,
        groups=group_by_video(generation.topic_moments(found.slug), catalogue),
        videos=[video for video in catalogue.videos.values() if found.slug in video.topics],
    )


def about(request: Request) -> Response:
    """What this is, and what it is not."""
    return show(request, "about.html")


def missing() -> NoReturn:
    """Answer with the page for what is not there."""
    raise HTTPException(404)


def basics_first(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its in-depth series last: people begin at the beginning."""
    ordered = sorted(catalogue.series, key=lambda series: series.kind == "in-depth")
    return replace(catalogue, series=tuple(ordered))


def example_questions(catalogue: Catalogue) -> tuple[Question, ...]:
    """Questions that the videos answer: the first readable one of each video, a handful."""
    firsts = (
        next((q for q in video.questions if len(q.text) <= READABLE_QUESTION), None)
        for video in catalogue.videos.values()
    )
    return tuple(question for question in firsts if question)[:EXAMPLES]


def _language(request: Request, known: tuple[str, ...]) -> str | None:
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in known else None


def _end(sentences: Sequence[Sentence]) -> int | None:
    return sentences[-1].end_ms if sentences else None


def _within(at_ms: int | None, end_ms: int | None) -> int | None:
    """A time beyond the end is no time at all: play from the beginning."""
    if at_ms is None or (end_ms is not None and at_ms >= end_ms):
        return None
    return at_ms
