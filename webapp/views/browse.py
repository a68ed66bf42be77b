"""The pages for people who browse: series, topics, people, terms and all questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from catalog import Catalogue, Question, Series, Topic, Video
from indexer import MentionedSentence
from webapp.i18n.translations import link
from webapp.presenters.glossary import (
    by_letter,
    find_term,
    other_names,
    searched_for,
    term_slug,
    topics_with,
    treatments_of,
)
from webapp.presenters.results import group_by_video
from webapp.rendering.highlights import Fragment, highlighted
from webapp.rendering.pagination import page_of
from webapp.site import generation_of, not_found, render, site_of
from webapp.views.home import basics_first

SAYINGS = 50
VIDEOS_WITH_QUESTIONS = 30
_LIVES_WITH_IT = re.compile(r"\b(?:patients?|survivors?|advocates?|caregivers?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TermMentions:
    """The sentences of one video in which a term is said, each with its highlights."""

    video: Video
    series: Series
    sayings: tuple[tuple[MentionedSentence, tuple[Fragment, ...]], ...]

    @property
    def automatic(self) -> bool:
        """Whether a machine wrote the captions."""
        return any(saying.captions == "auto" for saying, _ in self.sayings)


def series(request: Request) -> Response:
    """The videos of one series."""
    catalogue = generation_of(request).catalogue
    slug = request.path_params["slug"]
    found = next((series for series in catalogue.series if series.slug == slug), None)
    return render(request, "series.html", catalogue=catalogue, series=found or not_found())


def topics(request: Request) -> Response:
    """All topics."""
    return render(request, "topics.html", catalogue=generation_of(request).catalogue)


def topic(request: Request) -> Response:
    """The moments of one topic, its treatments, stories, videos and trials."""
    generation = generation_of(request)
    catalogue = generation.catalogue
    found = catalogue.topics.get(request.path_params["slug"]) or not_found()
    videos = [video for video in catalogue.videos.values() if found.slug in video.topics]
    return render(
        request,
        "topic.html",
        catalogue=catalogue,
        topic=found,
        groups=group_by_video(generation.topic_moments(found.slug), catalogue),
        videos=videos,
        treatments=treatments_of(found, catalogue),
        stories=[(video, who) for video in videos if (who := told_by(video, catalogue))],
        trials=trials_for(request, found, catalogue),
        term_slug=term_slug,
    )


def told_by(video: Video, catalogue: Catalogue) -> tuple[str, ...]:
    """The names of those in a video who live with the illness, by their roles."""
    speakers = (catalogue.people[slug] for slug in video.speakers)
    return tuple(person.name for person in speakers if _LIVES_WITH_IT.search(person.role))


def trials_for(request: Request, about: Topic, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Where to look for trials on a topic: names and addresses, asked only when tapped."""
    wanted = searched_for(about, catalogue)
    return [(one.name, one.about(wanted)) for one in site_of(request).operator.trials]


def person(request: Request) -> Response:
    """Who somebody is, the videos they speak in and the questions those answer."""
    catalogue = generation_of(request).catalogue
    found = catalogue.people.get(request.path_params["slug"]) or not_found()
    videos = [video for video in catalogue.videos.values() if found.slug in video.speakers]
    return render(request, "person.html", catalogue=catalogue, person=found, videos=videos)


def terms(request: Request) -> Response:
    """The glossary from A to Z."""
    catalogue = generation_of(request).catalogue
    return render(request, "terms.html", letters=by_letter(catalogue.terms), term_slug=term_slug)


def term(request: Request) -> Response:
    """What a term is, and every sentence in which it is said, a page at a time."""
    generation = generation_of(request)
    catalogue, slug = generation.catalogue, request.path_params["slug"]
    found = find_term(slug, catalogue.terms) or not_found()
    if slug != term_slug(found.canonical):
        return RedirectResponse(link(f"/term/{term_slug(found.canonical)}"), 302)
    said = generation.mentions(found)
    page = page_of(request.query_params.get("page"), len(said), SAYINGS)
    return render(
        request,
        "term.html",
        term=found,
        names=other_names(found),
        count=len(said),
        videos=said.videos,
        groups=mentions_by_video(said.between(page.first, page.last), catalogue),
        page=page,
        topics=tuple(topics_with(found, catalogue)),
    )


def mentions_by_video(
    sayings: tuple[MentionedSentence, ...], catalogue: Catalogue
) -> tuple[TermMentions, ...]:
    """Put sentences under their videos, in the order given."""
    videos = catalogue.videos
    return tuple(
        TermMentions(
            videos[slug],
            catalogue.series_of(videos[slug]),
            tuple((saying, highlighted(saying.text, saying.spans)) for saying in some),
        )
        for slug, some in groupby(sayings, key=lambda saying: saying.video)
    )


def questions(request: Request) -> Response:
    """Every question that the catalogue says a video answers, under its video, basics first."""
    catalogue = basics_first(generation_of(request).catalogue)
    asked = with_questions(catalogue, request.query_params.get("topic", ""))
    page = page_of(request.query_params.get("page"), len(asked), VIDEOS_WITH_QUESTIONS)
    return render(
        request,
        "questions.html",
        catalogue=catalogue,
        topic=catalogue.topics.get(request.query_params.get("topic", "")),
        asked=asked[page.first : page.last],
        count=sum(len(questions) for _, questions in asked),
        page=page,
    )


def with_questions(
    catalogue: Catalogue, topic_slug: str
) -> list[tuple[Video, tuple[Question, ...]]]:
    """The videos that answer questions, with these; only those of a topic where there is one."""
    known = topic_slug in catalogue.topics
    return [
        (video, video.questions)
        for video in catalogue.videos.values()
        if video.questions and (not known or topic_slug in video.topics)
    ]
