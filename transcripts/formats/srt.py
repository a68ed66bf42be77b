"""SubRip (SRT) into cues: the same cues as WebVTT, with counters and comma times."""

from __future__ import annotations

import re

from transcripts.formats.cues import Cue
from transcripts.formats.vtt import read_vtt

_POSITION = re.compile(r"\{\\an?\d{1,2}\}")


def read_srt(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read SRT; return its cues in the order of time, and notes on what could not be read.

    Raises TranscriptError when there is nothing to read.
    """
    return read_vtt(_POSITION.sub("", text).lstrip("\r\n \t"))
