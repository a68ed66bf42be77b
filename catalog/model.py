"""What exists: series, videos, people, topics and terms, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

SeriesKind = Literal["intro", "in-depth"]
# Of an entry: language, name of the field, text. Of a question or a chapter: language, text.
FieldTexts = Mapping[str, Mapping[str, str]]
Texts = Mapping[str, str]
# An answer without a known end is taken to be as long.
ANSWER_MS = 60_000


def base_language(tag: str) -> str:
    """The language of a tag without region or script, in lower case: `en` of `en-US`, `en_US`."""
    if len(tag) == 2:
        return tag.lower()  # asked several hundred times a page
    return tag.replace("_", "-").partition("-")[0].lower()


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a video answers; times are whole milliseconds, None where not known."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    translations: Texts = field(default_factory=dict, hash=False)

    @property
    def answer_span(self) -> tuple[int, int] | None:
        """When the answer starts and ends, None where its start is not known."""
        if self.start_ms is None:
            return None
        return self.start_ms, self.end_ms or self.start_ms + ANSWER_MS

    def is_answered_at(self, at_ms: int, before_ms: int = 0) -> bool:
        """Whether a time is within the answer, or less than `before_ms` ahead of it."""
        span = self.answer_span
        return span is not None and span[0] - before_ms <= at_ms < span[1]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named part of a video, from `start_ms` to the next chapter."""

    title: str
    start_ms: int
    translations: Texts = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Video:
    """One video. `series` is the slug of its series; references are slugs.

    `youtube` is an eleven-character id; `page` the page that embeds the video; `media` another
    address that can be read, or the name of a file in the library's media folder.
    """

    slug: str
    title: str
    series: str
    description: str = ""
    youtube: str = ""
    page: str = ""
    media: str = ""
    speakers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    recorded: str = ""
    duration_ms: int | None = None
    language: str = "en"
    questions: tuple[Question, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    related: tuple[str, ...] = ()
    next: str = ""
    sources: tuple[str, ...] = ()
    translations: FieldTexts = field(default_factory=dict, hash=False)

    @property
    def own_media(self) -> bool:
        """Whether `media` names a file in the library rather than a web address."""
        return bool(self.media) and "://" not in self.media


@dataclass(frozen=True, slots=True)
class Series:
    """Videos that belong together. `notice` is shown on every page of the series."""

    slug: str
    title: str
    kind: SeriesKind | None = None
    description: str = ""
    notice: str = ""
    language: str = "en"
    videos: tuple[Video, ...] = ()
    translations: FieldTexts = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who speaks in a video; `also` holds other spellings of the name.

    `language` is that of the role and the affiliation.
    """

    slug: str
    name: str
    role: str = ""
    affiliation: str = ""
    also: tuple[str, ...] = ()
    page: str = ""
    language: str = "en"
    translations: FieldTexts = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """A question that a page elsewhere answers in writing: nobody says it in a video."""

    text: str
    page: str
    translations: Texts = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject to browse by; `terms` are canonical names in the glossary.

    `stories` are the slugs of people of whom their `page` tells that they live with it.
    """

    slug: str
    title: str
    description: str = ""
    terms: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    written: tuple[WrittenAnswer, ...] = ()
    language: str = "en"
    translations: FieldTexts = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """Topics that belong together; `topics` are slugs."""

    slug: str
    title: str
    topics: tuple[str, ...] = ()
    language: str = "en"
    translations: FieldTexts = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class MisheardForm:
    """What captions write for a name; with `near`, only where one of these words is close by.

    Close is `within` words on either side, or, where `unit` says so, so many sentences: 1 is the
    sentence itself.
    """

    said: str
    near: tuple[str, ...] = ()
    within: int = 8
    unit: Literal["words", "sentences"] = "words"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term means in plain words, by language, and the page the facts were taken from."""

    texts: Texts
    source: str


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry: one canonical name, its other spellings, and where that was read.

    `variants` mean the same; `related` are broader, narrower or everyday words near it.
    `misspellings` were seen in print or heard by speech recognition; `heard` is what captions are
    likely to write instead. `unsourced` repeats those of all these that a curator added by analogy,
    without a page to cite.
    """

    canonical: str
    kind: str
    variants: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    spanish: tuple[str, ...] = ()
    unsourced: tuple[str, ...] = ()
    facts: str = ""
    sources: tuple[str, ...] = ()
    heard: tuple[MisheardForm, ...] = ()
    definition: Definition | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person found captions to mean where they write `heard`; "" when they are right.

    `video` is a slug, or "" for all; `at_ms` tells about when, where it is written more than once.
    """

    heard: str
    meant: str
    video: str = ""
    at_ms: int | None = None


@dataclass(frozen=True)
class Catalogue:
    """Everything curated, checked: references resolve and slugs are unique."""

    series: tuple[Series, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    corrections: tuple[Correction, ...] = ()
    groups: tuple[TopicGroup, ...] = ()

    @cached_property
    def videos(self) -> Mapping[str, Video]:
        """All videos by slug, in the order of their series."""
        return {video.slug: video for series in self.series for video in series.videos}

    def series_of(self, video: Video) -> Series:
        """The series that a video belongs to."""
        return next(series for series in self.series if series.slug == video.series)

    def speakers_of(self, video: Video) -> tuple[Person, ...]:
        """A video's speakers, in the order given."""
        return tuple(self.people[slug] for slug in video.speakers)

    def names_of(self, video: Video) -> tuple[str, ...]:
        """The names of a video's speakers, in the order given."""
        return tuple(person.name for person in self.speakers_of(video))
