"""The page of one video: play it, read it, search in it, jump to any sentence of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from indexer import Generation, TrackMentions
from transcripts import Sentence, Transcript
from webapp.i18n.times import typed_ms
from webapp.pages import current_site, generation_of, not_found, render
from webapp.presenters.find_in_video import VideoMatches, spans_by_place, video_matches
from webapp.presenters.player import player_of
from webapp.presenters.questions import clean_question
from webapp.presenters.related import asked_beside_video, watch_next
from webapp.presenters.results import group_by_video
from webapp.presenters.transcript import (
    LandingExcerpt,
    TranscriptTurn,
    anchors,
    landing_excerpt,
    sentence_at,
    take_turns,
)
from webapp.presenters.transcript_parts import TranscriptPart, cut_parts, part_typed, part_with
from webapp.rendering.addresses import WatchLinks

# So many videos that explain the same are shown, the others are folded away.
OTHERS = 2


@dataclass(frozen=True, slots=True)
class ShownTranscript:
    """The transcript as it is read: its turns, where a link lands in it, what was found in it.

    Of a long transcript they are those of one `part`. `language` is "" without a transcript.
    """

    language: str
    turns: tuple[TranscriptTurn, ...]
    part: TranscriptPart
    landing: LandingExcerpt | None
    found: VideoMatches


def watch(request: Request) -> Response:
    """One video: play it, read it, search in it, jump to any sentence of it."""
    generation, library = generation_of(request), current_site(request).library
    catalogue, slug = generation.catalogue, request.path_params["slug"]
    video = catalogue.videos.get(slug) or not_found()
    languages = generation.languages(slug)
    transcript = generation.transcript(slug, _language(request, languages))
    said = transcript.sentences if transcript else ()
    at_ms = _no_later(typed_ms(request.query_params.get("t")), video.duration_ms or _end(said))
    question = clean_question(request.query_params.get("q", ""))
    typed = request.query_params.get("part")
    shown = _shown_transcript(generation, transcript, at_ms, typed, question.text)
    others = group_by_video(generation.related_moments(slug), catalogue)
    return render(
        request,
        "watch.html",
        indexable=not question.text,
        catalogue=catalogue,
        video=video,
        series=catalogue.series_of(video),
        speakers=catalogue.speakers_of(video),
        player=player_of(video, library, at_ms or 0, languages, shown.language),
        transcript=transcript,
        languages=languages if len(languages) > 1 else (),
        at_ms=at_ms,
        shown=shown,
        links=watch_links(languages, shown, question.text),
        also_asked=asked_beside_video(generation, video, at_ms),
        others=others[:OTHERS],
        more_others=others[OTHERS:],
        onward=watch_next(video, catalogue),
    )


def watch_links(languages: tuple[str, ...], shown: ShownTranscript, question: str) -> WatchLinks:
    """How the links of the page keep what is shown on it."""
    usual = not languages or shown.language == languages[0]
    part = shown.part.number if shown.part.count > 1 else None
    return WatchLinks("" if usual else shown.language, question, part)


def _shown_transcript(
    generation: Generation,
    transcript: Transcript | None,
    at_ms: int | None,
    typed: str | None,
    text: str,
) -> ShownTranscript:
    sentences = transcript.sentences if transcript else ()
    parts = cut_parts(sentences)
    if transcript is None:
        return ShownTranscript("", (), parts[0], None, VideoMatches(text))
    track, wanted = transcript.track, part_typed(parts, typed)
    place = _place(sentences, at_ms, wanted)
    within = _within(generation, transcript, text)
    if place is not None:
        part = part_with(parts, place)
    else:
        said_first = next(iter(within.starts_ms), 0) if within else 0
        part = wanted or part_with(parts, said_first)
    heard = generation.readings(track.video, track.language)
    spans = spans_by_place(within, part.places)
    ids = anchors(sentences)
    return ShownTranscript(
        track.language,
        take_turns(transcript, place, heard, spans, part.places),
        part,
        None if place is None else landing_excerpt(transcript, place),
        video_matches(
            text, within, ids, place, part.places, lambda at: part_with(parts, at).number
        ),
    )


def _place(
    sentences: Sequence[Sentence], at_ms: int | None, part: TranscriptPart | None
) -> int | None:
    """The sentence that is meant by a time; where two parts share a second, the part says which."""
    if at_ms is None:
        return None
    if part is None or not part.says_at(at_ms):
        return sentence_at(sentences, at_ms)
    place = sentence_at(sentences[part.first : part.last], at_ms)
    return None if place is None else part.first + place


def _within(generation: Generation, transcript: Transcript, text: str) -> TrackMentions | None:
    if not text:
        return None
    track = transcript.track
    return next(iter(generation.within(text, [(track.video, track.language)])), None)


def _language(request: Request, known: tuple[str, ...]) -> str | None:
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in known else None


def _end(sentences: Sequence[Sentence]) -> int | None:
    return sentences[-1].end_ms if sentences else None


def _no_later(at_ms: int | None, end_ms: int | None) -> int | None:
    """A time beyond the end is no time at all: play from the beginning."""
    if at_ms is None or (end_ms is not None and at_ms >= end_ms):
        return None
    return at_ms
