"""Where it is said: hits and answers, as frozen values. Times are whole milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.query.parser import Query
from transcripts import TrackKind


@dataclass(frozen=True, slots=True)
class Hit:
    """One moment that answers.

    `start_ms` is where to jump, `match_ms` the first word that answers, `text` whole sentences,
    `spans` the highlights as (start, end) character offsets into `text`. `speakers` are names.
    `asked` says that it begins with a question; what answers begins at character `answer_at`.
    `heard` are the names asked for that `text` has only misheard, highlighted where it does; one
    that a person found ends in "(reviewed)". `goes_on` says that the speaker had not ended where
    `text` does.
    `turns` are who says what of `text`, as captions show it: from which character on, the name
    they give, "" where they give none, and a number; runs with another number are said by somebody
    else. They are none where one speaks who is not named.
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
    asked: bool = False
    answer_at: int = 0
    heard: tuple[str, ...] = ()
    goes_on: bool = False
    turns: tuple[tuple[int, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """What a filter, written `field:value`, would leave of an answer.

    `videos` is in how many videos search then finds something, `moments` how many of the answer's
    own moments it keeps. `name` is shown; a language has its code.
    """

    field: str
    value: str
    name: str
    videos: int
    moments: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, best first, and what was searched for.

    `also` names what was searched beside the words typed; `words` are the query's own terms as
    understood, after fillers were left out. Not `answered` means that search holds nothing here for
    an answer; `hits` then only mention some of what was asked. `suggestions` are whole
    queries that may have been meant. `meaning` says that a sentence model took part, not words
    alone. `videos` is in how many videos something was found, those of
    the hits among them; `counts` is what each filter would leave. `partial` says that the time for
    it was spent before all was searched. `filtered` are the slugs of the
    videos that the filters leave, where nothing but filters was asked, else None. `understood` is
    the query as search reads it.
    """

    query: str
    hits: tuple[Hit, ...]
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    answered: bool = True
    suggestions: tuple[str, ...] = ()
    meaning: bool = False
    videos: int = 0
    counts: tuple[Count, ...] = ()
    filtered: tuple[str, ...] | None = None
    partial: bool = False
    understood: Query = field(default=Query(), repr=False, compare=False)
