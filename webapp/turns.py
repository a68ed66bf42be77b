"""A transcript as people read it: who speaks, sentence by sentence, each with its own second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from transcripts import Sentence, Transcript

LEAD_MS = 1500
LONGEST_TURN_MS = 40_000
EXCERPT_CHARACTERS = 280


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the transcript. `anchor` is its id on the page, unique there.

    `heard` are the names that the captions misheard in it.
    """

    start_ms: int
    text: str
    anchor: str
    current: bool = False
    question: bool = False
    heard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until another does, or for as long as a paragraph is readable."""

    speaker: str
    lines: tuple[Line, ...]

    @property
    def start_ms(self) -> int:
        """When the turn begins."""
        return self.lines[0].start_ms


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a link to a second lands: who speaks, the sentence there and how it goes on."""

    speaker: str
    text: str
    anchor: str


def sentence_at(sentences: Sequence[Sentence], at_ms: int) -> int | None:
    """The place of the sentence that a link to this time means.

    Links carry whole seconds and begin just before the first word, so a sentence that begins
    right after the time is meant rather than the one that is still being said.
    """
    for place, sentence in enumerate(sentences):
        if at_ms <= sentence.start_ms <= at_ms + LEAD_MS:
            return place
    begun = [place for place, sentence in enumerate(sentences) if sentence.start_ms <= at_ms]
    return begun[-1] if begun else (0 if sentences else None)


def anchors(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """An id for each sentence: `s` and its milliseconds, told apart where two begin together."""
    used: Counter[int] = Counter()
    ids = []
    for sentence in sentences:
        nth = used[sentence.start_ms]
        ids.append(f"s{sentence.start_ms}-{nth}" if nth else f"s{sentence.start_ms}")
        used[sentence.start_ms] += 1
    return tuple(ids)


def take_turns(
    transcript: Transcript,
    current: int | None = None,
    heard: Mapping[int, tuple[str, ...]] = MappingProxyType({}),
) -> tuple[Turn, ...]:
    """Group sentences by who says them; `current` is the place of the one to mark.

    `heard` are the names that captions misheard, by the place of the sentence.
    """
    runs: list[list[int]] = []
    sentences = transcript.sentences
    for place in range(len(sentences)):
        if not runs or _turns_at(sentences, runs[-1][0], place):
            runs.append([])
        runs[-1].append(place)
    ids = anchors(sentences)
    return tuple(
        Turn(
            sentences[run[0]].speaker,
            tuple(
                _line(sentences[place], ids[place], place == current, heard.get(place, ()))
                for place in run
            ),
        )
        for run in runs
    )


def _turns_at(sentences: Sequence[Sentence], first: int, place: int) -> bool:
    before, here = sentences[place - 1], sentences[place]
    asks = here.question and not before.question
    too_long = here.end_ms - sentences[first].start_ms > LONGEST_TURN_MS
    return here.speaker != before.speaker or asks or too_long


def _line(sentence: Sentence, anchor: str, current: bool, heard: tuple[str, ...]) -> Line:
    return Line(sentence.start_ms, sentence.text, anchor, current, sentence.question, heard)


def landing(transcript: Transcript, place: int) -> Landing:
    """The sentence at a place and as many after it as are read at a glance."""
    here = transcript.sentences[place]
    text = here.text
    for sentence in transcript.sentences[place + 1 :]:
        if len(text) + len(sentence.text) > EXCERPT_CHARACTERS:
            break
        text = f"{text} {sentence.text}"
    return Landing(here.speaker, text, anchors(transcript.sentences)[place])
