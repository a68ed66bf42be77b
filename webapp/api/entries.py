"""What is in a generation, as programs read it."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby

from catalog import Catalogue, Question, Term, Topic, Video, base_language
from indexer import Generation, source_url, watch_url
from transcripts import Sentence
from webapp.api.model import (
    ChapterEntry,
    QuestionEntry,
    Said,
    Speaker,
    SpokenSentence,
    TermEntry,
    TopicAnswer,
    TopicEntry,
    VideoAnswer,
    VideoEntry,
)
from webapp.presenters.browsing.glossary import term_path, term_slug
from webapp.rendering.addresses import page_path


def video_entry(generation: Generation, video: Video) -> VideoEntry:
    """A video in a list."""
    catalogue = generation.catalogue
    return VideoEntry(
        slug=video.slug,
        title=video.title,
        language=video.language,
        description=video.description,
        series=video.series,
        notice=catalogue.series_of(video).notice,
        uploaded=generation.uploaded_at(video.slug) or None,
        recorded=video.recorded or None,
        duration_ms=video.duration_ms,
        speakers=_speakers(catalogue, video),
        topics=video.topics,
        captions=generation.languages(video.slug),
        url=page_path("watch", video.slug),
        source_url=source_url(video, 0),
    )


def _speakers(catalogue: Catalogue, video: Video) -> tuple[Speaker, ...]:
    people = catalogue.speakers_of(video)
    return tuple(Speaker(one.slug, one.name, one.role, one.affiliation) for one in people)


def video_answer(generation: Generation, video: Video) -> VideoAnswer:
    """A video with all that is known of it."""
    entry = video_entry(generation, video)
    known = {name: getattr(entry, name) for name in VideoEntry.__struct_fields__}
    return VideoAnswer(
        **known,
        questions=tuple(question_entry(video, question) for question in video.questions),
        chapters=tuple(
            ChapterEntry(one.title, one.start_ms, watch_url(video, one.start_ms, video.language))
            for one in video.chapters
        ),
        related=video.related,
        next=video.next or None,
    )


def question_entries(catalogue: Catalogue) -> Iterator[QuestionEntry]:
    """Every question that a video answers."""
    for video in catalogue.videos.values():
        yield from (question_entry(video, question) for question in video.questions)


def question_entry(video: Video, question: Question) -> QuestionEntry:
    """A question of a video. Its id is of its words: times may be corrected."""
    mark = sha256(question.text.encode()).hexdigest()[:10]
    start_ms, path = question.start_ms, page_path("watch", video.slug)
    return QuestionEntry(
        id=f"{video.slug}~{mark}",
        text=question.text,
        language=video.language,
        translations=question.translations,
        video=video.slug,
        start_ms=start_ms,
        end_ms=question.end_ms,
        url=path if start_ms is None else watch_url(video, start_ms, video.language),
    )


def language_among(there: Sequence[str], wanted: str) -> str | None:
    """The language of captions that is wanted, "" for the video's own, which is first.

    `ES` and `es-MX` are `es` where there is no nearer one; None where there is none.
    """
    known = {code.lower(): code for code in there}
    code = wanted.lower().replace("_", "-")
    return known.get(code) or known.get(base_language(code)) or (None if code else there[0])


def spoken_sentences(
    video: Video, language: str, sentences: Iterable[Sentence]
) -> tuple[SpokenSentence, ...]:
    """What a video says in a language."""
    return tuple(
        SpokenSentence(
            one.start_ms,
            one.end_ms,
            one.speaker or None,
            one.text,
            watch_url(video, one.start_ms, language),
        )
        for one in sentences
    )


def said_by(sentences: Iterable[Sentence]) -> tuple[Said, ...]:
    """Sentences by voices: those in a row with the same one belong together."""
    runs = (list(run) for _, run in groupby(sentences, key=lambda one: one.voice))
    return tuple(Said(run[0].speaker or None, " ".join(one.text for one in run)) for run in runs)


def topic_entry(catalogue: Catalogue, topic: Topic) -> TopicEntry:
    """A topic in a list."""
    return TopicEntry(
        slug=topic.slug,
        title=topic.title,
        language=topic.language,
        description=topic.description,
        videos=len(_videos_on(catalogue, topic)),
        url=page_path("topic", topic.slug),
    )


def topic_answer(generation: Generation, topic: Topic) -> TopicAnswer:
    """A topic, and what is said about it."""
    return TopicAnswer(
        slug=topic.slug,
        title=topic.title,
        language=topic.language,
        description=topic.description,
        terms=topic.terms,
        videos=_videos_on(generation.catalogue, topic),
        moments=generation.topic_moments(topic.slug),
        url=page_path("topic", topic.slug),
    )


def _videos_on(catalogue: Catalogue, topic: Topic) -> tuple[str, ...]:
    return tuple(one.slug for one in catalogue.videos.values() if topic.slug in one.topics)


def term_entry(generation: Generation, term: Term) -> TermEntry:
    """A word of the glossary."""
    definition = term.definition
    return TermEntry(
        slug=term_slug(term.canonical),
        name=term.canonical,
        kind=term.kind,
        variants=term.variants,
        spanish=term.spanish,
        definitions=definition.texts if definition else {},
        source=definition.source if definition else None,
        said=generation.said.get(term.canonical, 0),
        url=term_path(term.canonical),
    )
