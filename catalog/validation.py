"""Rules that span entries and files: unique slugs, references that resolve, possible times."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from catalog.errors import Mistake
from catalog.glossary.corrections import ruinous
from catalog.model import Catalogue, Topic, Video
from catalog.toml.fields import is_slug, near


def check(catalogue: Catalogue, files: Mapping[str, str]) -> tuple[Mistake, ...]:
    """Return every problem across the catalogue; `files` maps a series' slug to its file name."""
    videos = catalogue.videos
    terms = [term.canonical for term in catalogue.terms]
    found: list[Mistake] = []
    for series in catalogue.series:
        file = files.get(series.slug, series.slug)
        for video in series.videos:
            found += _references(video, catalogue, videos, file)
            found += _times(video, file)
    found += _same_youtube(catalogue, files)
    for topic in catalogue.topics.values():
        found += _unknown(topic.terms, terms, "glossary term", "topics.toml", topic.slug, "terms")
        found += _stories(topic, catalogue)
    for group in catalogue.groups:
        names = (group.slug, "topics")
        found += _unknown(group.topics, catalogue.topics, "topic", "topics.toml", *names)
    for correction in catalogue.corrections:
        named = (correction.video,) if correction.video else ()
        file = "corrections.toml"
        found += _unknown(named, videos, "video", file, correction.heard, "video")
    found += ruinous(catalogue.corrections, catalogue.terms, "corrections.toml")
    return tuple(found)


def in_the_future(catalogue: Catalogue, today: date) -> Iterator[str]:
    """Say which videos were recorded later than today; somewhere it may be tomorrow already."""
    tomorrow = (today + timedelta(days=1)).isoformat()
    for video in catalogue.videos.values():
        if video.recorded > tomorrow[: len(video.recorded)]:
            yield f"{video.slug}, recorded: {video.recorded} is in the future; correct the date"


def _same_youtube(catalogue: Catalogue, files: Mapping[str, str]) -> Iterator[Mistake]:
    """Yield a problem for each video whose YouTube id another one has."""
    seen: dict[str, str] = {}
    for series in catalogue.series:
        for video in series.videos:
            other = seen.setdefault(video.youtube, video.slug) if video.youtube else video.slug
            if other != video.slug:
                same = f"{other} has the same id {video.youtube!r}"
                says = f"{same}; a video stands in the catalogue once"
                yield Mistake(files.get(series.slug, series.slug), says, video.slug, "youtube")


def _references(
    video: Video, catalogue: Catalogue, videos: Mapping[str, Video], file: str
) -> Iterator[Mistake]:
    after = (video.next,) if video.next else ()
    yield from _unknown(video.speakers, catalogue.people, "person", file, video.slug, "speakers")
    yield from _unknown(video.topics, catalogue.topics, "topic", file, video.slug, "topics")
    for field, slugs in (("related", video.related), ("next", after)):
        yield from _unknown(slugs, videos, "video", file, video.slug, field)
        if video.slug in slugs:
            yield Mistake(file, "this is the video itself; name another one", video.slug, field)


def _stories(topic: Topic, catalogue: Catalogue) -> Iterator[Mistake]:
    """Yield a problem for each person of a topic's stories who is unknown or has no page."""
    file, people = "topics.toml", catalogue.people
    yield from _unknown(topic.stories, people, "person", file, topic.slug, "stories")
    for slug in topic.stories:
        if slug in people and not people[slug].page:
            yield Mistake(
                file, f"{slug!r} needs a page that tells the story", topic.slug, "stories"
            )


def duplicates(slugs: Iterable[tuple[str, str]], what: str) -> Iterator[Mistake]:
    """Yield a problem for each slug that was seen before; takes (slug, file) pairs.

    What stands in for a slug that is missing or wrong is no slug, and was reported as that.
    """
    seen: dict[str, str] = {}
    for slug, file in slugs:
        if not is_slug(slug):
            continue
        if slug in seen:
            yield Mistake(file, f"another {what} in {seen[slug]} has this slug", slug, "slug")
        seen.setdefault(slug, file)


def _unknown(
    slugs: Iterable[str], known: Collection[str], what: str, file: str, entry: str, field: str
) -> Iterator[Mistake]:
    for slug in slugs:
        if slug not in known:
            yield Mistake(file, f"there is no {what} {slug!r}{near(slug, known)}", entry, field)


def _times(video: Video, file: str) -> Iterator[Mistake]:
    """Yield a problem for each time that cannot be: past the end, backwards, out of order."""
    end = video.duration_ms
    for question in video.questions:
        start, stop = question.start_ms, question.end_ms
        if end is not None and max(start or 0, stop or 0) > end:
            yield Mistake(file, f"{question.text!r} is later than the end", video.slug, "questions")
        if start is not None and stop is not None and stop <= start:
            yield Mistake(file, f"{question.text!r} ends before it starts", video.slug, "questions")
    for chapter in video.chapters:
        if end is not None and chapter.start_ms >= end:
            yield Mistake(file, f"{chapter.title!r} is later than the end", video.slug, "chapters")
    for before, after in pairwise(video.chapters):
        if after.start_ms <= before.start_ms:
            says = f"{after.title!r} does not come after {before.title!r}"
            yield Mistake(file, says, video.slug, "chapters")
