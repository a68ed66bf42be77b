"""The transcript of a page: turns by speaker, their sentences, each with its own second."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from types import MappingProxyType

from transcripts import Sentence, Transcript
from webapp.presenters.moments.readable import as_read, sentences_as_read
from webapp.presenters.moments.speakers import DASH, dashed, labels, spoken_turns
from webapp.rendering.highlights import Fragment, parted_at

SECOND_MS = 1000
# A moment begins so long before its first word, at most.
LEAD_MS = 250
LONGEST_TURN_MS = 40_000
EXCERPT_CHARACTERS = 280
_ENDS = (".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the transcript. `anchor` is its id on the page, unique there.

    `heard` are the names that the captions misheard in it. `said` is its text with what was
    searched for highlighted, `found` that there is any. `question` says that all of it asks; where
    only its beginning does, as it is read, that is in `asked` and no part of `said`.
    """

    start_ms: int
    text: str
    anchor: str
    said: tuple[Fragment, ...]
    found: bool = False
    current: bool = False
    question: bool = False
    heard: tuple[str, ...] = ()
    asked: tuple[Fragment, ...] = ()

    @property
    def classes(self) -> str:
        """How the sentence is styled."""
        return " ".join(["asks"] * self.question + ["is-found"] * self.found)


@dataclass(frozen=True, slots=True)
class TranscriptTurn:
    """What one speaker says until another does, or for as long as a paragraph is readable.

    `speaker` is "" where the captions name nobody, and where one without a name goes on. It
    `is_marked` where a sentence of it is found or current.
    """

    speaker: str
    lines: tuple[Line, ...]
    is_marked: bool = False

    @property
    def anchor(self) -> str:
        """The id of its first sentence."""
        return self.lines[0].anchor

    @property
    def named(self) -> bool:
        """Whether it is said who speaks, rather than only that another does."""
        return self.speaker not in ("", DASH)

    @property
    def start_ms(self) -> int:
        """When the turn begins."""
        return self.lines[0].start_ms


@dataclass(frozen=True, slots=True)
class LandingExcerpt:
    """Where a link to a second lands: the sentence there and how it goes on.

    `said` is who speaks and what they say, in turn.
    """

    said: tuple[tuple[str, str], ...]
    anchor: str


def sentence_at(sentences: Sequence[Sentence], at_ms: int) -> int | None:
    """The place of the sentence that a link to this time means.

    Links carry whole seconds and begin just before the first word: the last sentence that begins
    in this second is meant, or one right behind it unless another is still being said then.
    """
    return _meant(sentences, [sentence.start_ms for sentence in sentences], at_ms)


def _meant(sentences: Sequence[Sentence], starts: Sequence[int], at_ms: int) -> int | None:
    next_ms = at_ms + SECOND_MS
    meant = None
    for place in range(bisect_left(starts, at_ms), bisect_left(starts, next_ms + LEAD_MS)):
        goes_on = meant is not None and sentences[meant].end_ms >= next_ms
        if starts[place] < (next_ms if goes_on else next_ms + LEAD_MS):
            meant = place
    if meant is not None:
        return meant
    return max(0, bisect_right(starts, at_ms) - 1) if sentences else None


def unclear_places(sentences: Sequence[Sentence], places: Iterable[int]) -> Iterator[int]:
    """The sentences of which the second they begin in does not tell: it means another one."""
    starts = [sentence.start_ms for sentence in sentences]
    for place in places:
        second = starts[place] - starts[place] % SECOND_MS
        if _meant(sentences, starts, second) != place:
            yield place


