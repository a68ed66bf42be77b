"""Where the passages of each video lie, which answer its questions, and what they are about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from catalog import Video, base_language
from indexer.arrays import Array, Floats
from indexer.model import AlsoAsked
from indexer.moments.snippets import watch_url
from indexer.storage.reader import IndexReader

# Rows that are compared at once, as many as stay in a processor's cache.
_BLOCK = 1_024


@dataclass(frozen=True, slots=True, eq=False)
class CuratedAnswer:
    """A question of the catalogue, when its answer ends, and the passages that answer it."""

    asked: AlsoAsked
    end_ms: int
    rows: Array


class VideoPassages:
    """The passages of an index by video, by language and by question.

    `track`, `video` (its number in the catalogue, or -1), `language` and `offered` have one entry
    a passage; `order` are the numbers of the videos; `rows` are each video's passages in its own
    language, or else in the first that it has. `answers` are each video's curated ones; a video
    that has some is offered by these only.
    """

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.track = reader.rows.layout.track
        tracks = reader.tracks
        self.order = {video: number for number, video in enumerate(reader.videos)}
        of_track = np.array([self.order.get(one.video, -1) for one in tracks], np.int64)
        self.video = of_track[self.track]
        spoken = np.array([base_language(one.language) for one in tracks], np.str_)
        self.language = spoken[self.track]
        self.rows = _rows_of_videos(reader)
        self.answers = {slug: tuple(self._answers(one)) for slug, one in reader.videos.items()}
        answered = [slug for slug, answers in self.answers.items() if answers]
        curated = np.isin(self.video, [self.order[slug] for slug in answered])
        self.offered = reader.rows.layout.alive & ~curated
        for slug in answered:
            self.offered[self.main(slug)] = True

    def main(self, video: str) -> Array:
        """The passages that say what a video is about."""
        rows = [answer.rows for answer in self.answers[video]]
        main = np.unique(np.concatenate(rows)) if rows else np.arange(0)
        return main if len(main) else self.rows[video]

    def best_of_tracks(self, worth: Array) -> Array:
        """The greatest worth of each track's passages; -inf where it has none."""
        best = np.full(len(self.reader.tracks), -np.inf, np.float32)
        if len(worth):
            begins = np.flatnonzero(np.diff(self.track, prepend=-1))
            best[self.track[begins]] = np.maximum.reduceat(worth, begins)
        return best

    def _answers(self, video: Video) -> Iterator[CuratedAnswer]:
        """Yield the questions whose answer has a time, with the passages that touch it.

        Those whose middle lies in it are enough, where there are any.
        """
        rows, columns = self.rows[video.slug], self.reader.columns
        starts, ends = columns.passage_start_ms[rows], columns.passage_end_ms[rows]
        middle = (starts + ends) // 2
        for question in video.questions:
            if span := question.answer_span:
                start_ms, end_ms = span
                inside = rows[(start_ms <= middle) & (middle < end_ms)]
                touching = rows[(starts < end_ms) & (ends > start_ms)]
                url = watch_url(video, start_ms, video.language)
                asked = AlsoAsked(question.text, video.slug, start_ms, url)
                yield CuratedAnswer(asked, end_ms, inside if len(inside) else touching)


def _rows_of_videos(reader: IndexReader) -> dict[str, Array]:
    rows: dict[str, Array] = {video: np.arange(0) for video in reader.videos}
    ends = accumulate(track.passages for track in reader.tracks)
    for track, end in zip(reader.tracks, ends, strict=True):
        video = reader.videos.get(track.video)
        if track.dead or video is None:
            continue
        if track.language == video.language or not len(rows[track.video]):
            rows[track.video] = np.arange(end - track.passages, end)
    return rows


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """Row n is what passage n is about: bytes, to be taken times the scale of their row.

    Without what is `common` to all of them rows are as long as 1; `common` is as long as 1, or 0.
    """

    values: NDArray[np.int8]
    scales: Floats
    common: Floats

    def about(self, rows: Sequence[Array]) -> Floats:
        """What each set of passages is about on the whole: a row a set, of length 1, or all 0."""
        means = np.zeros((len(rows), self.values.shape[1]), np.float32)
        for number, some in enumerate(rows):
            if len(some):
                means[number] = self.scales[some] @ self.values[some] / len(some)
        return _of_length_1(means - np.outer(means @ self.common, self.common))

    def to(self, about: Floats) -> Floats:
        """How near every passage is to each of these: float32 (of these, passages), -1 to 1."""
        near = np.empty((len(about), len(self.values)), np.float32)
        for begin, block in _blocks(self.values):
            near[:, begin : begin + len(block)] = about @ block.T
        near *= self.scales
        return near


def passage_vectors(
    values: NDArray[np.int8], scales: Floats, common: Floats | None = None
) -> PassageVectors:
    """Compare by what sets a passage apart: all of one library are about the same on the whole.

    That is `common`; without it, these are all passages of the library.
    """
    if common is None:
        whole = np.zeros(values.shape[1], np.float32)
        for begin, block in _blocks(values):
            whole += scales[begin : begin + len(block)] @ block
        common = _of_length_1(whole[None])[0]
    own = np.zeros(len(values), np.float32)
    for begin, block in _blocks(values):
        own[begin : begin + len(block)] = np.linalg.norm(
            block - np.outer(block @ common, common), axis=1
        )
    return PassageVectors(values, np.where(own > 0, 1 / np.maximum(own, 1e-9), 0), common)


def _of_length_1(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _blocks(values: NDArray[np.int8]) -> Iterator[tuple[int, Floats]]:
    for begin in range(0, len(values), _BLOCK):
        yield begin, values[begin : begin + _BLOCK].astype(np.float32)
