"""What a link to a quote leads to now: its words in the captions as they are, and what to play."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from catalog import Library, Video, base_language
from indexer import Generation
from transcripts import Transcript, find_quote
from webapp.presenters.sharing.quotation import (
    Quotation,
    end_of_choice,
    is_short,
    longer_and_shorter,
    quotation,
    read_query,
)
from webapp.presenters.watching.player import Clip, clip, player_of
from webapp.presenters.watching.transcript import sentence_at
from webapp.rendering.addresses import page_path
from webapp.rendering.moment_links import read_time

State = Literal["same", "changed", "lost", "no-track", "damaged", "video"]


@dataclass(frozen=True, slots=True)
class OpenedQuote:
    """What a link leads to now: the quote, or why there is none, and what to play.

    `end_ms` is None where the part to play has no end.
    """

    state: State
    video: Video
    language: str
    start_ms: int
    end_ms: int | None
    quoted: Quotation | None = None
    transcript: Transcript | None = None

    @property
    def spoken(self) -> str:
        """The language of the words, "" without any."""
        return self.language if self.quoted else ""

    @property
    def path(self) -> str:
        """The page of the quote, "" where there is none."""
        return page_path("quote", self.video.slug, self.quoted.query) if self.quoted else ""

    @property
    def steps(self) -> dict[str, str]:
        """The pages of the same quote with a sentence more or less."""
        if self.quoted is None or self.transcript is None:
            return {}
        queries = longer_and_shorter(self.quoted, self.transcript.sentences)
        return {name: page_path("quote", self.video.slug, query) for name, query in queries.items()}


def open_quote(generation: Generation, video: Video, asked: Mapping[str, str]) -> OpenedQuote:
    """Find what a link quotes, by what is `asked` in its query, or say why not."""
    own = generation.languages(video.slug)
    language, start = asked.get("lang") or "".join(own[:1]), asked.get("from", "")
    wanted = read_query(asked.get("words", ""), start, asked.get("to", ""))
    if wanted is None:
        start_ms = read_time(start) or 0
        return _within(OpenedQuote("damaged", video, language, start_ms, None))
    there = OpenedQuote("lost", video, language, wanted.start_ms, wanted.end_ms)
    transcript = track_of(generation, video.slug, language)
    if transcript is None:
        return _within(replace(there, state="no-track"))
    found = find_quote(wanted, transcript.sentences)
    if found is None:
        return _within(there)
    if not is_short(transcript.sentences[found.first : found.last]):
        return _within(replace(there, state="damaged", end_ms=None))
    quoted = quotation(transcript, found.first, found.last, video, generation.catalogue)
    return OpenedQuote(
        "same" if found.same else "changed",
        video,
        quoted.language,
        quoted.start_ms,
        quoted.end_ms,
        quoted,
        transcript,
    )


def quote_from(generation: Generation, video: Video, asked: Mapping[str, str]) -> Quotation | None:
    """Quote what is said from a time on, in captions as they are now; None without any."""
    transcript = track_of(generation, video.slug, asked.get("lang", "")) or generation.transcript(
        video.slug
    )
    sentences = transcript.sentences if transcript else ()
    first = sentence_at(sentences, read_time(asked.get("from", "")) or 0)
    if transcript is None or first is None:
        return None
    last = end_of_choice(sentences, first, read_time(asked.get("to", "")))
    return quotation(transcript, first, last, video, generation.catalogue)


def track_of(generation: Generation, slug: str, language: str) -> Transcript | None:
    """The transcript in a language, or else in another variant of it (`en-US` for `en`)."""
    codes = generation.languages(slug)
    same = [code for code in codes if code.lower() == language.lower()] or [
        code for code in codes if base_language(code) == base_language(language)
    ]
    return generation.transcript(slug, same[0]) if same else None


def clip_of(generation: Generation, library: Library, opened: OpenedQuote) -> Clip:
    """The part of a video that a link leads to, ready to be played."""
    languages = generation.languages(opened.video.slug)
    player = player_of(opened.video, library, opened.start_ms, languages, opened.language)
    return clip(player, opened.start_ms, opened.end_ms)


def _within(opened: OpenedQuote) -> OpenedQuote:
    """A part beyond the end of the video is none: play from the beginning."""
    end_ms = opened.video.duration_ms
    beyond = end_ms is not None and opened.start_ms >= end_ms
    return replace(opened, start_ms=0, end_ms=None) if beyond else opened
