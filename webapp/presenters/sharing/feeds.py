"""What is new, for newsletters: new videos, a topic, what is said to a question.

An entry is a video, so that it stays the same one when a moment in it is found a second earlier. It
leads to the second that tells most of the topic or the question, and holds the experts' own words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from uuid import NAMESPACE_URL, uuid5

from catalog import Signpost, Topic, Video, clock
from indexer import Generation, Hit
from webapp.i18n.translations import gettext, interface, link
from webapp.i18n.wording import plain_part_wording, plain_wording
from webapp.presenters.moments.moments import Moment, SnippetTurn, moments_of
from webapp.presenters.results.questions import cut_at_word
from webapp.presenters.sharing.dates import last_updated, published, updated
from webapp.rendering.addresses import page_path, query_of, search_path, watch_path
from webapp.rendering.atom import Feed, FeedEntry

MOST_VIDEOS = 50
NEW_VIDEOS = "/feeds/videos.atom"
_SUMMARY = 300

Moments = Mapping[str, Sequence[Moment]]


def topic_feed_path(topic: Topic) -> str:
    """Where what is new on a topic is told."""
    return page_path("feeds/topic", topic.slug) + ".atom"


def search_feed_path(question: str) -> str:
    """Where new answers to a question are told."""
    return "/feeds/search.atom" + query_of(q=question)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes feeds: `author`, at an origin. Ids are made of `seed` and slugs.

    So they are the same in every language, and wherever a request came to.
    """

    author: str
    origin: str
    seed: str

    def address(self, path: str) -> str:
        """The whole address of a path, in the interface's language."""
        return self.origin + link(path)

    def id(self, path: str, video: str = "") -> str:
        """The lasting id of a feed, or of a video in it."""
        return uuid5(NAMESPACE_URL, f"{self.seed}{path}#{video}").urn


def new_videos_feed(publisher: Publisher, generation: Generation) -> Feed:
    """The newest videos, each with the questions that it answers."""
    moments: Moments = dict.fromkeys(generation.videos, ())
    texts = gettext("New videos"), ""
    return _feed(publisher, generation, (NEW_VIDEOS, "/series"), texts, moments)


def topic_feed(publisher: Publisher, generation: Generation, topic: Topic) -> Feed:
    """The newest videos on a topic, each with what is said of it there."""
    tagged = [slug for slug, video in generation.videos.items() if topic.slug in video.topics]
    said = _by_video(generation, generation.topic_moments(topic.slug))
    description = plain_wording(topic, "description") if topic.description else ""
    paths = topic_feed_path(topic), page_path("topic", topic.slug)
    texts = plain_wording(topic), description
    return _feed(publisher, generation, paths, texts, {**dict.fromkeys(tagged, ()), **said})


def search_feed(
    publisher: Publisher,
    generation: Generation,
    question: str,
    hits: Iterable[Hit],
    urgent: Iterable[Signpost],
) -> Feed:
    """The newest videos that answer a question; what should not wait is said above them."""
    paths = search_feed_path(question), search_path(question)
    texts = question, " ".join(map(plain_signpost, urgent))
    return _feed(publisher, generation, paths, texts, _by_video(generation, hits))


def plain_signpost(one: Signpost) -> str:
    """What should not wait, and whom to call, in plain sentences."""
    heading = one.heading if one.heading.endswith(("?", "!", ".")) else f"{one.heading}."
    calls = (f"{line.name}: {line.number}." for line in one.call)
    return " ".join((heading, one.message, *calls))


def _by_video(generation: Generation, hits: Iterable[Hit]) -> dict[str, list[Moment]]:
    found: dict[str, list[Moment]] = {}
    for moment in moments_of(hits, generation.catalogue):
        found.setdefault(moment.hit.video, []).append(moment)
    return found


def _feed(
    publisher: Publisher,
    generation: Generation,
    paths: tuple[str, str],
    texts: tuple[str, str],
    moments: Moments,
) -> Feed:
    """The feed at the first of `paths` of the page at the other; `texts` are title and subtitle."""
    listed = [video for slug, video in generation.videos.items() if slug in moments]
    newest = sorted(listed, key=lambda video: updated(generation, video), reverse=True)
    shown = newest[:MOST_VIDEOS]
    path, page = paths
    return Feed(
        id=publisher.id(path),
        title=f"{texts[0]} - Hope With Answers search",
        subtitle=texts[1],
        language=interface().language,
        address=publisher.address(path),
        page=publisher.address(page),
        author=publisher.author,
        updated=last_updated(generation, shown),
        entries=tuple(
            _entry(publisher, generation, video, path, moments[video.slug]) for video in shown
        ),
    )


def _entry(
    publisher: Publisher,
    generation: Generation,
    video: Video,
    path: str,
    moments: Sequence[Moment],
) -> FeedEntry:
    series = generation.catalogue.series_of(video)
    notice = plain_wording(series, "notice") if series.notice else ""
    told = [_moment(publisher, one) for one in moments] or [_questions(publisher, video)]
    said = moments[0].hit.text if moments else plain_wording(video, "description")
    title = plain_wording(video)
    own = video.language if title == video.title else interface().language
    return FeedEntry(
        id=publisher.id(path, video.slug),
        title=title,
        language=moments[0].hit.language if moments else own,
        page=publisher.address(moments[0].hit.url if moments else watch_path(video.slug)),
        updated=updated(generation, video),
        published=published(generation, video),
        authors=generation.catalogue.names_of(video),
        summary=said if len(said) <= _SUMMARY else f"{cut_at_word(said, _SUMMARY)} …",
        html="".join((*told, _paragraph(escape(notice)))) or _paragraph(escape(video.title)),
    )


def _moment(publisher: Publisher, moment: Moment) -> str:
    """What is said, by whom, and the link to its second."""
    who = moment.speaker or ", ".join(person.name for person in moment.people)
    where = ", ".join(filter(None, (who, clock(moment.hit.start_ms))))
    caution = gettext("Automatic captions: drug names may be mis-heard")
    if machine := moment.hit.made_by:
        caution = gettext(
            "Captions made here by a machine (%(machine)s): drug names may be mis-heard"
        ) % {"machine": machine}
    return (
        f"<blockquote>{''.join(map(_turn, moment.parts))}</blockquote>"
        f"{_linked(publisher.address(moment.hit.url), where)}"
        f"{_paragraph(escape(caution if moment.automatic else ''))}"
    )


def _turn(part: SnippetTurn) -> str:
    said = f"{part.before}{''.join(one.text for one in part.answer)}{part.after}".strip()
    who = f"<b>{escape(part.speaker)}</b> " if part.speaker else ""
    return _paragraph(who + escape(said + " …" * part.goes_on))


def _questions(publisher: Publisher, video: Video) -> str:
    """What a video is about, and the questions that it answers with their seconds."""
    description = plain_wording(video, "description")
    asked = (
        _linked(
            publisher.address(watch_path(video.slug, one.start_ms)),
            plain_part_wording(one.text, video),
        )
        for one in video.questions
    )
    return _paragraph(escape(description)) + "".join(asked)


def _linked(address: str, text: str) -> str:
    return _paragraph(f'<a href="{escape(address)}">{escape(text)}</a>')


def _paragraph(html: str) -> str:
    return f"<p>{html}</p>" if html else ""
