"""What programs are answered with. The description of the API is made from these very values.

Slugs and ids never change, also when a title or a time is corrected. Times are whole milliseconds;
paths are without the site's address. Texts are in the language that stands beside them.
"""

from collections.abc import Mapping

import msgspec

from indexer import Hit, SearchAnswer, UrgentSignpost
from transcripts import TrackKind


class Speaker(msgspec.Struct, frozen=True):
    """Somebody who speaks in a video; what is not known of them is ""."""

    slug: str
    name: str
    role: str
    affiliation: str


class VideoEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A video in a list. `captions` are the languages in which there is a transcript.

    `uploaded` is when its site says that it was, `recorded` a day, a month or a year, `source_url`
    where it was published; null where that is not known. A `notice` of its series belongs beside
    whatever is shown of it.
    """

    slug: str
    title: str
    language: str
    description: str
    series: str
    notice: str
    uploaded: str | None
    recorded: str | None
    duration_ms: int | None
    speakers: tuple[Speaker, ...]
    topics: tuple[str, ...]
    captions: tuple[str, ...]
    url: str
    source_url: str | None


class QuestionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A question that a video answers, from `start_ms` on; null where nobody wrote that down."""

    id: str
    text: str
    language: str
    translations: Mapping[str, str]
    video: str
    start_ms: int | None
    end_ms: int | None
    url: str


class ChapterEntry(msgspec.Struct, frozen=True):
    """A named part of a video, from `start_ms` to the next one."""

    title: str
    start_ms: int
    url: str


class VideoAnswer(VideoEntry, frozen=True, kw_only=True):
    """A video with all that is known of it. `next` is the slug of the one to watch after it."""

    questions: tuple[QuestionEntry, ...]
    chapters: tuple[ChapterEntry, ...]
    related: tuple[str, ...]
    next: str | None


class SpokenSentence(msgspec.Struct, frozen=True):
    """A sentence as captions have it, and the page that plays it.

    `speaker` is the name that captions give, null where they give none.
    """

    start_ms: int
    end_ms: int
    speaker: str | None
    text: str
    url: str


class Said(msgspec.Struct, frozen=True):
    """What one voice says, and the name that captions give it; null where they give none."""

    speaker: str | None
    text: str


class TopicEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A topic in a list, with the number of its videos."""

    slug: str
    title: str
    language: str
    description: str
    videos: int
    url: str


class TopicAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A topic: the slugs of its videos, its words of the glossary, and what is said about it."""

    slug: str
    title: str
    language: str
    description: str
    terms: tuple[str, ...]
    videos: tuple[str, ...]
    moments: tuple[Hit, ...]
    url: str


class TermEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A word of the glossary. `said` is in how many sentences it is said.

    `definitions` say what it means, by language, from the page `source`; none and null where that
    was not written down.
    """

    slug: str
    name: str
    kind: str
    variants: tuple[str, ...]
    spanish: tuple[str, ...]
    definitions: Mapping[str, str]
    source: str | None
    said: int
    url: str


class _Page(msgspec.Struct, frozen=True, kw_only=True):
    total: int
    next: str | None


class VideoList(_Page, frozen=True, kw_only=True):
    """Videos, in the order of their series. `next` is the path of those that follow, or null."""

    items: tuple[VideoEntry, ...]


class TopicList(_Page, frozen=True, kw_only=True):
    """Topics. `next` is the path of those that follow, or null."""

    items: tuple[TopicEntry, ...]


class TermList(_Page, frozen=True, kw_only=True):
    """Words of the glossary. `next` is the path of those that follow, or null."""

    items: tuple[TermEntry, ...]


class QuestionList(_Page, frozen=True, kw_only=True):
    """Questions, by video. `next` is the path of those that follow, or null."""

    items: tuple[QuestionEntry, ...]


class TranscriptAnswer(_Page, frozen=True, kw_only=True):
    """What a video says, by sentences. `kind` says who wrote the captions.

    `made_by` names the speech model that wrote them here, null where people or a site did.
    `next` is the path of the sentences that follow, or null.
    """

    video: str
    language: str
    kind: TrackKind
    made_by: str | None
    sentences: tuple[SpokenSentence, ...]


class SearchPage(SearchAnswer, frozen=True, kw_only=True):
    """What a question found, best first. `next` is the path of what follows, or null.

    `confidence` is how sure search is that the first hit answers: where it is "none", hits do no
    more than mention some of what was asked. `urgent`, where it stands, belongs above all else.
    `partial` says that not all was searched: the time for it was spent, or some of it cannot be
    reached; `also` is what was searched beside the words typed; `unsaid` what was asked for and
    nobody speaks of;
    `suggestions` are whole questions that may have been meant; `counts` is what each filter leaves.
    """

    next: str | None


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is the matter (RFC 9457); `detail` is a sentence that says what to do.

    `urgent`, where it stands, belongs above all else.
    """

    type: str
    title: str
    status: int
    detail: str
    urgent: tuple[UrgentSignpost, ...] | msgspec.UnsetType = msgspec.UNSET
