"""A long transcript in parts, each as much as one page may hold."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from transcripts import Sentence
from webapp.presenters.watching.transcript import SECOND_MS
from webapp.rendering.pagination import typed_number

# About an hour of talk is one part: its page is well below 100 KB, sent with all it needs.
MOST_CHARACTERS = 130_000
# What a sentence needs beside its words: a link and a place.
BESIDE_WORDS = 80


@dataclass(frozen=True, slots=True)
class TranscriptPart:
    """One part of several: its sentences from `first` to `last` (exclusive).

    `number` counts from 1. `next_ms` is when the next part begins, None for the last one.
    """

    number: int
    count: int
    first: int
    last: int
    start_ms: int
    end_ms: int
    next_ms: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether there is no other part."""
        return self.count == 1

    @property
    def before(self) -> int:
        """The number of the part before it, 0 for the first."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the part after it, 0 for the last."""
        return self.number + 1 if self.number < self.count else 0

    @property
    def places(self) -> range:
        """The places of its sentences in the transcript."""
        return range(self.first, self.last)

    def says_at(self, at_ms: int) -> bool:
        """Whether something of it is said in the second that begins at a time."""
        return self.start_ms < at_ms + SECOND_MS and at_ms <= self.end_ms


def cut_parts(sentences: Sequence[Sentence]) -> tuple[TranscriptPart, ...]:
    """Cut a transcript into as few parts as pages can hold, all about the same size.

    Every sentence is in exactly one, in order; there is always a part, if an empty one.
    """
    if not sentences:
        return (TranscriptPart(1, 1, 0, 0, 0, 0),)
    cuts = even_cuts([_size(sentence) for sentence in sentences], MOST_CHARACTERS)
    edges = [0, *cuts, len(sentences)]
    return tuple(
        TranscriptPart(
            number,
            len(edges) - 1,
            first,
            last,
            sentences[first].start_ms,
            sentences[last - 1].end_ms,
            sentences[last].start_ms if last < len(sentences) else None,
        )
        for number, (first, last) in enumerate(pairwise(edges), start=1)
    )


def even_cuts(sizes: Sequence[int], most: int) -> list[int]:
    """Where to cut things of these sizes into few pieces, all alike, none much above `most`."""
    ends = list(accumulate(sizes))
    wanted = -(-ends[-1] // most) if ends else 0
    cuts = {bisect_right(ends, ends[-1] * n // wanted) for n in range(1, wanted)}
    return sorted(cuts - {0, len(ends)})


def part_with(parts: Sequence[TranscriptPart], place: int) -> TranscriptPart:
    """The part that holds the sentence at a place."""
    return parts[bisect_right([part.first for part in parts], place) - 1]


def part_typed(parts: Sequence[TranscriptPart], typed: str | None) -> TranscriptPart | None:
    """The part that `?part=` asks for; None for anything that is no part."""
    number = typed_number(typed) or 0
    return parts[number - 1] if 0 < number <= len(parts) else None


def _size(sentence: Sentence) -> int:
    return len(sentence.text) + len(sentence.speaker) + BESIDE_WORDS
