"""Finds what belongs together: moments of other videos, and questions that are like one another.

By meaning where that can be, by the vectors of a sentence model; else by where words are said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, chain, pairwise

import numpy as np

from catalog import Video
from indexer.analysis.tokenizer import tokens_of
from indexer.arrays import Floats
from indexer.browse.related_passages import (
    CuratedAnswer,
    PassageVectors,
    VideoPassages,
    passage_vectors,
)
from indexer.model import AlsoAsked, Hit, LikeQuestions, Moments, Related
from indexer.moments.hits import make_hit
from indexer.moments.landing import land, land_at
from indexer.settings import Settings
from indexer.storage.reader import IndexReader

# Whatever changes what belongs together changes this.
RELATED_AS = "1"
# Videos that are compared with everything at once.
_AT_ONCE = 16
# What is said in another language comes behind all that is not; nearness is from -1 to 1.
_OTHER_LANGUAGE = 2.0

Shares = Callable[[str, str], Floats]


def find_related(reader: IndexReader, settings: Settings, step: Callable[[str], None]) -> Related:
    """Find the moments that belong to each video, and the questions that are like each other one.

    Words decide where meaning finds no moment, or has nothing to compare. `step` is told each
    video's title.
    """
    places = VideoPassages(reader)
    found = _by_meaning(places, settings)
    for number, (slug, video) in enumerate(reader.videos.items()):
        shares = _shares_of(places, settings)
        if not found.moments.get(slug):
            found.moments[slug] = _moments_by_words(places, number, shares, settings)
        asked = found.asked.setdefault(slug, {})
        for one in places.questions[slug]:
            if one.asked.start_ms not in asked:
                asked[one.asked.start_ms] = _asked_by_words(places, one, shares, settings)
        step(video.title)
    return found


def _by_meaning(places: VideoPassages, settings: Settings) -> Related:
    """What can be found by vectors: nothing while some passages have none."""
    vectors = places.reader.vectors
    if vectors is None or vectors.account.lacking or not len(vectors):
        return Related()
    near = passage_vectors(vectors.values, vectors.scales)
    moments: Moments = dict(_moments_by_meaning(places, near, settings))
    asked: LikeQuestions = {}
    for one, like in _asked_by_meaning(places, near, settings):
        asked.setdefault(one.video, {})[one.start_ms] = like
    return Related(moments, asked)


def _moments_by_meaning(
    places: VideoPassages, near: PassageVectors, settings: Settings
) -> Iterator[tuple[str, tuple[Hit, ...]]]:
    """Yield each video, and the moments of others that are nearest to it."""
    videos = list(places.reader.videos.values())
    for begin in range(0, len(videos), _AT_ONCE):
        some = videos[begin : begin + _AT_ONCE]
        for number, close in enumerate(_close(places, near, some), start=begin):
            nearest = _nearest_hits(places, number, close, settings.related_least, settings)
            yield videos[number].slug, choose(nearest, settings)


def _close(places: VideoPassages, near: PassageVectors, videos: Sequence[Video]) -> Floats:
    """How near each passage is to videos: to the whole of one, and to its likest question."""
    answers = [[places.answering(one) for one in places.questions[v.slug]] for v in videos]
    wholes = [places.main(video.slug) for video in videos]
    close = near.to(near.about([*wholes, *chain.from_iterable(answers)]))
    ends = accumulate(map(len, answers), initial=len(videos))
    for number, (begin, end) in enumerate(pairwise(ends)):
        if begin < end:
            close[number] = (close[number] + close[begin:end].max(axis=0)) / 2
    return close[: len(videos)]


def _nearest_hits(
    places: VideoPassages, number: int, close: Floats, least: float, settings: Settings
) -> Iterator[Hit]:
    """Yield moments of other videos, the nearest first; its own language before all others.

    `close` is how near each passage is to the video of this number, `least` what is near enough.
    """
    language = places.languages[number]
    usable = places.offered & (places.video != number) & (close >= least)
    worth = close - np.where(places.language == language, 0, _OTHER_LANGUAGE)
    worth = np.where(usable, worth, -np.inf)
    best = places.best_of_tracks(worth)
    few = np.argsort(-best, kind="stable")[: 2 * settings.related_moments]
    rows = np.flatnonzero(usable & np.isin(places.track, few))
    for row in rows[np.argsort(-worth[rows], kind="stable")].tolist():
        hit = _moment(places, row, float(close[row]), settings)
        if hit.end_ms - hit.start_ms >= settings.shortest_answer_ms:
            yield hit


def _moment(places: VideoPassages, row: int, score: float, settings: Settings) -> Hit:
    """Land on the answer to the curated question in which a passage lies, else where it starts."""
    reader, number = places.reader, int(places.track[row])
    columns, track = reader.columns, reader.rows.sentences_of(number)
    middle = (int(columns.passage_start_ms[row]) + int(columns.passage_end_ms[row])) // 2
    question = places.question_at(reader.tracks[number].video, middle)
    if question is None:
        first, last = reader.rows.passage(row)
        landing = land(columns, first, np.zeros(last - first), track, {}, settings)
        return make_hit(reader, number, landing, {}, score)
    start_ms = question.asked.start_ms
    landing = land_at(columns, start_ms, question.end_ms, track, settings)
    hit = make_hit(reader, number, landing, {}, score)
    return replace(hit, match_ms=max(hit.match_ms, start_ms))


def _asked_by_meaning(
    places: VideoPassages, near: PassageVectors, settings: Settings
) -> Iterator[tuple[AlsoAsked, tuple[AlsoAsked, ...]]]:
    """Yield each question that is answered in words, and those whose answers are nearest."""
    known, rows = places.answers.questions, places.answers.rows
    about = near.about(np.split(rows, places.answers.begins[1:]) if known else [])
    language = places.language[rows[places.answers.begins]]
    for number, one in enumerate(known):
        close = about @ about[number]
        worth = close - np.where(language == language[number], 0, _OTHER_LANGUAGE)
        order = np.argsort(-worth, kind="stable").tolist()
        nearest = (known[n].asked for n in order if close[n] >= settings.related_least)
        yield one.asked, choose_questions(one.asked, nearest, settings)


def _shares_of(places: VideoPassages, settings: Settings) -> Shares:
    """How much each passage holds of what a text asks, worked out once a text."""

    @cache
    def shares(text: str, language: str) -> Floats:
        return _shares(places, text, language, settings)

    return shares


def _moments_by_words(
    places: VideoPassages, number: int, shares: Shares, settings: Settings
) -> tuple[Hit, ...]:
    """The moments that hold most of what one question of a video asks, or else of its title."""
    video = list(places.reader.videos.values())[number]
    texts = [one.asked.text for one in places.questions[video.slug]] or [video.title]
    close = np.max([shares(text, video.language) for text in texts], axis=0)
    return choose(_nearest_hits(places, number, close, settings.related_share, settings), settings)


def _asked_by_words(
    places: VideoPassages, question: CuratedAnswer, shares: Shares, settings: Settings
) -> tuple[AlsoAsked, ...]:
    """The questions in whose answers most is said of what another asks."""
    video = places.reader.videos[question.asked.video]
    if not len(places.answers.rows):
        return ()
    held = shares(question.asked.text, video.language)
    close = np.maximum.reduceat(held[places.answers.rows], places.answers.begins)
    near = np.flatnonzero(close >= settings.related_share)
    order = near[np.argsort(-close[near], kind="stable")].tolist()
    nearest = (places.answers.questions[n].asked for n in order)
    return choose_questions(question.asked, nearest, settings)


def _shares(places: VideoPassages, text: str, language: str, settings: Settings) -> Floats:
    """How much of what a text asks for each passage holds, as a share of the most that one does."""
    layout = places.reader.rows.layout
    held = np.zeros(layout.places, np.float32)
    for term in {token.term for token in tokens_of(text, language)}:
        there, worth = places.reader.terms.impacts(term, settings)
        held[there] += worth
    shares = held[layout.place]
    most = float(shares.max(initial=0))
    return shares / most if most else shares


def choose(hits: Iterable[Hit], settings: Settings) -> tuple[Hit, ...]:
    """Choose the first that do not overlap, not many of one video."""
    chosen: list[Hit] = []
    videos: Counter[str] = Counter()
    for hit in hits:
        if videos[hit.video] < settings.related_of_a_video and not any(
            _overlap(hit, one) for one in chosen
        ):
            videos[hit.video] += 1
            chosen.append(hit)
        if len(chosen) == settings.related_moments:
            break
    return tuple(chosen)


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


def _overlap(one: Hit, other: Hit) -> bool:
    together = one.start_ms < other.end_ms and other.start_ms < one.end_ms
    return one.video == other.video and together


def _wording(text: str) -> str:
    """A question without what is written differently each time: capitals, spaces, punctuation."""
    kept = "".join(c if c.isalnum() else " " for c in text.casefold())
    return " ".join(kept.split())
