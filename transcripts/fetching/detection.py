"""What a file of captions looks like from outside: enough to tell captions from anything else.

Reading them is another module's work; here it is only decided whether they are worth keeping.
"""

import re

from transcripts.sites.outcomes import Outcome
from transcripts.text import encoding_of

_CUE = re.compile(r"\d\d:\d\d([.,])\d{3}\s*-->")
_HEAD = 64 * 1024


def form_of(content: bytes) -> str:
    """`json3`, `vtt` or `srt`, by the content alone; empty when it is none of them."""
    text = _text(content).lstrip()
    if text.startswith("WEBVTT"):
        return "vtt"
    if text.startswith("{"):
        return "json3" if '"events"' in text or '"wireMagic"' in text else ""
    cue = None if text.startswith("<") else _CUE.search(text[:_HEAD])
    return {",": "srt", ".": "vtt"}[cue[1]] if cue else ""


def worth_keeping(content: bytes) -> Outcome:
    """FETCHED for captions with words in them; else what is the matter with them."""
    if not content:
        return Outcome.WITHHELD
    text = _text(content)
    if not text.strip():
        return Outcome.EMPTY
    form = form_of(content)
    if not form:
        return Outcome.UNREADABLE
    has_words = re.search(r'"utf8"\s*:\s*"', text) if form == "json3" else "-->" in text
    return Outcome.FETCHED if has_words else Outcome.EMPTY


def damaged(content: bytes) -> bool:
    """Whether captions with words in them were lost; what has times a person may have written."""
    text = _text(content).lstrip()
    written = "-->" in text and "\x00" not in text and not text.startswith("<")
    return worth_keeping(content) is not Outcome.FETCHED and not written


def _text(content: bytes) -> str:
    return content.decode(encoding_of(content), "replace").removeprefix("\ufeff")
