"""Advanced SubStation Alpha (ASS, SSA) into cues: one `Dialogue:` line each."""

import re
from typing import NamedTuple

from transcripts.errors import TranscriptError
from transcripts.formats.cues import Cue, note, vtt_time
from transcripts.formats.markup import lines_of
from transcripts.formats.timings import clock_ms

_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect")
_UNKNOWN_MS = 3_000
_SUNG = re.compile(r"\{([^{}]{0,400}\\k[fot]?\d{1,6}[^{}]{0,400})\}", re.IGNORECASE)
_COMMENT = re.compile(r"\{[^{}\\]{0,2000}\}")
_LASTS = re.compile(r"\\k[fot]?(\d{1,6})", re.IGNORECASE)


class _Dialogue(NamedTuple):
    start_ms: int | None
    end_ms: int | None
    name: str
    text: str


def read_ass(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read ASS or SSA; return its cues in the order of time, and notes on what it lacks.

    Comments are not spoken. Raises TranscriptError when there is nothing to read.
    """
    fields: tuple[str, ...] = _FIELDS
    cues: list[Cue] = []
    unplaced: list[int] = []
    shown_until = 0
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        kind, _, rest = line.lstrip("\ufeff \t").partition(":")
        if kind == "Format" and "text" in rest.lower():
            fields = tuple(field.strip().lower() for field in rest.split(","))[:-1]
        if kind != "Dialogue":
            continue
        said = _dialogue(rest, fields)
        if said.start_ms is None:
            unplaced.append(number)
        start = shown_until if said.start_ms is None else said.start_ms
        end = start + _UNKNOWN_MS if said.end_ms is None else max(said.end_ms, start)
        shown_until = end
        cues.append(_cue(start, end, said))
    if not cues:
        raise TranscriptError("there are no cues in it; is it really a caption file?")
    no_start = "no start that can be read;"
    notes = note(
        len(unplaced),
        f"cue has {no_start} it follows the one before",
        f"cues have {no_start} they follow the one before",
    )
    return tuple(sorted(cues, key=lambda cue: cue.start_ms)), notes


def _dialogue(rest: str, fields: tuple[str, ...]) -> _Dialogue:
    values = rest.split(",", len(fields))
    known = dict(zip(fields, values, strict=False))
    text = values[-1] if len(values) > len(fields) else ""
    start, end = clock_ms(known.get("start", "")), clock_ms(known.get("end", ""))
    name = known.get("name", known.get("actor", "")).strip()
    return _Dialogue(start, end, name, text)


def _cue(start: int, end: int, said: _Dialogue) -> Cue:
    """A cue whose words have their own times where it is sung."""
    voice = f"<v {said.name}>" if said.name and "<" not in said.name + said.text else ""
    at = start

    def timed(mark: re.Match[str]) -> str:
        nonlocal at
        now, at = at, at + 10 * int((_LASTS.findall(mark[1]) or ["0"])[-1])
        return f"<{vtt_time(now)}>"

    return Cue(start, end, lines_of([voice + _SUNG.sub(timed, _COMMENT.sub("", said.text))]))
