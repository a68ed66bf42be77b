"""The moments of the sheet: what is said in each, by whom, and the QR code that leads to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

import segno
from markupsafe import Markup

from catalog import Person, Series, Video
from indexer import Generation
from transcripts import Sentence, Transcript
from webapp.appointment.appointment_list import KeptMoment
from webapp.presenters.moments.readable import sentences_as_read
from webapp.presenters.moments.speakers import SpokenTurn, spoken_turns
from webapp.presenters.results.questions import cut_at_word
from webapp.presenters.watching.transcript import sentence_at
from webapp.rendering.addresses import watch_path

LONGEST_EXCERPT = 1600
WITHOUT_END_MS = 30_000
# A code that can be read from paper: longer addresses would need dots too small for that.
LONGEST = 330
QUIET = 4


Gone = Literal["", "video", "words"]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words of a moment; `goes_on` says that it had to be cut before its end.

    What was left out begins at `rest_ms` in the video. `captions` is the kind of the captions,
    `sentences` how many there are here. A person is presented once. `named` says that the captions
    name who says each of them; `heard` are the names that they misheard there. `punctuated` says
    that they are read with punctuation that the captions lack; `made_by` is the speech model that
    wrote the captions here, if one did.
    """

    said: tuple[SpokenTurn, ...]
    language: str
    captions: str
    goes_on: bool
    sentences: int
    named: bool
    heard: tuple[str, ...] = ()
    rest_ms: int = 0
    punctuated: bool = False
    made_by: str = ""

    @property
    def turns(self) -> tuple[tuple[SpokenTurn, bool], ...]:
        """What is said, in turn, and whether it is the last of words that go on."""
        last = len(self.said) - 1
        return tuple((turn, self.goes_on and n == last) for n, turn in enumerate(self.said))

    @property
    def length(self) -> int:
        """How many characters are shown, names of speakers included."""
        return sum(len(one.speaker) + len(one.text) for one in self.said)


@dataclass(frozen=True, slots=True)
class SheetMoment:
    """One moment of the sheet. `gone` tells what is not there any more: its video, or its words.

    `address` is the whole short link, `shown` the same without the scheme, to be typed by hand.
    `speakers` are the people of the video, for words that don't say who speaks.
    """

    kept: KeptMoment
    gone: Gone
    video: Video | None = None
    series: Series | None = None
    speakers: tuple[Person, ...] = ()
    excerpt: Excerpt | None = None
    address: str = ""
    shown: str = ""
    qr: str = ""

    @property
    def start_ms(self) -> int:
        """Where it begins in the video."""
        return self.kept.start_s * 1000

    @property
    def to_name(self) -> tuple[Person, ...]:
        """The people of the video, where its words do not say who of them speaks."""
        return self.speakers if self.excerpt and not self.excerpt.named else ()

    @property
    def watch(self) -> str:
        """The page that plays it, as a path."""
        return watch_path(self.kept.video, self.start_ms, self.kept.language)


def sheet_moment(
    generation: Generation, kept: KeptMoment, site: str, longest: int = LONGEST_EXCERPT
) -> SheetMoment:
    """Look a kept moment up, and at most `longest` characters of what is said in it.

    `site` is the address of the site, without a slash at its end.
    """
    catalogue = generation.catalogue
    video = catalogue.videos.get(kept.video)
    if video is None:
        return SheetMoment(kept, "video")
    speakers = catalogue.speakers_of(video)
    excerpt = _excerpt(generation, kept, speakers, longest)
    address = site + short_link(kept, video.language)
    return SheetMoment(
        kept,
        "" if excerpt else "words",
        video,
        catalogue.series_of(video),
        speakers,
        excerpt,
        address,
        address.partition("://")[2],
        draw_qr(address),
    )


def short_link(kept: KeptMoment, spoken: str = "") -> str:
    """The short path to a moment: `/m/just-diagnosed/83`, and `/es` when it is in another language.

    `spoken` is the video's own language.
    """
    other = f"/{quote(kept.language)}" if kept.language not in ("", spoken) else ""
    return f"/m/{quote(kept.video)}/{kept.start_s}{other}"


def _excerpt(
    generation: Generation, kept: KeptMoment, speakers: Sequence[Person], longest: int
) -> Excerpt | None:
    there = generation.languages(kept.video)
    if kept.language and kept.language not in there:
        return None
    transcript = generation.transcript(kept.video, kept.language or None)
    if transcript is None:
        return None
    sentences = transcript.sentences
    first = sentence_at(sentences, kept.start_s * 1000)
    if first is None or kept.start_s * 1000 >= sentences[-1].end_ms:
        return None
    track = transcript.track
    readable = generation.readable(track.video, track.language)
    read = replace(transcript, sentences=sentences_as_read(sentences, readable))
    excerpt = take_excerpt(read, first, kept, speakers, longest)
    readings = generation.readings(track.video, track.language)
    shown = range(first, first + excerpt.sentences)
    heard = (name for place in shown for name in readings.get(place, ()))
    return replace(excerpt, heard=tuple(dict.fromkeys(heard)), punctuated=bool(readable))


def take_excerpt(
    transcript: Transcript,
    first: int,
    kept: KeptMoment,
    people: Sequence[Person],
    longest: int = LONGEST_EXCERPT,
) -> Excerpt:
    """Whole sentences from a place on, to the moment's end or for as long as the sheet has room.

    Only a first sentence that is too long by itself is cut, at a word.
    """
    sentences = transcript.sentences
    end_ms = kept.end_s * 1000 if kept.end_s else kept.start_s * 1000 + WITHOUT_END_MS
    last = first + 1
    while last < len(sentences) and _middle(sentences[last]) < end_ms:
        last += 1
    fits = _fitting(sentences[first:last], longest)
    taken = list(sentences[first : first + fits])
    whole = len(taken[0].text) <= longest
    if not whole:
        taken[0] = replace(taken[0], text=cut_at_word(taken[0].text, longest))
    return Excerpt(
        tuple(_introduced(spoken_turns(taken, people))),
        transcript.track.language,
        transcript.track.kind,
        goes_on=not whole or first + fits < last,
        sentences=fits,
        named=all(sentence.speaker for sentence in taken),
        rest_ms=(sentences[first + fits].start_ms if first + fits < last else taken[-1].end_ms)
        if whole
        else taken[0].start_ms,
        made_by=transcript.track.made_by,
    )


def _middle(sentence: Sentence) -> float:
    """A link's end is a whole second, so a sentence belongs to where most of it is."""
    return (sentence.start_ms + sentence.end_ms) / 2


def _fitting(sentences: Sequence[Sentence], longest: int) -> int:
    """How many sentences there is room for; one at least."""
    length = 0
    for place, sentence in enumerate(sentences):
        length += len(sentence.text) + 1
        if place and length > longest:
            return place
    return len(sentences)


def _introduced(turns: Iterable[SpokenTurn]) -> Iterator[SpokenTurn]:
    """Turns that present a person only the first time that they speak."""
    told: set[str] = set()
    for turn in turns:
        yield replace(turn, person=None) if turn.speaker in told else turn
        told.add(turn.speaker)


@lru_cache(maxsize=500)
def draw_qr(text: str) -> Markup:
    """A QR code as SVG, with a quiet zone of four dots, at error correction M (15 %).

    Empty when the text is too long for paper. It is drawn here: no address on somebody's list is
    ever sent to a service to be drawn.
    """
    if len(text.encode()) > LONGEST:
        return Markup()
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(
        border=QUIET, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff"
    )
    return Markup(svg)  # noqa: S704 - segno's own drawing, without the text
