"""MicroDVD, which counts frames, and MPL2, which counts tenths of a second, into cues."""

import re

from transcripts.errors import TranscriptError
from transcripts.formats.cues import LATEST_MS, Cue, lines_named, note
from transcripts.formats.markup import lines_of

_UNKNOWN_MS = 3_000
_TENTHS = 10.0
_CUE = re.compile(r"\s*([{\[])(\d{1,9})[}\]][{\[](\d{0,9})[}\]](.*)")
_STYLE = re.compile(r"\s*\{DEFAULT\}", re.IGNORECASE)
_RATE = re.compile(r"\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*\Z")


def read_microdvd(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read MicroDVD or MPL2. Raises TranscriptError where nobody says how long a frame is."""
    rate = 0.0
    cues: list[Cue] = []
    untold: list[int] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")), start=1):
        cue = _CUE.match(line)
        if cue is None:
            untold += [number] if line.strip() and not _STYLE.match(line) else []
        elif not cues and cue[1] == "{" and cue[2] == cue[3] and (named := _RATE.match(cue[4])):
            rate = float(named[1].replace(",", "."))
        else:
            cues.append(_cue(cue, rate if cue[1] == "{" else _TENTHS))
    if not cues:
        raise TranscriptError("there are no cues in it; is it really a caption file?")
    left = "before or between the cues was left out"
    notes = note(
        len(untold), f"line {left} ({lines_named(untold)})", f"lines {left} ({lines_named(untold)})"
    )
    return tuple(sorted(cues, key=lambda one: one.start_ms)), notes


def _cue(found: re.Match[str], rate: float) -> Cue:
    if not rate:
        raise TranscriptError(
            "this is MicroDVD, which counts frames, and it does not say how many are a second; put "
            "that of the film above its first line, as {1}{1}25"
        )
    start = min(round(1000 * int(found[2]) / rate), LATEST_MS)
    end = round(1000 * int(found[3]) / rate) if found[3] else start + _UNKNOWN_MS
    texts = [line.removeprefix("/") for line in found[4].split("|")]
    return Cue(start, max(min(end, LATEST_MS), start), lines_of(texts))
