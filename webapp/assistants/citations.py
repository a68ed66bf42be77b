"""Moments as an assistant may cite them: the expert's own words, who says them, and the link."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from catalog import Operator, Person, Signpost, Video, clock
from indexer import Answer, Generation, source_url, watch_url
from transcripts import Sentence, TrackKind, Transcript
from webapp.api.entries import said_by, video_entry
from webapp.api.model import Said, VideoEntry
from webapp.api.paging import Part
from webapp.presenters.browsing.lists import who_it_is
from webapp.presenters.moments.moments import Moment, moments_of
from webapp.presenters.moments.speakers import is_dash
from webapp.presenters.sharing.feeds import plain_signpost

Confidence = Literal["answered", "perhaps", "none", "not asked"]
_SAYS: dict[Confidence, str] = {
    "answered": "The first moment is likely to answer. Quote its words, with who says them.",
    "perhaps": "These moments come near the question, but perhaps do not answer it. Say so.",
    "none": "Nobody in these videos clearly answers this. The moments only mention some of it: "
    "say so, and do not present them as an answer.",
    "not asked": "These are the words as they were said. No question was searched for, so nothing "
    "says that they answer one.",
}
_WITHHELD = (
    "No moments are given to this. Say what `urgent` says first, with the numbers to call, in kind "
    "words."
)
_CAPTIONS: dict[TrackKind, str] = {
    "manual": "written by people",
    "auto": "automatic: names of medicines may be misheard",
    "translated": "translated by a machine: check with the original",
}
_HEARD_HERE = "made here by a machine ({}): names of medicines may be misheard"


class CitedMoment(msgspec.Struct, frozen=True, kw_only=True):
    """A moment to cite.

    `words` answer, or stand at the second; `said` is what is said around them. `who` is the name
    that captions give to whoever says the words, null where they give none: then it is one of
    `speakers`, and nobody knows which. `at` and `link` are its second.
    """

    words: str
    who: str | None
    link: str
    at: str
    said: tuple[Said, ...]
    video: str
    title: str
    speakers: tuple[str, ...]
    language: str
    captions: str
    recorded: str | None
    notice: str
    source_link: str | None


class FoundCitations(msgspec.Struct, frozen=True, kw_only=True):
    """What a question found. Where `urgent` has sentences, they come before all else."""

    query: str
    urgent: tuple[str, ...]
    confidence: Confidence
    says: str
    moments: tuple[CitedMoment, ...]
    nobody_speaks_of: tuple[str, ...]
    also_searched: tuple[str, ...]
    did_you_mean: tuple[str, ...]


class OpenedMoment(msgspec.Struct, frozen=True, kw_only=True):
    """What is said at a second."""

    confidence: Confidence
    says: str
    moment: CitedMoment


class CitedSentence(msgspec.Struct, frozen=True):
    """A sentence, when it is said and by whom; null where captions do not tell."""

    at: str
    who: str | None
    words: str
    link: str


class ReadTranscript(msgspec.Struct, frozen=True, kw_only=True):
    """A part of what a video says; `next_offset` is where it goes on, null at its end."""

    confidence: Confidence
    says: str
    video: VideoEntry
    language: str
    captions: str
    sentences: tuple[CitedSentence, ...]
    total: int
    next_offset: int | None


def found_citations(
    generation: Generation, operator: Operator, answer: Answer, urgent: Sequence[Signpost]
) -> FoundCitations:
    """What a question found, ready to be cited; nothing where urgent words stand instead."""
    withheld = any(one.instead for one in urgent)
    hits = () if withheld else answer.hits
    shown = moments_of(hits, generation.catalogue)
    confidence: Confidence = answer.confidence if hits else "none"
    return FoundCitations(
        query=answer.query,
        urgent=tuple(map(plain_signpost, urgent)),
        confidence=confidence,
        says=_WITHHELD if withheld else _SAYS[confidence],
        moments=tuple(_cited(generation, operator, one) for one in shown),
        nobody_speaks_of=tuple(one.name for one in answer.unsaid),
        also_searched=answer.also,
        did_you_mean=answer.suggestions,
    )


def _cited(generation: Generation, operator: Operator, moment: Moment) -> CitedMoment:
    hit, video = moment.hit, moment.video
    said = tuple(
        Said(
            None if is_dash(part.speaker) else part.speaker or None,
            f"{part.before}{''.join(one.text for one in part.answer)}{part.after}".strip(),
        )
        for part in moment.parts
    )
    return CitedMoment(
        words="".join(one.text for one in moment.sentence).strip(),
        who=moment.speaker or None,
        link=link_to(operator, video, hit.start_ms, hit.language),
        at=clock(hit.start_ms),
        said=said,
        video=video.slug,
        title=video.title,
        speakers=_people(generation.catalogue.speakers_of(video)),
        language=hit.language,
        captions=_how_captioned(hit.captions, hit.made_by),
        recorded=video.recorded or None,
        notice=moment.series.notice,
        source_link=hit.source_url,
    )


def opened_moment(
    generation: Generation,
    operator: Operator,
    video: Video,
    transcript: Transcript,
    sentences: Sequence[Sentence],
) -> OpenedMoment:
    """What is said at a second: the first of some sentences, and those behind it."""
    first, track = sentences[0], transcript.track
    moment = CitedMoment(
        words=first.text,
        who=first.speaker or None,
        link=link_to(operator, video, first.start_ms, track.language),
        at=clock(first.start_ms),
        said=said_by(sentences),
        video=video.slug,
        title=video.title,
        speakers=_people(generation.catalogue.speakers_of(video)),
        language=track.language,
        captions=_how_captioned(track.kind, track.made_by),
        recorded=video.recorded or None,
        notice=generation.catalogue.series_of(video).notice,
        source_link=source_url(video, first.start_ms),
    )
    return OpenedMoment(confidence="not asked", says=_SAYS["not asked"], moment=moment)


def read_transcript(
    generation: Generation, operator: Operator, video: Video, transcript: Transcript, part: Part
) -> ReadTranscript:
    """A part of what a video says, sentence by sentence."""
    track, total = transcript.track, len(transcript.sentences)
    return ReadTranscript(
        confidence="not asked",
        says=_SAYS["not asked"],
        video=video_entry(generation, video),
        language=track.language,
        captions=_how_captioned(track.kind, track.made_by),
        sentences=tuple(
            CitedSentence(
                clock(one.start_ms),
                one.speaker or None,
                one.text,
                link_to(operator, video, one.start_ms, track.language),
            )
            for one in part.of(transcript.sentences)
        ),
        total=total,
        next_offset=part.end if part.end < total else None,
    )


def link_to(operator: Operator, video: Video, at_ms: int, language: str) -> str:
    """The whole address of a second: here, where the site's is known, else where it came from."""
    path = watch_url(video, at_ms, language)
    if operator.address:
        return operator.address + path
    return source_url(video, at_ms) or path


def _how_captioned(kind: TrackKind, made_by: str) -> str:
    return _HEARD_HERE.format(made_by) if made_by else _CAPTIONS[kind]


def _people(people: Iterable[Person]) -> tuple[str, ...]:
    """Names with what is known of them."""
    return tuple(", ".join(filter(None, (one.name, who_it_is(one)))) for one in people)
