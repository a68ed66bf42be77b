"""Finds what belongs together by the vectors of a sentence model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise

import numpy as np

from catalog import Video
from indexer.browse.nearness import Nearness
from indexer.browse.related import AlsoAsked, choose, choose_questions
from indexer.browse.related_passages import Places
from indexer.model import Hit
from indexer.moments.hits import make_hit
from indexer.moments.landing import land, land_at
from indexer.ranking.evidence import Floats
from indexer.settings import Settings

# Videos that are compared with everything at once.
_AT_ONCE = 16
# What is said in another language comes behind all that is not; nearness is from -1 to 1.
_OTHER_LANGUAGE = 2.0


def moments_by_meaning(
    places: Places, near: Nearness, settings: Settings
) -> Iterator[tuple[str, tuple[Hit, ...]]]:
    """Yield each video, and the moments of others that are nearest to it."""
    videos = list(places.generation.videos.values())
    for begin in range(0, len(videos), _AT_ONCE):
        some = videos[begin : begin + _AT_ONCE]
        for number, close in enumerate(_close(places, near, some), start=begin):
            nearest = nearest_hits(places, number, close, settings.related_least, settings)
            yield videos[number].slug, choose(nearest, settings)


def _close(places: Places, near: Nearness, videos: Sequence[Video]) -> Floats:
    """How near each passage is to videos: to the whole of one, and to its likest question."""
    answers = [[places.answering(one) for one in places.questions[v.slug]] for v in videos]
    wholes = [places.main(video.slug) for video in videos]
    close = near.to(near.about([*wholes, *chain.from_iterable(answers)]))
    ends = accumulate(map(len, answers), initial=len(videos))
    for number, (begin, end) in enumerate(pairwise(ends)):
        if begin < end:
            close[number] = (close[number] + close[begin:end].max(axis=0)) / 2
    return close[: len(videos)]


def nearest_hits(
    places: Places, number: int, close: Floats, least: float, settings: Settings
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


def _moment(places: Places, row: int, score: float, settings: Settings) -> Hit:
    """Land on the answer to the curated question in which a passage lies, else where it starts."""
    generation, number = places.generation, int(places.track[row])
    tables = generation.tables
    track = generation.rows.first_sentence[number], generation.rows.first_sentence[number + 1]
    middle = (int(tables.passage_start_ms[row]) + int(tables.passage_end_ms[row])) // 2
    question = places.question_at(generation.tracks[number].video, middle)
    if question is None:
        first, last = generation.rows.passage(row)
        landing = land(tables, first, np.zeros(last - first), track, {}, settings)
        return make_hit(generation, number, landing, {}, score)
    start_ms = question.asked.start_ms
    landing = land_at(tables, start_ms, question.end_ms, track, settings)
    hit = make_hit(generation, number, landing, {}, score)
    return replace(hit, match_ms=max(hit.match_ms, start_ms))


def asked_by_meaning(
    places: Places, near: Nearness, settings: Settings
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
