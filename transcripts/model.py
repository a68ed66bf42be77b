"""What is said: tracks, words, sentences and passages, as frozen values. Times are milliseconds."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

TrackKind = Literal["manual", "auto", "translated"]
# What a passage is when it is no answer; "" most are none of these.
Aside = Literal["", "greeting", "farewell", "sponsor"]
# The best first; of sites the first three are asked for, the others are read as well.
FETCHED_FORMATS = ("json3", "vtt", "srt")
CAPTION_FORMATS = (
    *FETCHED_FORMATS,
    "srv3",
    "ttml",
    "dfxp",
    "sbv",
    "ass",
    "ssa",
    "lrc",
    "json",
    "smi",
    "sub",
)


@dataclass(frozen=True, slots=True)
class Track:
    """The captions of one video in one language and kind, as a file in the library.

    `made_by` names the speech model that wrote it here; "" where nobody knows of one.
    """

    video: str
    language: str
    kind: TrackKind
    ext: str
    path: Path
    made_by: str = ""

    @property
    def name(self) -> str:
        """The track's file as people know it: `en.auto.json3`."""
        return f"{self.language}.{self.kind}.{self.ext}"


class Word(NamedTuple):
    """One spoken word. `timed` is False where its time was interpolated inside a cue.

    `speaker` is the name that the captions give, if any; `turn` marks the first word after
    the captions show a change of speaker.
    """

    text: str
    start_ms: int
    end_ms: int
    timed: bool = True
    speaker: str = ""
    turn: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or as near as the captions allow: words `first` to `last` (exclusive).

    `turn` counts the changes of speaker that the captions show before it: somebody else says a
    sentence of another turn. `speaker` is "" where they name nobody.
    `stops` are where, in captions without punctuation, sentences end as people write them: behind
    which characters of `text`, and whether that one asks.
    """

    start_ms: int
    end_ms: int
    text: str
    first: int
    last: int
    speaker: str = ""
    question: bool = False
    turn: int = 0
    stops: tuple[tuple[int, bool], ...] = ()

    @property
    def voice(self) -> str | int:
        """Whose words it is of: sentences in a row with the same voice are one person's."""
        return self.speaker or self.turn


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is indexed: sentences `first` to `last` (exclusive) of one transcript."""

    start_ms: int
    end_ms: int
    first: int
    last: int
    aside: Aside = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What one track says. `notes` are sentences about what could not be read."""

    track: Track
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    notes: tuple[str, ...] = ()
