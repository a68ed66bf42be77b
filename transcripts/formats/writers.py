"""A transcript as text, as JSON, or as WebVTT in cues short enough for a player on a phone."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import Any, NamedTuple

import msgspec

from catalog import clock
from transcripts.formats.cues import vtt_time
from transcripts.model import Sentence, Transcript

LONGEST_CUE = 84


class ShownCue(NamedTuple):
    """A piece of a sentence and when it is shown."""

    start_ms: int
    end_ms: int
    speaker: str
    text: str


def as_webvtt(transcript: Transcript) -> str:
    """The sentences of a transcript as cues. No two cues are shown at once."""
    cues = [cue for sentence in transcript.sentences for cue in _cues(sentence)]
    shown = [cue._replace(end_ms=min(cue.end_ms, after.start_ms)) for cue, after in pairwise(cues)]
    by = transcript.track.made_by
    head = f"NOTE Made here by a machine, {by}; nobody checked it.\n\n" if by else ""
    return f"WEBVTT\n\n{head}" + "".join(map(_written, shown + cues[-1:]))


def _cues(sentence: Sentence) -> Iterator[ShownCue]:
    """Long sentences are shown in pieces, each for its share of the time."""
    texts = wrap(sentence.text, LONGEST_CUE, break_on_hyphens=False)
    pace = (sentence.end_ms - sentence.start_ms) / max(1, sum(map(len, texts)))
    said = 0
    for text in texts:
        start_ms = sentence.start_ms + round(said * pace)
        said += len(text)
        yield ShownCue(start_ms, sentence.start_ms + round(said * pace), sentence.speaker, text)


def _written(cue: ShownCue) -> str:
    """A cue in WebVTT, where `<`, `>` and `&` have a meaning of their own."""
    end_ms = max(cue.end_ms, cue.start_ms + 1)
    voice = f"<v {escape(cue.speaker, quote=False)}>" if cue.speaker else ""
    text = escape(cue.text, quote=False)
    return f"{vtt_time(cue.start_ms)} --> {vtt_time(end_ms)}\n{voice}{text}\n\n"


def as_chapters(parts: Iterable[tuple[int, int, str]]) -> str:
    """Named parts of a video as WebVTT chapters: when each starts and ends, and its title."""
    cues = (ShownCue(start_ms, end_ms, "", title) for start_ms, end_ms, title in parts)
    return "WEBVTT\n\n" + "".join(map(_written, cues))


def as_text(transcript: Transcript) -> str:
    """Write a transcript for reading: a time and a sentence a line, speakers where they change.

    A dash stands for one whom the captions don't name, where they tell that somebody else speaks.
    """
    lines: list[str] = []
    before: str | int | None = None
    for sentence in transcript.sentences:
        if sentence.voice != before and (lines or sentence.speaker):
            head = f"{sentence.speaker}:" if sentence.speaker else "—"
            lines.append(f"\n{head}" if lines else head)
        before = sentence.voice
        lines.append(f"[{clock(sentence.start_ms)}] {sentence.text}")
    return "\n".join(lines)


def as_json(transcript: Transcript) -> str:
    """Write a transcript as JSON: its sentences, and its words with their own milliseconds."""
    content: dict[str, Any] = {
        "video": transcript.track.video,
        "language": transcript.track.language,
        "kind": transcript.track.kind,
        "made_by": transcript.track.made_by or None,
        "sentences": [
            {
                "start_ms": sentence.start_ms,
                "end_ms": sentence.end_ms,
                "speaker": sentence.speaker or None,
                "text": sentence.text,
            }
            for sentence in transcript.sentences
        ],
        "words": [(word.start_ms, word.text) for word in transcript.words],
    }
    return msgspec.json.encode(content).decode()
