"""Where the passages of each video lie, and which of them answer its curated questions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog import Video, base_language
from indexer.browse.related import AlsoAsked
from indexer.moments.hits import watch_url

if TYPE_CHECKING:
    from indexer.generation import Generation

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the catalogue, and when its answer ends."""

    asked: AlsoAsked
    end_ms: int


@dataclass(frozen=True, slots=True)
class Answers:
    """The questions that are answered in words, and the passages that answer each, in a row.

    Those of question n are `rows` from `begins[n]` to where those of the next begin.
    """

    questions: tuple[Answered, ...]
    rows: Array
    begins: Array


class Places:
    """The passages of a generation by video, by language and by question.

    `track`, `video` (its number in the catalogue, or -1), `language` and `offered` have one entry
    a passage; `languages` are the videos' own; `rows` are each video's passages in its own
    language, or else in the first that it has.
    """

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.track = generation.rows.layout.track
        tracks = generation.tracks
        order = {video: number for number, video in enumerate(generation.videos)}
        self.video = np.array([order.get(one.video, -1) for one in tracks], np.int64)[self.track]
        spoken = np.array([base_language(one.language) for one in tracks], np.str_)
        self.language = spoken[self.track]
        self.languages = [base_language(one.language) for one in generation.videos.values()]
        self.rows = _rows_of_videos(generation)
        self.questions = {slug: _questions(video) for slug, video in generation.videos.items()}
        self.offered = self._offered()
        self.answers = self._answers()

    def answering(self, question: Answered) -> Array:
        """The passages whose middle lies in the answer to a question, or else that touch it."""
        rows = self.rows[question.asked.video]
        tables = self.generation.tables
        start_ms, end_ms = question.asked.start_ms, question.end_ms
        starts, ends = tables.passage_start_ms[rows], tables.passage_end_ms[rows]
        middle = (starts + ends) // 2
        inside = rows[(start_ms <= middle) & (middle < end_ms)]
        touching = rows[(starts < end_ms) & (ends > start_ms)]
        return inside if len(inside) else touching

    def best_of_tracks(self, worth: Array) -> Array:
        """The greatest worth of each track's passages; -inf where it has none."""
        best = np.full(len(self.generation.tracks), -np.inf, np.float32)
        if len(worth):
            begins = np.flatnonzero(np.diff(self.track, prepend=-1))
            best[self.track[begins]] = np.maximum.reduceat(worth, begins)
        return best

    def question_at(self, video: str, at_ms: int) -> Answered | None:
        """The question of a video that is being answered at a time."""
        for one in self.questions[video]:
            if one.asked.start_ms <= at_ms < one.end_ms:
                return one
        return None

    def main(self, video: str) -> Array:
        """The passages that say what a video is about."""
        answers = [self.answering(question) for question in self.questions[video]]
        rows = np.unique(np.concatenate(answers)) if answers else np.arange(0)
        return rows if len(rows) else self.rows[video]

    def _offered(self) -> Array:
        """Whether a passage may be offered: of a video with curated answers, only those."""
        offered = self.generation.rows.layout.alive.copy()
        for number, video in enumerate(self.generation.videos):
            if self.questions[video]:
                offered[self.video == number] = False
                offered[self.main(video)] = True
        return offered

    def _answers(self) -> Answers:
        asked = [one for questions in self.questions.values() for one in questions]
        sets = [(one, rows) for one in asked if len(rows := self.answering(one))]
        lengths = [len(rows) for _, rows in sets]
        return Answers(
            tuple(one for one, _ in sets),
            np.concatenate([np.arange(0), *(rows for _, rows in sets)]),
            np.cumsum([0, *lengths], dtype=np.int64)[:-1],
        )


def _rows_of_videos(generation: Generation) -> dict[str, Array]:
    rows: dict[str, Array] = {video: np.arange(0) for video in generation.videos}
    ends = accumulate(track.passages for track in generation.tracks)
    for track, end in zip(generation.tracks, ends, strict=True):
        video = generation.videos.get(track.video)
        if track.dead or video is None:
            continue
        if track.language == video.language or not len(rows[track.video]):
            rows[track.video] = np.arange(end - track.passages, end)
    return rows


def _questions(video: Video) -> tuple[Answered, ...]:
    """The questions of a video whose answer has a time; without an end it is a minute long."""
    return tuple(
        Answered(
            AlsoAsked(one.text, video.slug, span[0], watch_url(video, span[0], video.language)),
            span[1],
        )
        for one in video.questions
        if (span := one.answer_span)
    )
