"""Lists of videos, and of sentences that mention a term, on the pages for people who browse."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from catalog import Catalogue, Person, Question, Series, Topic, Video, WrittenAnswer, fold_accents
from indexer import MentionedSentence
from webapp.presenters.moments.readable import as_read
from webapp.presenters.moments.speakers import person_named
from webapp.rendering.addresses import questions_path, search_path
from webapp.rendering.highlights import Fragment, shortened

EXAMPLES = 6
READABLE_QUESTION = 90
STEPS = 3
# So many characters of a sentence are read at a glance, also on a phone.
_LONGEST_SAYING = 110
_TITLE = re.compile(r"^(?:(?:Dr|Dra|Prof|Mr|Mrs|Ms)\.? )+")
_LIVES_WITH_IT = re.compile(r"\b(?:patients?|survivors?|advocates?|caregivers?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListedVideo:
    """A video in a list. `begins` says that the one before it is of another series."""

    video: Video
    series: Series
    speakers: tuple[Person, ...]
    begins: bool
    notice: bool


@dataclass(frozen=True, slots=True)
class SeriesPreview:
    """A series and its first videos."""

    series: Series
    videos: tuple[Video, ...]

    @property
    def has_more(self) -> bool:
        """Whether there are videos that are not shown."""
        return len(self.series.videos) > len(self.videos)


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

    @property
    def made_by(self) -> str:
        """The speech model that wrote them here, if one did."""
        return next((saying.made_by for saying, _ in self.sayings), "")

    @property
    def punctuated(self) -> bool:
        """Whether any is read with punctuation that its captions lack."""
        return any(saying.readable for saying, _ in self.sayings)


def basics_first(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its in-depth series last: people begin at the beginning."""
    ordered = sorted(catalogue.series, key=lambda series: series.kind == "in-depth")
    return replace(catalogue, series=tuple(ordered))


def beginning(catalogue: Catalogue) -> SeriesPreview | None:
    """The series to begin with, the first of the basics that has videos, and its first videos."""
    basics = (one for one in catalogue.series if one.kind == "intro" and one.videos)
    return next((SeriesPreview(one, one.videos[:STEPS]) for one in basics), None)


def example_questions(catalogue: Catalogue) -> tuple[tuple[Question, Video], ...]:
    """Questions, each with a video that answers it: the first readable one of a handful."""
    firsts = (
        (next((q for q in video.questions if len(q.text) <= READABLE_QUESTION), None), video)
        for video in catalogue.videos.values()
    )
    return tuple((question, video) for question, video in firsts if question)[:EXAMPLES]


def with_questions(catalogue: Catalogue, topic: Topic | None) -> list[Video]:
    """The videos that answer questions; only those of a topic where there is one."""
    return [
        video
        for video in catalogue.videos.values()
        if video.questions and (topic is None or topic.slug in video.topics)
    ]


def written_answers(catalogue: Catalogue, topic: Topic | None) -> tuple[WrittenAnswer, ...]:
    """Questions that pages elsewhere answer in writing: of a topic, or of all."""
    topics = catalogue.topics.values() if topic is None else (topic,)
    return tuple(one for each in topics for one in each.written)


def listed(
    videos: Iterable[Video], catalogue: Catalogue, told: Iterable[str] | None = None
) -> Iterator[ListedVideo]:
    """Videos with their series and speakers.

    A notice is shown with a video when it is not among those `told` above; without any given, when
    it is not that of the video before.
    """
    known = None if told is None else set(told)
    before: Series | None = None
    for video in videos:
        series = catalogue.series_of(video)
        new = before is None or series.notice != before.notice
        yield ListedVideo(
            video,
            series,
            catalogue.speakers_of(video),
            before is None or series.slug != before.slug,
            new if known is None else series.notice not in known,
        )
        before = series


def who_it_is(person: Person) -> str:
    """What somebody does and where, "" where neither is known."""
    return ", ".join(filter(None, (person.role, person.affiliation)))


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody in the index of people, and in how many videos they speak."""

    person: Person
    videos: int


def speaking(catalogue: Catalogue) -> tuple[ListedPerson, ...]:
    """Everybody who speaks in a video, by name without titles."""
    videos = Counter(slug for video in catalogue.videos.values() for slug in set(video.speakers))
    found = (ListedPerson(one, videos[one.slug]) for one in catalogue.people.values())
    return tuple(sorted((one for one in found if one.videos), key=lambda one: _by_name(one.person)))


def named_elsewhere(catalogue: Catalogue) -> tuple[Person, ...]:
    """Everybody who speaks in no video here, but of whom a page on another site tells."""
    heard = {slug for video in catalogue.videos.values() for slug in video.speakers}
    people = catalogue.people.values()
    left = (one for one in people if one.page and one.slug not in heard)
    return tuple(sorted(left, key=_by_name))


def _by_name(person: Person) -> str:
    return fold_accents(_TITLE.sub("", person.name))


def search_in_talks(person: Person) -> str:
    """The path of the results in what somebody talks about."""
    return search_path(f'speaker:"{person.name}"')


def topic_choices(
    catalogue: Catalogue, chosen: Topic | None
) -> tuple[tuple[Topic, str, bool], ...]:
    """Each topic, the path of its questions, and whether it is the one that is shown."""
    topics = catalogue.topics.values()
    return tuple((one, questions_path(one.slug), one == chosen) for one in topics)


def told_by(video: Video, catalogue: Catalogue) -> tuple[str, ...]:
    """The names of those in a video who live with the illness, by their roles."""
    return tuple(
        person.name for person in catalogue.speakers_of(video) if _LIVES_WITH_IT.search(person.role)
    )


@dataclass(frozen=True, slots=True)
class ToldElsewhere:
    """A page on another site, and the people of a topic whose stories it tells."""

    page: str
    people: tuple[Person, ...]


def told_elsewhere(topic: Topic, catalogue: Catalogue) -> tuple[ToldElsewhere, ...]:
    """Pages that tell the stories of a topic's people who speak in no video on it here."""
    heard = {
        slug
        for video in catalogue.videos.values()
        if topic.slug in video.topics
        for slug in video.speakers
    }
    pages: dict[str, list[Person]] = {}
    for person in (catalogue.people[slug] for slug in topic.stories if slug not in heard):
        pages.setdefault(person.page, []).append(person)
    return tuple(ToldElsewhere(page, tuple(people)) for page, people in pages.items())


def mentions_by_video(
    sayings: tuple[MentionedSentence, ...], catalogue: Catalogue
) -> tuple[TermMentions, ...]:
    """Put sentences under their videos, in the order given, each with what is read of it."""
    videos = catalogue.videos
    return tuple(
        TermMentions(
            videos[slug],
            catalogue.series_of(videos[slug]),
            tuple((_named(saying, catalogue), _said(saying)) for saying in some),
        )
        for slug, some in groupby(sayings, key=lambda saying: saying.video)
    )


def _said(saying: MentionedSentence) -> tuple[Fragment, ...]:
    return shortened(as_read(saying.text, saying.readable, saying.spans), _LONGEST_SAYING)


def _named(saying: MentionedSentence, catalogue: Catalogue) -> MentionedSentence:
    """A sentence with the catalogue's name of who says it, where that is known."""
    people = catalogue.speakers_of(catalogue.videos[saying.video])
    person = person_named(saying.speaker, people)
    return replace(saying, speaker=person.name) if person else saying
