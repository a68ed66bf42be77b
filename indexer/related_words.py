"""Finds what belongs together by words alone: by where the words of questions are said."""

from __future__ import annotations

import numpy as np

from indexer.analysis import tokens_of
from indexer.model import Hit
from indexer.ranking import Floats
from indexer.related import AlsoAsked, choose, choose_questions
from indexer.related_meaning import nearest_hits
from indexer.related_places import Answered, Places
from indexer.settings import Settings


def moments_by_words(places: Places, number: int, settings: Settings) -> tuple[Hit, ...]:
    """The moments that hold most of what one question of a video asks, or else of its title."""
    video = list(places.generation.videos.values())[number]
    texts = [one.asked.text for one in places.questions[video.slug]] or [video.title]
    close = np.max([_shares(places, text, video.language, settings) for text in texts], axis=0)
    return choose(nearest_hits(places, number, close, settings.related_share, settings), settings)


def asked_by_words(places: Places, question: Answered, settings: Settings) -> tuple[AlsoAsked, ...]:
    """The questions in whose answers most is said of what another asks."""
    video = places.generation.videos[question.asked.video]
    if not len(places.answers.rows):
        return ()
    shares = _shares(places, question.asked.text, video.language, settings)
    close = np.maximum.reduceat(shares[places.answers.rows], places.answers.begins)
    order = np.argsort(-close, kind="stable").tolist()
    known = places.answers.questions
    nearest = (known[n].asked for n in order if close[n] >= settings.related_share)
    return choose_questions(question.asked, nearest, settings)


def _shares(places: Places, text: str, language: str, settings: Settings) -> Floats:
    """How much of what a text asks for each passage holds, as a share of the most that one does."""
    layout = places.generation.layout
    held = np.zeros(layout.places, np.float32)
    for term in {token.term for token in tokens_of(text, language)}:
        there, worth = places.generation.impacts(term, settings)
        held[there] += worth
    shares = held[layout.place]
    most = float(shares.max(initial=0))
    return shares / most if most else shares
