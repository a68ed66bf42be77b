"""The JSON API, its description, health and metrics."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from catalog import Video
from indexer import EngineAway, NoIndex, search_answer, urgency_of
from webapp.api.documentation import documentation
from webapp.api.entries import (
    language_among,
    question_entries,
    spoken_sentences,
    term_entry,
    topic_answer,
    topic_entry,
    video_answer,
    video_entry,
)
from webapp.api.model import (
    QuestionList,
    SearchPage,
    TermList,
    TopicList,
    TranscriptAnswer,
    VideoList,
)
from webapp.api.openapi import openapi_document
from webapp.api.paging import LISTED, SEARCHED, SENTENCES
from webapp.api.responses import JSON, answer, revalidated
from webapp.i18n.translations import LANGUAGES
from webapp.pages import current_site, generation_of, metrics_of, render, service_of, urgent_of
from webapp.presenters.results.questions import clean_question
from webapp.rendering.json_responses import json_error, json_response
from webapp.telemetry.metrics import MEDIA_TYPE, age_seconds
from webapp.views.files import FOR_A_DAY
from webapp.views.search import search_for

Entry = TypeVar("Entry")
logger = logging.getLogger("webapp")
_NO_INDEX = "There is no index that this version can read; the operator runs `hope index`."
_AWAY = "The engine that holds the passages does not answer as it should; the log says why."
# Whoever passes a request on says so with one of these.
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def openapi(request: Request) -> Response:
    """What programs can ask for, and what they are answered with."""
    headers = {"Cache-Control": FOR_A_DAY, "X-Robots-Tag": "noindex"}
    body = msgspec.json.encode(openapi_document())
    return revalidated(request, Response(body, headers=headers, media_type=JSON))


def for_programs(request: Request) -> Response:
    """The same for people to read."""
    return render(request, "for_programs.html", documentation=documentation())


def search(request: Request) -> Response:
    """Hits for `q`, best first, in the shape that `hope search --json` writes."""
    asked = request.query_params
    question = clean_question(asked.get("q", ""))
    if not question.text:
        raise HTTPException(400, "Say what to search for: /api/search?q=words")
    part = SEARCHED.part(asked)
    exact = _chosen(request, "exact", ("0", "1")) == "1"
    generation = generation_of(request)
    urgency = urgency_of(asked["q"])
    found = search_for(
        request, generation, question.text, limit=part.end, exact=exact, urgency=urgency
    )
    answered = search_answer(found, urgent_of(request, asked["q"], urgency))
    # There may be more where as much was found as was asked for.
    more = len(answered.hits) >= part.end and part.end <= SEARCHED.farthest
    known = msgspec.structs.asdict(answered) | {
        "query": question.text,
        "hits": part.of(answered.hits),
        "next": part.next(
            "/api/search", part.end + more, q=question.text, exact=1 if exact else None
        ),
    }
    return answer(request, SearchPage(**known))


def suggest(request: Request) -> Response:
    """All that search fields suggest in a language."""
    language = _chosen(request, "lang", LANGUAGES)
    file = current_site(request).suggestions.of(generation_of(request), language)
    return answer(request, msgspec.Raw(file.body))


def videos(request: Request) -> Response:
    """All videos."""
    generation = generation_of(request)
    return _listed(request, VideoList, generation.videos.values(), partial(video_entry, generation))


def video(request: Request) -> Response:
    """One video with its questions and chapters."""
    return answer(request, video_answer(generation_of(request), _video(request)))


def transcript(request: Request) -> Response:
    """What a video says, sentence by sentence."""
    found, asked = _video(request), request.query_params.get("lang", "")
    generation = generation_of(request)
    there = generation.languages(found.slug)
    wanted = language_among(there, asked) if there else None
    if wanted is None:
        where = f" in that language; there is {' and '.join(there)}." if there else " yet."
        raise HTTPException(404, f"There is no transcript of this video{where}")
    said = generation.transcript(found.slug, wanted)
    assert said  # noqa: S101 - there is one in each of its languages
    part, total = SENTENCES.part(request.query_params), len(said.sentences)
    path = f"/api/videos/{found.slug}/transcript"
    return answer(
        request,
        TranscriptAnswer(
            video=found.slug,
            language=said.track.language,
            kind=said.track.kind,
            made_by=said.track.made_by or None,
            sentences=spoken_sentences(found, said.track.language, part.of(said.sentences)),
            total=total,
            next=part.next(path, total, lang=asked),
        ),
    )


def topics(request: Request) -> Response:
    """All topics."""
    catalogue = generation_of(request).catalogue
    return _listed(request, TopicList, catalogue.topics.values(), partial(topic_entry, catalogue))


def topic(request: Request) -> Response:
    """One topic with its videos, and the moments that speak of it."""
    generation = generation_of(request)
    found = generation.catalogue.topics.get(request.path_params["slug"])
    if found is None:
        raise HTTPException(404, "There is no topic of this name; /api/topics lists them.")
    return answer(request, topic_answer(generation, found))


def terms(request: Request) -> Response:
    """The words of the glossary."""
    generation = generation_of(request)
    return _listed(request, TermList, generation.catalogue.terms, partial(term_entry, generation))


def questions(request: Request) -> Response:
    """The questions that videos answer."""
    entries = question_entries(generation_of(request).catalogue)
    return _listed(request, QuestionList, entries, lambda one: one)


def _video(request: Request) -> Video:
    found = generation_of(request).videos.get(request.path_params["slug"])
    if found is None:
        raise HTTPException(404, "There is no video of this name; /api/videos lists them.")
    return found


def _chosen(request: Request, name: str, choices: Sequence[str]) -> str:
    """Which of several a program wants; the first where it does not say."""
    wanted = request.query_params.get(name, choices[0])
    if wanted not in choices:
        raise HTTPException(400, f"{name} is {' or '.join(choices)}.")
    return wanted


def _listed(
    request: Request,
    page: Callable[..., object],
    entries: Iterable[Entry],
    entry_of: Callable[[Entry], object],
) -> Response:
    """The part of a list that is asked for."""
    part, known = LISTED.part(request.query_params), tuple(entries)
    items = tuple(map(entry_of, part.of(known)))
    after = part.next(request.scope["route"].path, len(known))
    return answer(request, page(items=items, total=len(known), next=after))


async def healthz(request: Request) -> Response:
    """Whether the site is up, and which generation it serves; nothing is asked of anybody for it.

    So it is answered where requests are taken, and whoever restarts what does not answer here
    restarts no site because of its engine.
    """
    return json_response({"status": "ok", "generation": current_site(request).shelf.served or None})


def readyz(request: Request) -> Response:
    """Whether there is an index to answer from, how old it is, and how questions are read.

    It is not the `newest` when it stands in for one that is damaged, and not `whole` where an
    engine cannot reach a part of it.
    """
    try:
        generation = generation_of(request)
        whole = generation.whole()
    except NoIndex as err:
        logger.warning("%s", err)
        return json_error(503, _AWAY if isinstance(err, EngineAway) else _NO_INDEX)
    off, shelf = generation.meaning_off, current_site(request).shelf
    return json_response(
        {
            "status": "ready",
            "generation": generation.name,
            "built_at": generation.built_at,
            "age_seconds": age_seconds(generation, datetime.now(UTC)),
            "newest": not shelf.trouble,
            "whole": whole,
            "meaning": not off,
            "meaning_off": off,
        }
    )


def metrics(request: Request) -> Response:
    """What is counted, for this machine and whom the operator names; for others it is not here."""
    forwarded = any(name in request.headers for name in _FORWARDED)
    client = request.client.host if request.client else ""
    if not service_of(request).may_measure(client, forwarded=forwarded):
        raise HTTPException(404)
    text = metrics_of(request).text(current_site(request).shelf, datetime.now(UTC))
    return Response(text, headers={"Cache-Control": "no-store"}, media_type=MEDIA_TYPE)
