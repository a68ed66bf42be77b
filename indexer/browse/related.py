"""Finds what belongs together: moments of other videos, and questions that are like one another.

By meaning where that can be, by the vectors of a sentence model; else by where words are said.
Found when it is first asked for: a video is compared with all others, by weights that every change
of the library shifts a little, and few videos are looked at before the next change.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial

import numpy as np
from msgspec import structs

from catalog import Video, base_language
from indexer.analysis.tokenizer import tokens_of
from indexer.arrays import Array, Floats
from indexer.browse.related_passages import (
    CuratedAnswer,
    PassageVectors,
    VideoPassages,
    passage_vectors,
)
from indexer.model import AlsoAsked, Hit
from indexer.moments.highlighted import NOTHING
from indexer.moments.landing import land, land_at
from indexer.moments.selection import hits_apart
from indexer.moments.snippets import make_hit
from indexer.settings import Settings
from indexer.storage.reader import IndexReader

# Of so many videos what belongs to them is kept.
_KEPT = 512
# What is said in another language comes behind all that is not; nearness is from -1 to 1.
_OTHER_LANGUAGE = 2.0


@dataclass(frozen=True, slots=True)
class Related:
    """What belongs to a video, the nearest first.

    `moments` are other videos'; `asked` has the questions that are like each of its own, by the
    time of that one.
    """

    moments: tuple[Hit, ...] = ()
    asked: Mapping[int, tuple[AlsoAsked, ...]] = field(default_factory=dict)


class RelatedFinder:
    """Finds what belongs to a video. Threads may share it.

    Words decide where meaning finds no moment, or has nothing to compare. `common` is what all
    passages of a library mean on the whole, where the reader has only some of them.
    """

    def __init__(
        self, reader: IndexReader, settings: Settings, common: Floats | None = None
    ) -> None:
        self._reader = reader
        self._common = common
        self._settings = settings
        self.of = lru_cache(_KEPT)(self._of)

    def _of(self, slug: str) -> Related:
        """What belongs to a video; nothing to one that is not known."""
        video = self._reader.videos.get(slug)
        if video is None:
            return Related()
        return self._by_words(video, self._by_meaning(video))

    def _by_meaning(self, video: Video) -> Related:
        """What can be found by vectors: nothing while some passages have none."""
        near, passages, least = self._near, self._passages, self._settings.related_least
        if near is None:
            return Related()
        answers = passages.answers[video.slug]
        close = near.to(self.about(video))
        whole = (close[0] + close[1:].max(axis=0)) / 2 if answers else close[0]
        asked: dict[int, tuple[AlsoAsked, ...]] = {}
        for one, about in zip(answers, near.about([one.rows for one in answers]), strict=True):
            if len(one.rows):
                alike = self._about @ about
                other = self._language != passages.language[one.rows[0]]
                worth = alike - np.where(other, _OTHER_LANGUAGE, 0)
                asked[one.asked.start_ms] = self._like(one, alike, worth, least)
        return Related(_moments(passages, video, whole, least, self._settings), asked)

    def about(self, video: Video) -> Floats:
        """What a video is about, and each of its answers; nothing without vectors."""
        answers, near = self._passages.answers[video.slug], self._near
        if near is None:
            return np.empty((0, 0), np.float32)
        return near.about([self._passages.main(video.slug), *(one.rows for one in answers)])

    def _by_words(self, video: Video, meant: Related) -> Related:
        """Add what is found by words to what was found by meaning, where that found nothing."""
        answers, least = self._passages.answers[video.slug], self._settings.related_share
        shares = cache(partial(self._shares, language=video.language))
        moments = meant.moments
        if not moments:
            texts = [one.asked.text for one in answers] or [video.title]
            close = np.max([shares(text) for text in texts], axis=0)
            moments = _moments(self._passages, video, close, least, self._settings)
        asked = dict(meant.asked)
        for one in answers if self._answers else ():
            if one.asked.start_ms not in asked:
                held = np.maximum.reduceat(shares(one.asked.text)[self._rows], self._begins)
                asked[one.asked.start_ms] = self._like(one, held, held, least)
        return Related(moments, asked)

    def _like(
        self, one: CuratedAnswer, close: Floats, worth: Floats, least: float
    ) -> tuple[AlsoAsked, ...]:
        """Choose the questions whose answers are near enough, by what each is worth."""
        order = np.argsort(-worth, kind="stable").tolist()
        nearest = (self._answers[n].asked for n in order if close[n] >= least)
        return choose_questions(one.asked, nearest, self._settings)

    @cached_property
    def _passages(self) -> VideoPassages:
        return VideoPassages(self._reader)

    @cached_property
    def _answers(self) -> tuple[CuratedAnswer, ...]:
        """All curated answers that somebody speaks."""
        return tuple(
            one for some in self._passages.answers.values() for one in some if len(one.rows)
        )

    @cached_property
    def _rows(self) -> Array:
        """The passages of all answers, one answer behind the other."""
        return np.concatenate([one.rows for one in self._answers])

    @cached_property
    def _begins(self) -> Array:
        """Where in `_rows` each answer begins."""
        return np.cumsum([0, *(len(one.rows) for one in self._answers[:-1])])

    @cached_property
    def _language(self) -> Array:
        """The language in which each answer is spoken."""
        return np.array([self._passages.language[one.rows[0]] for one in self._answers], np.str_)

    @cached_property
    def _near(self) -> PassageVectors | None:
        vectors = self._reader.vectors
        if vectors is None or vectors.account.lacking or not len(vectors):
            return None
        return passage_vectors(vectors.values, vectors.scales, self._common)

    @cached_property
    def _about(self) -> Floats:
        """What each answer is about."""
        return self._near.about([one.rows for one in self._answers])  # type: ignore[union-attr]

    def _shares(self, text: str, language: str) -> Floats:
        """How much of what a text asks for each passage holds, as a share of the most."""
        reader, layout = self._reader, self._reader.rows.layout
        held = np.zeros(layout.places, np.float32)
        for term in {token.term for token in tokens_of(text, language)}:
            there, worth = reader.terms.impacts(term, self._settings)
            held[there] += worth
        shares = held[layout.place]
        most = float(shares.max(initial=0))
        return shares / most if most else shares


def _moments(
    passages: VideoPassages, video: Video, close: Floats, least: float, settings: Settings
) -> tuple[Hit, ...]:
    """Choose moments of other videos, the nearest first; its own language before all others.

    `close` is how near each passage is to the video, `least` what is near enough.
    """
    language = base_language(video.language)
    number = passages.order[video.slug]
    usable = passages.offered & (passages.video != number) & (close >= least)
    worth = close - np.where(passages.language == language, 0, _OTHER_LANGUAGE)
    worth = np.where(usable, worth, -np.inf)
    best = passages.best_of_tracks(worth)
    few = np.argsort(-best, kind="stable")[: 2 * settings.related_moments]
    rows = np.flatnonzero(usable & np.isin(passages.track, few))
    nearest = rows[np.argsort(-worth[rows], kind="stable")].tolist()
    hits = (_moment(passages, row, float(close[row]), settings) for row in nearest)
    long_enough = (hit for hit in hits if hit.end_ms - hit.start_ms >= settings.shortest_answer_ms)
    return hits_apart(long_enough, settings.related_moments, settings.related_of_a_video)


def _moment(passages: VideoPassages, row: int, score: float, settings: Settings) -> Hit:
    """Land on the answer to the curated question in which a passage lies, else where it starts."""
    reader, number = passages.reader, int(passages.track[row])
    columns, track = reader.columns, reader.rows.sentences_of(number)
    middle = (int(columns.passage_start_ms[row]) + int(columns.passage_end_ms[row])) // 2
    answers = passages.answers[reader.tracks[number].video]
    inside = (one for one in answers if one.asked.start_ms <= middle < one.end_ms)
    answer = next(inside, None)
    if answer is None:
        first, last = reader.rows.passage(row)
        landing = land(columns, first, [0.0] * (last - first), track, {}, settings)
        return make_hit(reader, number, landing, NOTHING, score)
    start_ms = answer.asked.start_ms
    landing = land_at(columns, start_ms, answer.end_ms, track, settings)
    hit = make_hit(reader, number, landing, NOTHING, score)
    return structs.replace(hit, match_ms=max(hit.match_ms, start_ms))


def choose_questions(
    asked: AlsoAsked, nearest: Iterable[AlsoAsked], settings: Settings
) -> tuple[AlsoAsked, ...]:
    """Choose the first that ask something else than `asked` and each other."""
    chosen: list[AlsoAsked] = []
    videos: Counter[str] = Counter()
    known = {_wording(asked.text)}
    for one in nearest:
        if videos[one.video] < settings.related_of_a_video and _wording(one.text) not in known:
            videos[one.video] += 1
            known.add(_wording(one.text))
            chosen.append(one)
        if len(chosen) == settings.also_asked:
            break
    return tuple(chosen)


def _wording(text: str) -> str:
    """A question without what is written differently each time: capitals, spaces, punctuation."""
    kept = "".join(c if c.isalnum() else " " for c in text.casefold())
    return " ".join(kept.split())