def anchors(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """An id for each sentence: `s` and its milliseconds, told apart where two begin together."""
    used: dict[int, int] = {}
    ids = []
    for sentence in sentences:
        start_ms = sentence.start_ms
        nth = used[start_ms] = used.get(start_ms, -1) + 1
        ids.append(f"s{start_ms}-{nth}" if nth else f"s{start_ms}")
    return tuple(ids)


def take_turns(
    transcript: Transcript,
    heard: Mapping[int, tuple[str, ...]] = MappingProxyType({}),
    shown: range | None = None,
    cuts: Collection[int] = (),
    readable: Sequence[str] = (),
) -> tuple[TranscriptTurn, ...]:
    """Group sentences by who says them.

    Only those at the places `shown` are grouped, or all when there are none given.

    `heard` are the names that captions misheard, by the place of the sentence. `readable` are the
    sentences as they are read, where captions lack punctuation; a turn then begins where what is
    read does. At the places `cuts` one begins in any case.
    """
    runs: list[list[int]] = []
    sentences = transcript.sentences
    read = readable or [""] * len(sentences)
    for place in range(len(sentences)) if shown is None else shown:
        begun = not read[place - 1] or read[place - 1].endswith(_ENDS)
        if not runs or place in cuts or _turns_at(sentences, runs[-1][0], place, begun=begun):
            runs.append([])
        runs[-1].append(place)
    ids = anchors(sentences)
    named = _named(sentences)
    return tuple(
        TranscriptTurn(
            named.get(run[0], sentences[run[0]].speaker),
            tuple(
                _line(sentences[place], read[place], ids[place], heard=heard.get(place, ()))
                for place in run
            ),
        )
        for run in runs
    )


def marked_turns(
    turns: Iterable[TranscriptTurn],
    sentences: Sequence[Sentence],
    first: int,
    current: int | None = None,
    spans: Mapping[int, tuple[tuple[int, int], ...]] = MappingProxyType({}),
    readable: Sequence[str] = (),
) -> tuple[TranscriptTurn, ...]:
    """Mark in turns, of which the first begins at the place `first`, what was asked for.

    That is the sentence at the place `current`, and `spans` of sentences, by their places. A turn
    in which nothing is marked stays the same.
    """
    places = spans.keys() | ({current} if current is not None else ())
    marked: list[TranscriptTurn] = []
    for turn in turns:
        there = range(first, first + len(turn.lines))
        first = there.stop
        if not places.isdisjoint(there):
            lines = (
                _line(
                    sentences[place],
                    readable[place] if readable else "",
                    line.anchor,
                    spans.get(place, ()),
                    current=place == current,
                    heard=line.heard,
                )
                for place, line in zip(there, turn.lines, strict=True)
            )
            marked.append(replace(turn, lines=tuple(lines), is_marked=True))
        else:
            marked.append(turn)
    return tuple(marked)


def _line(
    sentence: Sentence,
    read: str,
    anchor: str,
    spans: Sequence[tuple[int, int]] = (),
    *,
    current: bool = False,
    heard: tuple[str, ...] = (),
) -> Line:
    """A sentence as a line; where it is `read`, with marks, only what has one asks."""
    said = as_read(sentence.text, read, spans)
    asking = read.rfind("?") + 1 if sentence.question else 0
    parted = 0 < asking < len(read)
    asked, rest = parted_at(said, asking) if parted else ((), said)
    question = sentence.question and not parted and (not read or asking > 0)
    found = any(one.mark for one in said)
    return Line(
        sentence.start_ms, sentence.text, anchor, rest, found, current, question, heard, asked
    )


def _named(sentences: Sequence[Sentence]) -> dict[int, str]:
    """The label of each speaker in a row, by the place of their first sentence."""
    begun = [
        place
        for place, sentence in enumerate(sentences)
        if not place or sentence.voice != sentences[place - 1].voice
    ]
    called = labels([(sentences[place].speaker, sentences[place].turn) for place in begun])
    return dict(zip(begun, map(dashed, called), strict=True))


def _turns_at(sentences: Sequence[Sentence], first: int, place: int, *, begun: bool) -> bool:
    """Whether a turn begins at a place; `begun` says that a sentence, as it is read, does."""
    before, here = sentences[place - 1], sentences[place]
    asks = here.question and not before.question
    length_ms = here.end_ms - sentences[first].start_ms
    too_long = length_ms > LONGEST_TURN_MS
    torn = not begun and length_ms <= 2 * LONGEST_TURN_MS
    return here.voice != before.voice or ((asks or too_long) and not torn)


def landing_excerpt(
    transcript: Transcript, place: int, readable: Sequence[str] = (), ids: Sequence[str] = ()
) -> LandingExcerpt:
    """The sentence at a place and as many after it as are read at a glance."""
    glance = slice(place, place + EXCERPT_CHARACTERS)
    sentences = sentences_as_read(transcript.sentences[glance], readable[glance])
    lengths = accumulate(len(sentence.text) + 1 for sentence in sentences)
    fits = sum(length <= EXCERPT_CHARACTERS + 1 for length in lengths)
    said = ((dashed(turn.speaker), turn.text) for turn in spoken_turns(sentences[: max(1, fits)]))
    known = ids or anchors(transcript.sentences[: place + 1])
    return LandingExcerpt(tuple(said), known[place])
