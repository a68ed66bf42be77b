"""The transcript under headings: what is said between one chapter and the next can be folded."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog import Video
from transcripts import Sentence
from webapp.presenters.watching.transcript import LEAD_MS, TranscriptTurn
from webapp.presenters.watching.transcript_parts import even_cuts

# Five to seven minutes of talk, which is about 5,000 px on a phone.
MOST_CHARACTERS = 6_000
# What is no longer than this is read in one go.
READ_IN_ONE_GO = 9_000


@dataclass(frozen=True, slots=True)
class TranscriptSection:
    """What is said under one heading, in one part of the transcript.

    `title` is that of a chapter, or a question that is answered from there on; "" where there is
    none. `goes_on` says that it began in a section before. So many sentences of it were `found`.
    `is_open` sections are unfolded at first.
    """

    turns: tuple[TranscriptTurn, ...]
    title: str = ""
    goes_on: bool = False
    found: int = 0
    is_open: bool = True

    @property
    def start_ms(self) -> int:
        """When the section begins."""
        return self.turns[0].start_ms


@dataclass(frozen=True, slots=True)
class Cut:
    """The place of the sentence that a section begins with, and its title."""

    place: int
    title: str = ""
    goes_on: bool = False


def cut_sections(video: Video, sentences: Sequence[Sentence], shown: range) -> tuple[Cut, ...]:
    """Cut the sentences that are shown at chapters, else at questions; nowhere if they are few.

    Where more is said than is read in one go, a section is cut again, into equal pieces.
    """
    if sum(len(sentences[place].text) for place in shown) <= READ_IN_ONE_GO:
        return ()
    named = _titles(video, sentences)
    inside = [cut for cut in named if cut.place in shown]
    if not inside or inside[0].place != shown.start:
        before = [cut for cut in named if cut.place < shown.start]
        title = before[-1].title if before else ""
        inside.insert(0, Cut(shown.start, title, goes_on=bool(title)))
    ends = [*(cut.place for cut in inside[1:]), shown.stop]
    return tuple(
        piece
        for cut, end in zip(inside, ends, strict=True)
        for piece in _pieces(cut, sentences, end)
    )


def take_sections(
    turns: Iterable[TranscriptTurn], cuts: Sequence[Cut], first: int
) -> tuple[TranscriptSection, ...]:
    """Put turns under the headings that they were cut at; all under none where there is none.

    `first` is the place of the first sentence. Open is what holds the current sentence, else the
    first that was found, else the first of all.
    """
    turns = tuple(turns)
    if not cuts:
        return (TranscriptSection(turns),) if turns else ()
    groups: list[list[TranscriptTurn]] = [[] for _ in cuts]
    places, place = [cut.place for cut in cuts], first
    for turn in turns:
        groups[bisect_left(places, place + 1) - 1].append(turn)
        place += len(turn.lines)
    lines = [[line for turn in group for line in turn.lines] for group in groups]
    found = [sum(line.found for line in group) for group in lines]
    current = [any(line.current for line in group) for group in lines]
    opened = next((n for flags in (current, found) for n, one in enumerate(flags) if one), 0)
    return tuple(
        TranscriptSection(tuple(group), cut.title, cut.goes_on, found[n], n == opened)
        for n, (cut, group) in enumerate(zip(cuts, groups, strict=True))
    )


def _titles(video: Video, sentences: Sequence[Sentence]) -> list[Cut]:
    """Where in all of the talk a title begins; of those that begin together the last one."""
    chapters = [(chapter.start_ms, chapter.title) for chapter in video.chapters]
    asked = [(one.start_ms, one.text) for one in video.questions if one.start_ms is not None]
    starts = [sentence.start_ms for sentence in sentences]
    at = {bisect_left(starts, ms - LEAD_MS): title for ms, title in sorted(chapters or asked)}
    return [Cut(place, title) for place, title in at.items() if place < len(sentences)]


def _pieces(cut: Cut, sentences: Sequence[Sentence], end: int) -> Iterable[Cut]:
    lengths = [len(sentences[place].text) for place in range(cut.place, end)]
    yield cut
    for piece in even_cuts(lengths, MOST_CHARACTERS):
        yield Cut(cut.place + piece, cut.title, goes_on=bool(cut.title))
