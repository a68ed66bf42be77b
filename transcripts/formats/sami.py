"""SAMI (`.smi`) into cues: times, each with a paragraph for every language that the file is in.

https://learn.microsoft.com/en-us/previous-versions/windows/desktop/dnacc/understanding-sami-1.0
"""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from catalog import base_language
from transcripts.errors import TranscriptError
from transcripts.formats.cues import LATEST_MS, Cue
from transcripts.formats.markup import lines_of

_LONGEST_MS = 10_000
_SYNC = re.compile(r"<sync\b[^>]{0,200}?\bstart\s*=\s*[\"']?(\d{1,10})[^>]{0,200}>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b([^>]{0,200})>", re.IGNORECASE)
_CLASS = re.compile(r"\bclass\s*=\s*[\"']?([\w-]{1,60})", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"\.([\w-]{1,60})\s*\{[^{}]{0,400}?\blang\s*:\s*([\w-]{2,20})", re.IGNORECASE
)
_SOURCE = re.compile(r"\bid\s*=\s*[\"']?source\b", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:p|sync|body|sami)\s*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)


class _Paragraph(NamedTuple):
    """What is shown of a class from a time on; "" where it is cleared."""

    start_ms: int
    name: str
    text: str


def read_sami(text: str, language: str = "") -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read SAMI in a language, else in the first that it has; each text is shown until the next.

    Raises TranscriptError where there is nothing to read.
    """
    shown = sorted(_paragraphs(text), key=lambda one: one.start_ms)
    if not any(one.text for one in shown):
        raise TranscriptError("there are no cues in it; is it really a caption file?")
    known = {name.lower(): base_language(code) for name, code in _LANGUAGE.findall(text)}
    names = list(dict.fromkeys(one.name for one in shown if one.text and one.name))
    first = next(iter(names), "")
    wanted = next((one for one in names if known.get(one) == base_language(language)), first)
    others = ", ".join(name.upper() for name in names if name != wanted)
    several = f"it is in several languages: {wanted.upper()} was read, and not {others}"
    cues = _cues([one for one in shown if one.name in {wanted, ""}])
    return tuple(cues), (several,) if others else ()


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    syncs = list(_SYNC.finditer(text))
    ends = [*(sync.start() for sync in syncs[1:]), len(text)]
    for sync, end in zip(syncs, ends, strict=False):
        start = min(int(sync[1]), LATEST_MS)
        voice = ""
        first, *parts = _PARAGRAPH.split(_COMMENT.sub("", text[sync.end() : end]))
        for attributes, written in zip(("", *parts[::2]), (first, *parts[1::2]), strict=True):
            said = " ".join(_CLOSED.sub(" ", written).split())
            blank = not html.unescape(said).strip()
            if _SOURCE.search(attributes):
                voice = "" if blank else f"<v {said}>"
            elif parts and written is first and blank:
                continue
            else:
                name = _CLASS.search(attributes)
                yield _Paragraph(
                    start, name[1].lower() if name else "", "" if blank else voice + said
                )


def _cues(shown: Sequence[_Paragraph]) -> Iterator[Cue]:
    last = shown[-1]._replace(start_ms=shown[-1].start_ms + _LONGEST_MS)
    for one, after in pairwise((*shown, last)):
        if one.text:
            yield Cue(
                one.start_ms, min(after.start_ms, one.start_ms + _LONGEST_MS), lines_of([one.text])
            )
