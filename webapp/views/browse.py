"""The pages for people who browse: series, topics, people, terms and all questions."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webapp.i18n.translations import link
from webapp.pages import current_site, generation_of, not_found, render
from webapp.presenters.browsing.glossary import (
    by_letter,
    find_term,
    languages_of_names,
    said_of,
    term_path,
    term_slug,
    topics_with,
    treatments_of,
    trial_links,
)
from webapp.presenters.browsing.lists import (
    basics_first,
    listed,
    mentions_by_video,
    named_elsewhere,
    search_in_talks,
    speaking,
    told_by,
    told_elsewhere,
    topic_choices,
    who_it_is,
    with_questions,
    written_answers,
)
from webapp.presenters.browsing.topics import all_topics
from webapp.presenters.moments.moments import moments_of, shared_notice
from webapp.presenters.sharing.link_preview import LinkPreview, link_preview
from webapp.rendering.addresses import kept_query
from webapp.rendering.pagination import page_of

SAYINGS = 20
MOMENTS_AT_FIRST = 6
VIDEOS_WITH_QUESTIONS = 6


def series(request: Request) -> Response:
    """The videos of one series."""
    catalogue = generation_of(request).catalogue
    slug = request.path_params["slug"]
    found = next((one for one in catalogue.series if one.slug == slug), None) or not_found()
    return render(
        request,
        "series.html",
        series=found,
        listed=tuple(listed(found.videos, catalogue)),
        preview=_preview(request, "series"),
    )


def all_series(request: Request) -> Response:
    """All series."""
    catalogue = basics_first(generation_of(request).catalogue)
    return render(request, "all_series.html", catalogue=catalogue)


def people(request: Request) -> Response:
    """Everybody who speaks, and those of whom pages elsewhere tell."""
    catalogue = generation_of(request).catalogue
    return render(
        request, "people.html", speaking=speaking(catalogue), elsewhere=named_elsewhere(catalogue)
    )


def topics(request: Request) -> Response:
    """All topics, in their groups."""
    return render(request, "topics.html", groups=all_topics(generation_of(request).catalogue))


def topic(request: Request) -> Response:
    """The moments of one topic, its treatments, stories, videos and trials."""
    generation = generation_of(request)
    catalogue = generation.catalogue
    found = catalogue.topics.get(request.path_params["slug"]) or not_found()
    videos = [video for video in catalogue.videos.values() if found.slug in video.topics]
    moments = moments_of(generation.topic_moments(found.slug), catalogue)
    treatments = said_of(treatments_of(found, catalogue), generation.said)
    stories = [(video, who) for video in videos if (who := told_by(video, catalogue))]
    elsewhere = told_elsewhere(found, catalogue)
    return render(
        request,
        "topic.html",
        preview=_preview(request, "topic"),
        topic=found,
        moments=moments[:MOMENTS_AT_FIRST],
        more=moments[MOMENTS_AT_FIRST:],
        listed=tuple(listed(videos, catalogue, {one.series.notice for one in moments})),
        treatments=treatments,
        has_aside=bool(treatments or stories or elsewhere or found.written),
        stories=stories,
        elsewhere=elsewhere,
        has_stories=bool(stories or elsewhere),
        trials=trial_links(found, catalogue, current_site(request).operator.trials),
    )


def person(request: Request) -> Response:
    """Who somebody is, the videos they speak in and the questions those answer."""
    catalogue = generation_of(request).catalogue
    found = catalogue.people.get(request.path_params["slug"]) or not_found()
    videos = [video for video in catalogue.videos.values() if found.slug in video.speakers]
    return render(
        request,
        "person.html",
        preview=_preview(request, "person"),
        person=found,
        known=who_it_is(found),
        search=search_in_talks(found),
        listed=tuple(listed(videos, catalogue)),
    )


def terms(request: Request) -> Response:
    """The words of the glossary that are said here, from A to Z."""
    generation = generation_of(request)
    listed = said_of(generation.catalogue.terms, generation.said)
    return render(request, "terms.html", letters=by_letter(listed), said=generation.said)


def term(request: Request) -> Response:
    """What a term is, and every sentence in which it is said, a page at a time."""
    generation = generation_of(request)
    catalogue, slug = generation.catalogue, request.path_params["slug"]
    found = find_term(slug, catalogue.terms) or not_found()
    path = term_path(found.canonical)
    if slug != term_slug(found.canonical):
        return RedirectResponse(link(path), 302)
    said = generation.mentions(found)
    page = page_of(request.query_params.get("page"), len(said), SAYINGS, path)
    groups = mentions_by_video(said.between(page.first, page.last), catalogue)
    return render(
        request,
        "term.html",
        term=found,
        names=languages_of_names(found),
        count=len(said),
        videos=said.videos,
        in_one_video=said.videos == 1,
        groups=groups,
        punctuated=any(group.punctuated for group in groups),
        notice=shared_notice(group.series for group in groups),
        page=page,
        kept=kept_query(page=page.beyond_first),
        preview=_preview(request, "term"),
        topics=tuple(topics_with(found, catalogue)),
    )


def _preview(request: Request, kind: str) -> LinkPreview | None:
    library, slug = current_site(request).library, request.path_params["slug"]
    return link_preview(generation_of(request), library, kind, slug, {})


def questions(request: Request) -> Response:
    """Every question that the catalogue says a video answers, under its video, basics first."""
    catalogue = basics_first(generation_of(request).catalogue)
    found = catalogue.topics.get(request.query_params.get("topic", ""))
    videos = with_questions(catalogue, found)
    typed = request.query_params.get("page")
    page = page_of(
        typed, len(videos), VIDEOS_WITH_QUESTIONS, "/questions", topic=found.slug if found else ""
    )
    return render(
        request,
        "questions.html",
        topic=found,
        written=written_answers(catalogue, found),
        choices=topic_choices(catalogue, found),
        listed=tuple(listed(videos[page.first : page.last], catalogue)),
        count=sum(len(video.questions) for video in videos),
        page=page,
        kept=kept_query(topic=found.slug if found else "", page=page.beyond_first),
    )
