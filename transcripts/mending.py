"""Mends the text of a VTT or SRT file where a strict reader would drop speech in silence."""

from __future__ import annotations

import re
from typing import NamedTuple

_ARROW = re.compile(r"[ \t]*\d[\d:.,]*[ \t]*-->")
_CLOCK = re.compile(r"(?:(\d{1,10}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?(?![\d:])")
_BLOCKS = ("NOTE", "STYLE", "REGION", "WEBVTT", "X-TIMESTAMP-MAP")
_COUNTER = re.compile(r"[ \t]*\d{1,9}[ \t]*\Z")
_LAST_CUE_MS = 3_000


class Mended(NamedTuple):
    """The mended text as WebVTT, how many cues it announces, and notes on what was mended."""

    text: str
    announced: int
    notes: tuple[str, ...]


def mend(text: str) -> Mended:
    """Return valid WebVTT with nothing left out.

    Comma times become dots, an end that cannot be read becomes three seconds after its start, a
    missing header is written, and text behind a stray blank line stays with the cue before it.
    """
    lines = re.split(r"\r\n|\r|\n", text)
    announced = guessed = stray = 0
    out: list[str] = []
    for number, line in enumerate(lines):
        if _ARROW.match(line):
            announced += 1
            mended = _timing(line)
            guessed += mended is not None and mended[1]
            out.append(mended[0] if mended else line)
        elif not line and announced and _is_stray(lines, number + 1):
            stray += 1
        else:
            out.append(line)
    if not out or not out[0].startswith("WEBVTT"):
        out[:0] = ["WEBVTT", ""]
    return Mended("\n".join(out), announced, _notes(guessed, stray))


def _notes(guessed: int, stray: int) -> tuple[str, ...]:
    said = (
        (guessed, f"{guessed} cues have no end that can be read; three seconds were assumed"),
        (stray, f"{stray} blank lines inside cues were overlooked"),
    )
    return tuple(note for count, note in said if count)


def _timing(line: str) -> tuple[str, bool] | None:
    """Return the timing line in its usual form, and whether its end was guessed."""
    left, _, right = line.partition("-->")
    start = _CLOCK.match(left.strip())
    if not start or not _possible(start):
        return None
    end = _CLOCK.match(right.strip())
    if end and _possible(end):
        return f"{_written(_ms(start))} --> {_written(_ms(end))}", False
    return f"{_written(_ms(start))} --> {_written(_ms(start) + _LAST_CUE_MS)}", True


def _possible(clock: re.Match[str]) -> bool:
    return int(clock[2]) < 60 and int(clock[3]) < 60


def _ms(clock: re.Match[str]) -> int:
    hours, minutes, seconds = int(clock[1] or 0), int(clock[2]), int(clock[3])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((clock[4] or "0").ljust(3, "0"))


def _written(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def _is_stray(lines: list[str], begin: int) -> bool:
    """Tell whether the block after a blank line is text that no timing line announces."""
    block = [line for line in lines[begin : begin + 2] if line]
    if not block or not lines[begin] or lines[begin].startswith(_BLOCKS):
        return False
    head = lines[begin]
    following = lines[begin + 1] if begin + 1 < len(lines) else ""
    return not _ARROW.match(head) and not _ARROW.match(following) and not _COUNTER.match(head)
