"""Mends the text of a VTT or SRT file where a strict reader would drop speech in silence."""

import re
from typing import NamedTuple

from transcripts.formats.cues import LATEST_MS, note, vtt_time

_SIDE = re.compile(r"[-\d:.,NaN]{0,30}\Z")
_CLOCK = re.compile(r"(?:(\d{1,10}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?(?![\d:])")
_BLOCK = re.compile(r"(NOTE|STYLE|REGION|WEBVTT|X-TIMESTAMP-MAP)(?!\w)")
_COUNTER = re.compile(r"[ \t]*\d{1,9}[ \t]*\Z")
_CUT_TIMING = re.compile(r"\d[\d:.,]*[ \t]*-{0,2}\Z")
_CUT_MARK = re.compile(
    r"(?:<(?:/?[a-zA-Z][\w.]*|/|\d\d[\d:.]*)?|&(?:#\d{0,6}|am?p?|[lg]t?|nb?s?p?|qu?o?t?)?)\Z"
)
_UNKNOWN_MS = 3_000


class RepairedText(NamedTuple):
    """The mended text as WebVTT, how many cues it announces, and notes on what was mended."""

    text: str
    announced: int
    notes: tuple[str, ...]


def repair(text: str) -> RepairedText:
    """Return valid WebVTT with nothing left out.

    Comma times become dots, a missing header is written, and text behind a stray blank line stays
    with the cue before it. A cue whose end cannot be read lasts three seconds; one whose start
    cannot be read follows the cue before it.
    """
    lines = re.split(r"\r\n|\r|\n", _CUT_MARK.sub("", text))
    announced = endless = unplaced = stray = shown_until = 0
    counter: int | None = None
    out: list[str] = []
    for number, line in enumerate(lines):
        times = _times(line)
        if times:
            announced += 1
            endless += times[1] is None
            unplaced += times[0] is None
            start, end = _guessed(times, shown_until)
            shown_until = max(end, start)
            counter = _part_counter(out, announced, counter)
            out.append(f"{vtt_time(start)} --> {vtt_time(end)}")
        elif not line and announced and _is_stray(lines, number + 1):
            stray += 1
        else:
            out.append(line.replace("-->", "--&gt;"))
    if not out[0].startswith("WEBVTT"):
        out[:0] = ["WEBVTT", ""]
    return RepairedText("\n".join(out), announced, _notes(endless, unplaced, stray))


def _notes(endless: int, unplaced: int, stray: int) -> tuple[str, ...]:
    no_end = "no end that can be read; three seconds were assumed"
    no_start = "no start that can be read;"
    return (
        *note(endless, f"cue has {no_end}", f"cues have {no_end}"),
        *note(
            unplaced,
            f"cue has {no_start} it follows the one before",
            f"cues have {no_start} they follow the one before",
        ),
        *note(
            stray,
            "blank line inside a cue was overlooked",
            "blank lines inside cues were overlooked",
        ),
    )


def _times(line: str) -> tuple[int | None, int | None] | None:
    """Return the start and end of a timing line, None where unreadable; None for other lines."""
    left, arrow, right = line.partition("-->")
    left, right = left.strip(), right.strip()[:30]
    if not arrow or not _SIDE.match(left) or ":" not in left + right:
        return None
    return _ms(left), _ms(right)


def _ms(text: str) -> int | None:
    clock = _CLOCK.match(text)
    if not clock or int(clock[3]) > 59 or (clock[1] and int(clock[2]) > 59):
        return None
    seconds = (int(clock[1] or 0) * 60 + int(clock[2])) * 60 + int(clock[3])
    return min(seconds * 1000 + int((clock[4] or "0").ljust(3, "0")[:3]), LATEST_MS)


def _guessed(times: tuple[int | None, int | None], shown_until: int) -> tuple[int, int]:
    """Put a guess where a time is unknown."""
    start, end = times
    if start is None:
        start = shown_until if end is None else min(shown_until, end)
    return start, start + _UNKNOWN_MS if end is None else end


def _part_counter(out: list[str], announced: int, before: int | None) -> int | None:
    """Part a cue's counter from the text before it, where no blank line does; return it.

    `before` is the counter of the cue before. Counting may begin anywhere, but what is not the
    next number is speech, and so is every number where the first cue has no counter.
    """
    number = int(out[-1]) if out and _COUNTER.match(out[-1]) else None
    if len(out) > 1 and out[-2]:
        if number == announced or (None not in {number, before} and number == (before or 0) + 1):
            out.insert(-1, "")
        elif before is None:
            return None
    elif announced > 1 and before is None:
        return None
    return before if number is None else number


def _is_stray(lines: list[str], begin: int) -> bool:
    """Whether the block after a blank line is text that no timing line announces."""
    head, following = [*lines[begin : begin + 2], "", ""][:2]
    if not head or _BLOCK.match(head) or _COUNTER.match(head):
        return False
    if begin == len(lines) - 1 and _CUT_TIMING.match(head):
        return False
    return _times(head) is None and _times(following) is None
