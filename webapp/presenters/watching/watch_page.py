"""The page of one video: the transcript as it is read, from where on, and what links keep of it."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field

from catalog import Video
from indexer import Generation, TrackMentions
from transcripts import Sentence, Transcript
from webapp.presenters.watching.find_in_video import VideoMatches, spans_by_place, video_matches
from webapp.presenters.watching.transcript import (
    SECOND_MS,
    LandingExcerpt,
    landing_excerpt,
    marked_turns,
    sentence_at,
)
from webapp.presenters.watching.transcript_layout import layout_of
from webapp.presenters.watching.transcript_parts import (
    TranscriptPart,
    cut_parts,
    part_typed,
    part_with,
)
from webapp.presenters.watching.transcript_sections import TranscriptSection, take_sections
from webapp.rendering.addresses import WatchLinks


@dataclass(frozen=True, slots=True)
class ShownTranscript:
    """The transcript as it is read: its sections, where a link lands in it, what was found in it.

    Of a long transcript they are those of one `part`. `language` is "" without a transcript.
    `punctuated` says that it is read with punctuation that its captions lack. `unclear` are the
    sentences, by their ids, that a link has to name beside their second; `markup` is what was
    written of its turns.
    """

    language: str
    sections: tuple[TranscriptSection, ...]
    part: TranscriptPart
    landing: LandingExcerpt | None
    found: VideoMatches
    punctuated: bool = False
    unclear: frozenset[str] = frozenset()
    markup: MutableMapping[object, str] = field(default_factory=dict)

    @property
    def folds(self) -> bool:
        """Whether there is more than is read in one go."""
        return len(self.sections) > 1


def time_in(video: Video, transcript: Transcript | None, at_ms: int | None) -> int | None:
    """A time in a video; one beyond its end is no time at all, it is played from the beginning."""
    sentences = transcript.sentences if transcript else ()
    end_ms = video.duration_ms or (sentences[-1].end_ms if sentences else None)
    return None if at_ms is not None and end_ms is not None and at_ms >= end_ms else at_ms


def caption_choices(
    languages: Sequence[str], shown: ShownTranscript
) -> tuple[tuple[str, bool], ...]:
    """The languages of the captions, and which of them is shown; none where there is no choice."""
    several = languages if len(languages) > 1 else ()
    return tuple((code, code == shown.language) for code in several)


def watch_links(languages: tuple[str, ...], shown: ShownTranscript, question: str) -> WatchLinks:
    """How the links of the page keep what is shown on it."""
    usual = not languages or shown.language == languages[0]
    part = shown.part.number if shown.part.count > 1 else None
    return WatchLinks("" if usual else shown.language, question, part, shown.unclear)


def shown_transcript(
    generation: Generation,
    video: Video,
    transcript: Transcript | None,
    at_ms: int | None,
    typed: str | None,
    text: str,
    line: str = "",
) -> ShownTranscript:
    """Lay out the part of a transcript that a page shows, which may be without one.

    It is the part in which a time is, else the one that is `typed`, else the first that says
    anything of the `text` searched for. `line` is the id of the sentence that is meant by the time.
    """
    if transcript is None:
        return ShownTranscript("", (), cut_parts(())[0], None, VideoMatches(text))
    layout, sentences = layout_of(generation, video, transcript), transcript.sentences
    ids, parts = layout.ids, layout.parts
    wanted = part_typed(parts, typed)
    place = _named(sentences, ids, at_ms, line)
    place = _place(sentences, at_ms, wanted) if place is None else place
    within = _within(generation, transcript, text)
    if place is not None:
        part = part_with(parts, place)
    else:
        said_first = next(iter(within.starts_ms), 0) if within else 0
        part = wanted or part_with(parts, said_first)
    plain, readable = layout.laid_out(part), layout.readable
    spans = spans_by_place(within, part.places)
    turns = marked_turns(plain.turns, sentences, part.first, place, spans, readable)
    return ShownTranscript(
        transcript.track.language,
        take_sections(turns, plain.cuts, part.first),
        part,
        None if place is None else landing_excerpt(transcript, place, readable, ids),
        video_matches(
            text,
            within,
            ids,
            place,
            part.places,
            lambda at: part_with(parts, at).number,
            video.duration_ms or 0,
        ),
        punctuated=bool(readable),
        unclear=plain.unclear,
        markup=plain.markup,
    )


def _named(
    sentences: Sequence[Sentence], ids: Sequence[str], at_ms: int | None, line: str
) -> int | None:
    """The sentence that a link names beside its second, if it still begins in it."""
    place = ids.index(line) if line in ids else None
    if place is None or at_ms is None:
        return None
    return place if 0 <= sentences[place].start_ms - at_ms < SECOND_MS else None


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
