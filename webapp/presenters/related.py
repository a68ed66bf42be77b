"""What else may be asked: questions of the catalogue beside a video, and beside what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from catalog import Question, Video
from indexer import AlsoAsked, Generation, Hit

MOST_ASKED = 4


def asked_beside_video(
    generation: Generation, video: Video, at_ms: int | None
) -> tuple[AlsoAsked, ...]:
    """Questions that other videos answer: those like the one answered here now come first."""
    timed = [question for question in video.questions if question.start_ms is not None]
    now = [question for question in timed if at_ms is not None and _is_within(question, at_ms)]
    like_now, *others = (
        [_like(generation, video.slug, question) for question in questions]
        for questions in (now, timed)
    )
    in_turn = chain(_in_turn(like_now), *map(_in_turn, others))
    return _few(one for one in in_turn if one.video != video.slug)


def asked_beside_hits(
    generation: Generation, hits: Iterable[Hit], typed: str
) -> tuple[AlsoAsked, ...]:
    """Questions like the one that the first of the hits answers which answers one at all."""
    for hit in hits:
        for question in generation.videos[hit.video].questions:
            if _is_within(question, hit.match_ms):
                found = _like(generation, hit.video, question)
                return _few(one for one in found if one.text.casefold() != typed.casefold())
    return ()


def _like(generation: Generation, video: str, question: Question) -> tuple[AlsoAsked, ...]:
    return generation.also_asked(video, question.start_ms or 0)


def _is_within(question: Question, at_ms: int) -> bool:
    if question.start_ms is None:
        return False
    return question.start_ms <= at_ms < (question.end_ms or question.start_ms + 60_000)


def _in_turn(lists: Sequence[Sequence[AlsoAsked]]) -> Iterable[AlsoAsked]:
    """The first of each list, then the second of each."""
    return (one for some in zip_longest(*lists) for one in some if one is not None)


def _few(found: Iterable[AlsoAsked]) -> tuple[AlsoAsked, ...]:
    """The first few, each text once."""
    by_text: dict[str, AlsoAsked] = {}
    for one in found:
        by_text.setdefault(one.text.casefold(), one)
    return tuple(by_text.values())[:MOST_ASKED]
