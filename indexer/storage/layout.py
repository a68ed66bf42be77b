"""Where the tracks, sentences and passages of a generation lie in its columns."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from catalog import Video, base_language
from indexer.arrays import Array
from indexer.mishearing.terms import AS_WRITTEN
from indexer.storage.columns import Columns
from indexer.storage.manifest import IndexedTrack

# Between two tracks lies a gap wider than evidence reaches, so that none hears another.
_GAP = 16


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each row lies among the places, and which rows count.

    `place` maps a row to its place; `row` maps a place to its row, or -1 in a gap; `track` is the
    number of a row's track; `alive` says whether a row counts; `length` is a row's terms;
    `turn` orders rows that are equally good; `rows` is how many count.
    """

    place: Array
    row: Array
    track: Array
    alive: Array
    length: Array
    turn: Array
    rows: int

    @property
    def places(self) -> int:
        """How many places there are, gaps included."""
        return len(self.row)


def lay_out(
    passages: Sequence[int], alive: Sequence[bool], length: Array, turns: Sequence[int]
) -> Layout:
    """Lay out tracks of so many `passages` each, a gap behind every one."""
    counts = np.asarray(passages, np.int64)
    track = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(track)) + track * _GAP
    row = np.full(len(track) + len(counts) * _GAP, -1, np.int64)
    row[place] = np.arange(len(track))
    begins = np.cumsum(counts) - counts
    turn = np.asarray(turns, np.int64)[track] * len(track) + np.arange(len(track)) - begins[track]
    living = np.repeat(np.asarray(alive, np.bool_), counts)
    return Layout(place, row, track, living, length, turn, int(living.sum()))


class Rows:
    """The passages of a generation by their row, and its sentences counted over all tracks.

    Dead tracks keep their rows. `first_sentence` has where each track's sentences begin, and at
    last where they end. It never changes, and threads may share it.
    """

    def __init__(
        self, tracks: Sequence[IndexedTrack], columns: Columns, videos: Mapping[str, Video]
    ) -> None:
        self.tracks = tracks
        self.columns = columns
        self._videos = videos
        self.first_sentence = [0, *accumulate(track.sentences for track in tracks)]

    @cached_property
    def layout(self) -> Layout:
        """Where the passages lie for ranking."""
        begins, ends = self.tokens
        counts = [track.passages for track in self.tracks]
        alive = [not track.dead for track in self.tracks]
        order = {video: number for number, video in enumerate(self._videos)}
        # Equally good passages come in the catalogue's order, however often tracks were changed.
        turns = [2 * order.get(t.video, 0) + (t.language != "en") for t in self.tracks]
        heard = self.columns.token_heard
        written = np.concatenate([[0], np.cumsum(heard == AS_WRITTEN, dtype=np.int64)])
        return lay_out(counts, alive, written[ends] - written[begins], turns)

    @cached_property
    def tokens(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the terms of each passage begin and end (exclusive), counted over all tracks."""
        first = self._track_starts + self.columns.passage_first
        last = self._track_starts + self.columns.passage_last
        return self.columns.token_offsets[first], self.columns.token_offsets[last]

    def passage(self, row: int) -> tuple[int, int]:
        """The sentences of a passage, first and last (exclusive), counted over all tracks."""
        start = int(self._track_starts[row])
        first, last = self.columns.passage_first[row], self.columns.passage_last[row]
        return start + int(first), start + int(last)

    def sentences_of(self, track: int) -> tuple[int, int]:
        """The sentences of a track, first and last (exclusive), counted over all tracks."""
        return self.first_sentence[track], self.first_sentence[track + 1]

    @cached_property
    def _track_starts(self) -> NDArray[np.int64]:
        """The first sentence of each passage's track, counted over all tracks."""
        starts = np.asarray(self.first_sentence[:-1], np.int64)
        return np.repeat(starts, [track.passages for track in self.tracks])

    def between(self, video: str, start_ms: int, end_ms: int) -> NDArray[np.int64]:
        """The living passages of a video that overlap a stretch of it."""
        rows = self._of_video.get(video, np.empty(0, np.int64))
        starts, ends = self.columns.passage_start_ms[rows], self.columns.passage_end_ms[rows]
        return rows[(starts < end_ms) & (ends > start_ms)]

    @cached_property
    def _of_video(self) -> dict[str, NDArray[np.int64]]:
        """The living passages of each video, in rising order."""
        rows: dict[str, list[NDArray[np.int64]]] = {}
        first_row = [0, *accumulate(track.passages for track in self.tracks)]
        for track, span in zip(self.tracks, pairwise(first_row), strict=True):
            if not track.dead:
                rows.setdefault(track.video, []).append(np.arange(*span))
        return {video: np.concatenate(spans) for video, spans in rows.items()}

    @cached_property
    def track_numbers(self) -> dict[tuple[str, str], int]:
        """The number of each living track, by its video and language."""
        return {(t.video, t.language): n for n, t in enumerate(self.tracks) if not t.dead}

    def track_of(self, sentence: int) -> int:
        """The number of the track that a sentence is in."""
        return bisect_right(self.first_sentence, sentence) - 1

    def languages(self, video: str) -> tuple[str, ...]:
        """The languages in which a video has a transcript, its own first."""
        known = self._videos.get(video)
        own = known.language if known else "en"
        alive = (track.language for track in self.tracks if track.video == video and not track.dead)
        return tuple(sorted(alive, key=lambda language: (language != own, language)))

    @cached_property
    def spoken_languages(self) -> tuple[str, ...]:
        """The languages of the transcripts: that of most videos first, then by how much is said."""
        passages: Counter[str] = Counter()
        for track in self.tracks:
            if not track.dead:
                passages[track.language] += track.passages
        own = Counter(base_language(video.language) for video in self._videos.values())
        return tuple(
            sorted(passages, key=lambda one: (-own[base_language(one)], -passages[one], one))
        )

    def is_in(self, tongue: str) -> NDArray[np.bool_]:
        """Which tracks are in a language, whatever their region."""
        same: NDArray[np.bool_] = self._tongues == base_language(tongue)
        return same

    @cached_property
    def _tongues(self) -> NDArray[np.str_]:
        return np.array([base_language(track.language) for track in self.tracks], np.str_)
