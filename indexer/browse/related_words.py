"""Finds what belongs together by words alone: by where the words of questions are said."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from indexer.analysis.tokenizer import tokens_of
from indexer.browse.related import AlsoAsked, choose, choose_questions
from indexer.browse.related_meaning import nearest_hits
from indexer.browse.related_passages import Answered, Places
from indexer.model import Hit
from indexer.ranking.evidence import Floats
from indexer.settings import Settings

Shares = Callable[[str, str], Floats]


def shares_of(places: Places, settings: Settings) -> Shares:
    """How much each passage holds of what a text asks, worked out once a text."""

    @cache
    def shares(text: str, language: str) -> Floats:
        return _shares(places, text, language, settings)

    return shares


def moments_by_words(
    places: Places, number: int, shares: Shares, settings: Settings
) -> tuple[Hit, ...]:
    """The moments that hold most of what one question of a video asks, or else of its title."""
    video = list(places.generation.videos.values())[number]
    texts = [one.asked.text for one in places.questions[video.slug]] or [video.title]
    close = np.max([shares(text, video.language) for text in texts], axis=0)
    return choose(nearest_hits(places, number, close, settings.related_share, settings), settings)


def asked_by_words(
    places: Places, question: Answered, shares: Shares, settings: Settings
) -> tuple[AlsoAsked, ...]:
    """The questions in whose answers most is said of what another asks."""
    video = places.generation.videos[question.asked.video]
    if not len(places.answers.rows):
        return ()
    held = shares(question.asked.text, video.language)
    close = np.maximum.reduceat(held[places.answers.rows], places.answers.begins)
    near = np.flatnonzero(close >= settings.related_share)
    order = near[np.argsort(-close[near], kind="stable")].tolist()
    nearest = (places.answers.questions[n].asked for n in order)
    return choose_questions(question.asked, nearest, settings)


def _shares(places: Places, text: str, language: str, settings: Settings) -> Floats:
    """How much of what a text asks for each passage holds, as a share of the most that one does."""
    layout = places.generation.rows.layout
    held = np.zeros(layout.places, np.float32)
    for term in {token.term for token in tokens_of(text, language)}:
        there, worth = places.generation.terms.impacts(term, settings)
        held[there] += worth
    shares = held[layout.place]
    most = float(shares.max(initial=0))
    return shares / most if most else shares
