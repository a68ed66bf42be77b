"""Finds what belongs together: moments of other videos, and questions that are like one another.

By meaning where that can be, by the vectors of a sentence model; else by where words are said.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
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
from indexer.model import AlsoAsked, Hit, Related
from indexer.moments.landing import land, land_at
from indexer.moments.selection import hits_apart
from indexer.moments.snippets import make_hit
from indexer.settings import Settings
from indexer.storage.reader import IndexReader

# Whatever changes what belongs together changes this.
RELATED_AS = "2"
# Videos that are compared with everything at once.
_AT_ONCE = 16
# What is said in another language comes behind all that is not; nearness is from -1 to 1.
_OTHER_LANGUAGE = 2.0


def find_related(reader: IndexReader, settings: Settings, step: Callable[[str], None]) -> Related:
    """Find the moments that belong to each video, and the questions that are like each other one.

    Words decide where meaning finds no moment, or has nothing to compare. `step` is told each
    video's title.
    """
    passages = VideoPassages(reader)
    answers = [one for some in passages.answers.values() for one in some if len(one.rows)]
    found = _by_meaning(passages, answers, settings)
    for number, (slug, video) in enumerate(reader.videos.items()):

        @cache
        def shares(text: str, language: str = video.language) -> Floats:
            return _shares(reader, text, language, settings)

        if not found.moments.get(slug):
            texts = [one.asked.text for one in passages.answers[slug]] or [video.title]
            close = np.max([shares(text) for text in texts], axis=0)
            least = settings.related_share
            found.moments[slug] = _moments(passages, number, close, least, settings)
        asked = found.asked.setdefault(slug, {})
        for one in passages.answers[slug]:
            if one.asked.start_ms not in asked:
                held = shares(one.asked.text)
                close = np.array([held[other.rows].max() for other in answers], np.float32)
                like = _like(one, answers, close, close, settings.related_share, settings)
                asked[one.asked.start_ms] = like
        step(video.title)
    return found


def _by_meaning(
    passages: VideoPassages, answers: Sequence[CuratedAnswer], settings: Settings
) -> Related:
    """What can be found by vectors: nothing while some passages have none."""
    vectors, found, least = passages.reader.vectors, Related(), settings.related_least
    if vectors is None or vectors.account.lacking or not len(vectors):
        return found
    near = passage_vectors(vectors.values, vectors.scales)
    videos = list(passages.reader.videos.values())
    for begin in range(0, len(videos), _AT_ONCE):
        some = videos[begin : begin + _AT_ONCE]
        for number, close in enumerate(_close_to_videos(passages, near, some), start=begin):
            moments = _moments(passages, number, close, least, settings)
            found.moments[videos[number].slug] = moments
    about = near.about([one.rows for one in answers])
    language = np.array([passages.language[one.rows[0]] for one in answers], np.str_)
    for number, one in enumerate(answers):
        close = about @ about[number]
        worth = close - np.where(language == language[number], 0, _OTHER_LANGUAGE)
        like = _like(one, answers, close, worth, least, settings)
        found.asked.setdefault(one.asked.video, {})[one.asked.start_ms] = like
    return found


def _close_to_videos(
    passages: VideoPassages, near: PassageVectors, videos: Sequence[Video]
) -> Floats:
    """How near each passage is to videos: to the whole of one, and to its likest question."""
    answers = [[one.rows for one in passages.answers[video.slug]] for video in videos]
    wholes = [passages.main(video.slug) for video in videos]
    close = near.to(near.about([*wholes, *chain.from_iterable(answers)]))
    ends = accumulate(map(len, answers), initial=len(videos))
    for number, (begin, end) in enumerate(pairwise(ends)):
        if begin < end:
            close[number] = (close[number] + close[begin:end].max(axis=0)) / 2
    return close[: len(videos)]


def _shares(reader: IndexReader, text: str, language: str, settings: Settings) -> Floats:
    """How much of what a text asks for each passage holds, as a share of the most that one does."""
    layout = reader.rows.layout
    held = np.zeros(layout.places, np.float32)
    for term in {token.term for token in tokens_of(text, language)}:
        there, worth = reader.terms.impacts(term, settings)
        held[there] += worth
    shares = held[layout.place]
    most = float(shares.max(initial=0))
    return shares / most if most else shares


def _moments(
    passages: VideoPassages, number: int, close: Floats, least: float, settings: Settings
) -> tuple[Hit, ...]:
    """Choose moments of other videos, the nearest first; its own language before all others.

    `close` is how near each passage is to the video of this number, `least` what is near enough.
    """
    language = passages.languages[number]
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
        return make_hit(reader, number, landing, (), score)
    start_ms = answer.asked.start_ms
    landing = land_at(columns, start_ms, answer.end_ms, track, settings)
    hit = make_hit(reader, number, landing, (), score)
    return replace(hit, match_ms=max(hit.match_ms, start_ms))


def _like(
    one: CuratedAnswer,
    answers: Sequence[CuratedAnswer],
    close: Floats,
    worth: Floats,
    least: float,
    settings: Settings,
) -> tuple[AlsoAsked, ...]:
    """Choose the questions whose answers are near enough, by what each is worth."""
    order = np.argsort(-worth, kind="stable").tolist()
    nearest = (answers[n].asked for n in order if close[n] >= least)
    return choose_questions(one.asked, nearest, settings)


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
