"""Moments as JSON lines: what experts say to curated questions and topics, and all that is said.

Newsletters quote the first; whoever builds a search or a study of their own reads the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from catalog import Video
from indexer import Generation, Hit, source_url, watch_url
from transcripts import Sentence, TrackKind, Transcript, cut_passages, with_asides
from webapp.api.entries import question_entry, said_by
from webapp.api.model import Said
from webapp.rendering.addresses import moment_key

MomentKind = Literal["question", "passage", "topic"]


class ExportedMoment(msgspec.Struct, frozen=True, kw_only=True):
    """A moment. Of a "question" the answer, of a "topic" what its page shows.

    A "passage" is about half a minute of speech; they overlap, and all that is said is in them but
    greetings and sponsors' messages. `speakers` are all who speak in the video. `url` has the
    site's address where site.toml names one, `made_by` the speech model that wrote captions here.
    """

    id: str
    kind: MomentKind
    video: str
    title: str
    series: str
    notice: str
    question: str | None
    topic: str | None
    start_ms: int
    end_ms: int
    text: str
    said: tuple[Said, ...]
    speakers: tuple[str, ...]
    language: str
    captions: TrackKind
    made_by: str | None
    topics: tuple[str, ...]
    recorded: str | None
    url: str
    source_url: str | None


def exported_moments(generation: Generation, address: str) -> Iterator[ExportedMoment]:
    """Every moment, by video and language, then by topic; `address` is the site's."""
    for video in generation.videos.values():
        for language in generation.languages(video.slug):
            source = _source(generation, video, language, address)
            yield from _questions(source, own=language == generation.languages(video.slug)[0])
            yield from _passages(source)
    for topic in generation.catalogue.topics:
        for hit in generation.topic_moments(topic):
            source = _source(generation, generation.videos[hit.video], hit.language, address)
            yield _of_topic(source, topic, hit)


@dataclass(frozen=True, slots=True)
class _Source:
    """What moments are taken from, and what is said with each of them."""

    video: Video
    transcript: Transcript
    notice: str
    speakers: tuple[str, ...]
    address: str


def _source(generation: Generation, video: Video, language: str, address: str) -> _Source:
    transcript = generation.transcript(video.slug, language)
    assert transcript  # noqa: S101 - there is one in each of its languages
    notice = generation.catalogue.series_of(video).notice
    return _Source(video, transcript, notice, generation.catalogue.names_of(video), address)


def _of_topic(source: _Source, topic: str, hit: Hit) -> ExportedMoment:
    """A moment of a topic, as its page shows it."""
    span = hit.start_ms, hit.end_ms
    key = f"{topic}~{moment_key(source.video.slug, *span, hit.language)}"
    sentences = _between(source.transcript.sentences, *span)
    return _moment(source, key, span, sentences, kind="topic", topic=topic)


def _questions(source: _Source, *, own: bool) -> Iterator[ExportedMoment]:
    """The answers to curated questions, in the video's `own` language."""
    for question in source.video.questions if own else ():
        span = question.answer_span
        sentences = _between(source.transcript.sentences, *span) if span else []
        if span and sentences:
            key = question_entry(source.video, question).id
            yield _moment(source, key, span, sentences, kind="question", question=question.text)


def _passages(source: _Source) -> Iterator[ExportedMoment]:
    sentences, language = source.transcript.sentences, source.transcript.track.language
    for passage in with_asides(cut_passages(sentences), sentences):
        if not passage.aside:
            span = passage.start_ms, passage.end_ms
            key = moment_key(source.video.slug, *span, language)
            there = sentences[passage.first : passage.last]
            yield _moment(source, key, span, there, kind="passage")


def _between(sentences: Iterable[Sentence], start_ms: int, end_ms: int) -> list[Sentence]:
    """The sentences of an answer: those that begin in it, and one that it begins in."""
    return [one for one in sentences if start_ms < one.end_ms and one.start_ms < end_ms]


def _moment(
    source: _Source,
    key: str,
    span: tuple[int, int],
    sentences: Sequence[Sentence],
    *,
    kind: MomentKind,
    question: str | None = None,
    topic: str | None = None,
) -> ExportedMoment:
    video, track = source.video, source.transcript.track
    return ExportedMoment(
        id=key,
        kind=kind,
        video=video.slug,
        title=video.title,
        series=video.series,
        notice=source.notice,
        question=question,
        topic=topic,
        start_ms=span[0],
        end_ms=span[1],
        text=" ".join(one.text for one in sentences),
        said=said_by(sentences),
        speakers=source.speakers,
        language=track.language,
        captions=track.kind,
        made_by=track.made_by or None,
        topics=video.topics,
        recorded=video.recorded or None,
        url=source.address + watch_url(video, span[0], track.language),
        source_url=source_url(video, span[0]),
    )
