"""What every caption format comes down to: cues of lines of pieces, before they become words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

# No video lasts 500 hours; what is later is a mistake, and every time fits 32 bits.
LATEST_MS = 500 * 3_600_000

# Zero-width and directional characters carry no speech and break words apart.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


class CuePiece(NamedTuple):
    """A run of text; `at_ms` is when it starts, where the captions say so.

    `speaker` is the name of the voice span (`<v Name>`) it stands in, "" outside of any; `marked`
    says that it is underlined, coloured or the like.
    """

    text: str
    at_ms: int | None = None
    speaker: str = ""
    marked: bool = False


class Cue(NamedTuple):
    """Lines shown from `start_ms` to `end_ms`."""

    start_ms: int
    end_ms: int
    lines: tuple[tuple[CuePiece, ...], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The plain text of each line, with white space folded."""
        return tuple(
            " ".join((line[0].text if len(line) == 1 else "".join([p.text for p in line])).split())
            for line in self.lines
        )

    @property
    def word_timed(self) -> bool:
        """Whether any word inside carries a time of its own."""
        for line in self.lines:
            for piece in line:
                if piece.at_ms is not None:
                    return True
        return False


def without_hidden(text: str) -> str:
    """Return the text without zero-width, directional and control characters."""
    if text.isprintable():
        return text
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text))


def vtt_time(ms: int) -> str:
    """A time as WebVTT writes it: `00:01:23.450`."""
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def note(count: int, one: str, several: str) -> tuple[str, ...]:
    """A note of how many there are, in words that fit the number; none where there are none."""
    if count < 1:
        return ()
    return (f"{count} {one if count == 1 else several}",)


def lines_named(numbers: Sequence[int]) -> str:
    """Name lines: `line 3`, `lines 3-5, 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    named = ", ".join("-".join(map(str, run)) for run in runs)
    return f"{'lines' if len(numbers) > 1 else 'line'} {named}"
