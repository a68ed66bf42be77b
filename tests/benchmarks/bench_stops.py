"""How well punctuation is given back to captions that people punctuated, once it is taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transcripts import Track, read_track
from transcripts.model import Word
from transcripts.segmentation.clauses import bare
from transcripts.segmentation.sentences import is_ended, is_punctuated
from transcripts.segmentation.stop_weights import pause_ms
from transcripts.segmentation.stops import stops_of

Marks = NDArray[np.bool_]
PAUSES_MS = range(50, 1500, 50)
# Automatic captions from which nothing was learned.
HEARD = ("books", "speech")
FEWEST_ASKED = 20


class Talk(NamedTuple):
    """The words of a talk without case and punctuation, and where its sentences end and ask."""

    words: tuple[Word, ...]
    ends: Marks
    asked: Marks


class Score(NamedTuple):
    """How many of those found are right, how many of those there were are found, and both."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)

    @property
    def shown(self) -> Iterator[str]:
        """All three as a report has them."""
        return (f"{value:.3f}" for value in (self.precision, self.recall, self.f1))


def given_back(talks: Path, automatic: Path) -> Iterator[tuple[str, ...]]:
    """Rows of a report: the talks that nothing was learned from, and automatic captions."""
    yield "Punctuation given back", "precision", "recall", "F1"
    files = {
        "talks": sorted(talks.glob("captions/*/en.manual.vtt"))[1::2],
        "automatic captions": [file for name in HEARD for file in automatic.glob(f"{name}.en.*")],
    }
    for name, there in files.items():
        said = [talk for talk in map(talk_in, there) if talk]
        if said:
            ends, asked = scores(said)
            yield f"{name}: sentence ends", *ends.shown
            yield f"{name}: a full stop at each pause instead", *best_pause(said).shown
            if sum(int(talk.asked.sum()) for talk in said) >= FEWEST_ASKED:
                yield f"{name}: question marks", *asked.shown


def talk_in(file: Path) -> Talk | None:
    """Read captions and take their punctuation away; None where they have none."""
    language, kind, ext = file.name.split(".")[-3:]
    words = read_track(Track(file.parent.name, language, kind, ext, file)).words  # type: ignore[arg-type]  # as named
    if not is_punctuated(words):
        return None
    ends = np.array([is_ended(word.text) for word in words])
    asked = np.array(["?" in word.text[-3:] for word in words])
    stripped = tuple(word._replace(text=bare(word.text) or word.text.lower()) for word in words)
    return Talk(stripped, ends, ends & asked)


def scores(talks: Sequence[Talk]) -> tuple[Score, Score]:
    """How well the ends of sentences are found, and those of questions."""
    ends, asked = [], []
    for talk in talks:
        found = stops_of(talk.words, "en")
        ends.append(_marked(len(talk.words), (stop.last for stop in found)))
        asked.append(_marked(len(talk.words), (stop.last for stop in found if stop.asks)))
    return (
        score(np.concatenate(ends), np.concatenate([talk.ends for talk in talks])),
        score(np.concatenate(asked), np.concatenate([talk.asked for talk in talks])),
    )


def _marked(count: int, places: Iterator[int]) -> Marks:
    marks = np.zeros(count, np.bool_)
    marks[list(places)] = True
    return marks


def best_pause(talks: Sequence[Talk]) -> Score:
    """A full stop wherever speech pauses for so long, by the length that does best on these."""
    pauses = np.concatenate([_pauses(talk.words) for talk in talks])
    ends = np.concatenate([talk.ends for talk in talks])
    return max((score(pauses >= least, ends) for least in PAUSES_MS), key=lambda one: one.f1)


def _pauses(words: Sequence[Word]) -> NDArray[np.int64]:
    return np.array([*(pause_ms(words, n) for n in range(len(words) - 1)), 10_000])


def score(found: Marks, there: Marks) -> Score:
    """Compare marks with those that are there."""
    right = int(np.sum(found & there))
    return Score(right / max(int(found.sum()), 1), right / max(int(there.sum()), 1))
