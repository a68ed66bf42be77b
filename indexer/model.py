"""Where it is said: hits and answers, as frozen values. Times are whole milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

from transcripts import TrackKind


@dataclass(frozen=True, slots=True)
class Hit:
    """One moment that answers.

    `start_ms` is where to jump, `match_ms` the first word that answers, `text` whole sentences,
    `spans` the highlights as (start, end) character offsets into `text`. `speakers` are names.
    """

    video: str
    title: str
    series: str
    start_ms: int
    end_ms: int
    match_ms: int
    text: str
    spans: tuple[tuple[int, int], ...]
    speakers: tuple[str, ...]
    captions: TrackKind
    language: str
    url: str
    source_url: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, best first, and what was searched for.

    `also` names what was searched beside the words typed; `words` are the query's own terms as
    understood, after fillers were left out.
    """

    query: str
    hits: tuple[Hit, ...]
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
