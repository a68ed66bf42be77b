"""Where it is said, as values: hits, and questions that are like others. Times are in whole ms."""

from dataclasses import dataclass

import msgspec

from transcripts import TrackKind


class Hit(msgspec.Struct, frozen=True):
    """One moment that answers.

    `start_ms` is where to jump, `match_ms` the first word that answers, `text` whole sentences,
    `spans` the highlights as (start, end) character offsets into `text`. `speakers` are names.
    `asked` says that it begins with a question; what answers begins at character `answer_at`.
    `answer` is the sentence that answers, with the next where it is very short, as (start, end).
    `heard` are the names asked for that `text` has only misheard, highlighted where it does; one
    that a person found ends in "(reviewed)". `goes_on` says that the speaker had not ended where
    `text` does.
    `turns` are who says what of `text`, as captions show it: from which character on, the name
    they give, "" where they give none, and a number; runs with another number are said by somebody
    else. They are none where one speaks who is not named.
    `readable` is `text` as it is read: where captions have no punctuation, sentences begin with a
    capital and end with a mark; "" elsewhere. Its words are the same, parted by the same spaces.
    `made_by` names the speech model that wrote the captions here, "" where people or a site did.
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
    readable: str = ""
    answer: tuple[int, int] = (0, 0)
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class AlsoAsked:
    """A question of the catalogue, and where it is answered."""

    text: str
    video: str
    start_ms: int
    url: str
