"""The passages of an index by their row, its sentences, and where names are said."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from catalog import Video, base_language
from indexer.arrays import Array, Bools, Floats
from indexer.mishearing.terms import AS_WRITTEN
from indexer.settings import SETTINGS, Settings
from indexer.storage.bm25 import Layout, Posting, TermStatistics, lay_out
from indexer.storage.columns import Columns, identity
from indexer.storage.manifest import IndexedTrack
from indexer.storage.positions import Positions


@dataclass(frozen=True)
class Asides:
    """Passages that are no answer: their rows, whether each is a sponsor's message, and how far
    a greeting is from the beginning of its video, or a farewell from its end.
    """

    rows: NDArray[np.int64]
    sponsored: NDArray[np.bool_]
    away_ms: NDArray[np.float32]

    def worth(self, settings: Settings) -> Floats:
        """What each counts: a greeting or farewell the less, the nearer it is to the edge."""
        return self._usual_worth if settings is SETTINGS else self._worth(settings)

    @cached_property
    def _usual_worth(self) -> Floats:
        return self._worth(SETTINGS)

    def _worth(self, settings: Settings) -> Floats:
        near = np.exp(-self.away_ms / np.float32(settings.aside_fade_ms))
        worth = np.where(self.sponsored, settings.sponsored, 1 - settings.aside * near)
        return np.asarray(worth, np.float32)


class Rows:
    """The passages of a generation by their row, and its sentences counted over all tracks.

    Dead tracks keep their rows. `first_sentence` has where each track's sentences begin, and at
    last where they end, `first_row` the same of its passages. It never changes, and threads may
    share it.
    """

    def __init__(
        self, tracks: Sequence[IndexedTrack], columns: Columns, videos: Mapping[str, Video]
    ) -> None:
        self.tracks = tracks
        self.columns = columns
        self._videos = videos
        self.first_sentence = [0, *accumulate(track.sentences for track in tracks)]
        self.first_row = [0, *accumulate(track.passages for track in tracks)]

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
        first, last = self._passages
        return first[row], last[row]

    @cached_property
    def _passages(self) -> tuple[memoryview, memoryview]:
        """The sentences of each passage, to be read one by one."""
        first = self._track_starts + self.columns.passage_first
        return first.data, (self._track_starts + self.columns.passage_last).data

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
        if video not in self._of_video:
            return np.empty(0, np.int64)
        rows, starts, ends = self._of_video[video]
        return rows[(starts < end_ms) & (ends > start_ms)]

    @cached_property
    def _of_video(self) -> dict[str, tuple[NDArray[np.int64], Array, Array]]:
        """The living passages of each video, in rising order, and when they begin and end."""
        columns = self.columns
        rows: dict[str, list[NDArray[np.int64]]] = {}
        for track, span in zip(self.tracks, pairwise(self.first_row), strict=True):
            if not track.dead:
                rows.setdefault(track.video, []).append(np.arange(*span))
        each = ((video, np.concatenate(spans)) for video, spans in rows.items())
        return {
            video: (own, columns.passage_start_ms[own], columns.passage_end_ms[own])
            for video, own in each
        }

    @cached_property
    def asides(self) -> Asides:
        """The living passages that are no answer."""
        found: list[tuple[int, bool, int]] = []
        first = 0
        for number, track in enumerate(self.tracks):
            last_ms = int(self.columns.sentence_end_ms[self.first_sentence[number + 1] - 1])
            for passage, kind in () if track.dead else track.asides:
                row = first + passage
                begun_ms = int(self.columns.passage_start_ms[row])
                left_ms = last_ms - int(self.columns.passage_end_ms[row])
                away_ms = begun_ms if kind == "greeting" else left_ms
                found.append((row, kind == "sponsor", max(0, away_ms)))
            first += track.passages
        return Asides(
            np.array([row for row, _, _ in found], np.int64),
            np.array([sponsored for _, sponsored, _ in found], np.bool_),
            np.array([away_ms for _, _, away_ms in found], np.float32),
        )

    @cached_property
    def sponsored(self) -> NDArray[np.bool_]:
        """Which passages are a sponsor's message."""
        sold = np.zeros(len(self.columns.passage_first), np.bool_)
        sold[self.asides.rows[self.asides.sponsored]] = True
        return sold

    @cached_property
    def track_numbers(self) -> dict[tuple[str, str], int]:
        """The number of each living track, by its video and language."""
        return {(t.video, t.language): n for n, t in enumerate(self.tracks) if not t.dead}

    def track_of(self, sentence: int) -> int:
        """The number of the track that a sentence is in."""
        return bisect_right(self.first_sentence, sentence) - 1

    def tracks_of(self, sentences: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the track that each sentence is in."""
        return np.searchsorted(self.first_sentence, sentences, side="right") - 1

    def languages_holding(self, rows: Bools) -> dict[str, set[str]]:
        """The videos of living tracks with any of these rows, each with the languages of those."""
        found: dict[str, set[str]] = {}
        filled, begins = self._filled
        if len(begins):
            kept = np.logical_or.reduceat(rows & self.layout.alive, begins)
            for number in filled[kept].tolist():
                video, language = self._spoken_in[number]
                found.setdefault(video, set()).add(language)
        return found

    @cached_property
    def _filled(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The numbers of the tracks that have passages, and where these begin."""
        begins = np.array(self.first_row, np.int64)
        filled = np.flatnonzero(np.diff(begins))
        return filled, begins[filled]

    @cached_property
    def _spoken_in(self) -> tuple[tuple[str, str], ...]:
        """The video and the language of each track."""
        return tuple((track.video, base_language(track.language)) for track in self.tracks)

    def languages(self, video: str) -> tuple[str, ...]:
        """The languages in which a video has a transcript, its own first."""
        known = self._videos.get(video)
        own = known.language if known else "en"
        alive = self._languages_of.get(video, ())
        return tuple(sorted(alive, key=lambda language: (language != own, language)))

    @cached_property
    def _languages_of(self) -> dict[str, list[str]]:
        """The languages of each video's living tracks."""
        found: dict[str, list[str]] = {}
        for track in self.tracks:
            if not track.dead:
                found.setdefault(track.video, []).append(track.language)
        return found

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

    def is_in(self, language: str) -> NDArray[np.bool_]:
        """Which tracks are in a language, whatever their region."""
        base = base_language(language)
        found = self._in_language.get(base)
        return np.zeros(len(self.tracks), np.bool_) if found is None else found

    @cached_property
    def _in_language(self) -> dict[str, NDArray[np.bool_]]:
        own = np.array([base_language(track.language) for track in self.tracks], np.str_)
        return {str(language): own == language for language in np.unique(own)}


class NameStatistics:
    """Names of several words, each worked out once and kept if its words are said.

    Threads may share it.
    """

    def __init__(self, terms: TermStatistics, positions: Positions, rows: Rows) -> None:
        self._terms = terms
        self._positions = positions
        self._rows = rows
        self._impacts: dict[tuple[tuple[str, ...], float, float], Posting] = {}

    def impacts(self, name: tuple[str, ...], settings: Settings) -> Posting:
        """The places that say all terms of a name together, and the mean of what BM25 gives."""
        if len(name) == 1:
            return self._terms.impacts(name[0], settings)
        key = (name, settings.k1, settings.b)
        found = self._impacts.get(key)
        if found is None:
            found = self._said_together(name, settings)
            if all(map(self._terms.document_frequency, name)):  # no stranger's word is kept
                self._impacts[key] = found
        return found

    def are_said(self, name: tuple[str, ...]) -> bool:
        """Whether anybody says all terms of a name together."""
        if len(name) == 1:
            return bool(self._terms.document_frequency(name[0]))
        return bool(len(self.impacts(name, SETTINGS)[0]))

    def _said_together(self, name: tuple[str, ...], settings: Settings) -> Posting:
        at, score = self._terms.impacts(name[0], settings)
        for term in name[1:] if len(at) else ():
            more_at, more = self._terms.impacts(term, settings)
            at, own, others = np.intersect1d(at, more_at, assume_unique=True, return_indices=True)
            score = score[own] + more[others]
        begins, ends = self._rows.tokens
        rows = self._rows.layout.row[at]
        held = self._positions.together([*map(identity, name)], begins[rows], ends[rows])
        return at[held], score[held] / np.float32(len(name))
