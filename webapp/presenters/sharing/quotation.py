"""Quotations: whole sentences of a transcript with their speakers, and the links to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from catalog import Catalogue, Person, Video
from transcripts import (
    QuoteFingerprint,
    Sentence,
    TrackKind,
    Transcript,
    parse_quote,
    quote_fingerprint,
)
from webapp.presenters.moments.speakers import SpokenTurn, spoken_turns
from webapp.presenters.watching.transcript import EXCERPT_CHARACTERS
from webapp.rendering.moment_links import read_time

LONGEST_MS = 300_000


@dataclass(frozen=True, slots=True)
class Quotation:
    """Sentences `first` to `last` (exclusive) of a transcript, ready to be shown and shared.

    `query` is what a link to them carries behind its `?`, `made_by` the speech model that wrote the
    captions here, if one did.
    """

    video: Video
    language: str
    kind: TrackKind
    first: int
    last: int
    start_ms: int
    end_ms: int
    turns: tuple[SpokenTurn, ...]
    query: str
    made_by: str = ""

    @property
    def by(self) -> tuple[tuple[str, str], ...]:
        """Who says what, in turn; nobody is named where captions name nobody."""
        return tuple((turn.speaker, turn.text) for turn in self.turns)

    @property
    def known(self) -> tuple[Person, ...]:
        """Those of the catalogue who speak in it, each once."""
        return tuple(dict.fromkeys(turn.person for turn in self.turns if turn.person))

    @property
    def by_one(self) -> bool:
        """Whether it is all said by one whom the catalogue knows: named once, below the words."""
        return len(self.turns) == 1 and bool(self.known)

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(turn.text for turn in self.turns)

    @property
    def named(self) -> bool:
        """Whether captions say of every turn who speaks: only then they are a source."""
        return all(turn.heard_as for turn in self.turns)


def quotation(
    transcript: Transcript, first: int, last: int, video: Video, catalogue: Catalogue
) -> Quotation:
    """Quote some sentences, one after another, of which there is at least one."""
    run = transcript.sentences[first:last]
    quoted = quote_fingerprint(run)
    return Quotation(
        video,
        transcript.track.language,
        transcript.track.kind,
        first,
        last,
        quoted.start_ms,
        quoted.end_ms,
        spoken_turns(run, catalogue.speakers_of(video)),
        quote_query(quoted, transcript.track.language),
        transcript.track.made_by,
    )


def quote_query(quoted: QuoteFingerprint, language: str) -> str:
    """What a link to a quote carries. The end comes last, so that a link cut short is known."""
    return urlencode(
        {
            "lang": language,
            "from": seconds(quoted.start_ms),
            "words": quoted.words,
            "to": seconds(quoted.end_ms),
        }
    )


def read_query(words: str, start: str, end: str) -> QuoteFingerprint | None:
    """Read the words and times that a link carries; None where it is damaged."""
    start_ms, end_ms = read_time(start), read_time(end)
    if start_ms is None or end_ms is None or end_ms < start_ms:
        return None
    return parse_quote(words, start_ms, end_ms)


def seconds(ms: int) -> str:
    """A time as links carry it: `83.2`."""
    whole, rest = divmod(ms, 1000)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")


def longer_and_shorter(shown: Quotation, sentences: Sequence[Sentence]) -> dict[str, str]:
    """The queries of the same quote with a sentence more or less at either end, where it can be."""
    first, last = shown.first, shown.last
    choices = {
        "before": (first - 1, last),
        "after": (first, last + 1),
        "not-first": (first + 1, last),
        "not-last": (first, last - 1),
    }
    return {
        name: quote_query(quote_fingerprint(sentences[a:b]), shown.language)
        for name, (a, b) in choices.items()
        if 0 <= a < b <= len(sentences)
        if b - a < last - first or is_short(sentences[a:b])
    }


def end_of_choice(sentences: Sequence[Sentence], first: int, end_ms: int | None) -> int:
    """Where a quote that begins with sentence `first` ends: before `end_ms`, or at a glance."""
    last = first + 1
    while last < len(sentences) and is_short(sentences[first : last + 1]):
        text = sum(len(sentence.text) + 1 for sentence in sentences[first : last + 1])
        if (text > EXCERPT_CHARACTERS) if end_ms is None else sentences[last].start_ms >= end_ms:
            break
        last += 1
    return last


def is_short(run: Sequence[Sentence]) -> bool:
    """Whether sentences, one at least, may be quoted together: never so much as a whole talk."""
    return len(run) == 1 or run[-1].end_ms - run[0].start_ms <= LONGEST_MS
