"""Related questions beside a video and beside results, and the video to watch next."""

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from catalog import Catalogue, Question, Series, Video
from indexer import AlsoAsked, Generation, Hit
from webapp.presenters.moments.moments import Moment, moments_of

MOST_ASKED = 3
# So many videos that explain the same are shown, the others are folded away.
OTHERS = 2


def asked_beside_video(
    generation: Generation, video: Video, at_ms: int | None
) -> tuple[AlsoAsked, ...]:
    """Questions that other videos answer: those like the one answered here now come first."""
    timed = [question for question in video.questions if question.start_ms is not None]
    now = [question for question in timed if at_ms is not None and question.is_answered_at(at_ms)]
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
            if question.is_answered_at(hit.match_ms):
                found = _like(generation, hit.video, question)
                return _few(one for one in found if one.text.casefold() != typed.casefold())
    return ()


def _like(generation: Generation, video: str, question: Question) -> tuple[AlsoAsked, ...]:
    return generation.also_asked(video, question.start_ms or 0)


def _in_turn(lists: Sequence[Sequence[AlsoAsked]]) -> Iterable[AlsoAsked]:
    """The first of each list, then the second of each."""
    return (one for some in zip_longest(*lists) for one in some if one is not None)


def _few(found: Iterable[AlsoAsked]) -> tuple[AlsoAsked, ...]:
    """The first few, each text once."""
    by_text: dict[str, AlsoAsked] = {}
    for one in found:
        by_text.setdefault(one.text.casefold(), one)
    return tuple(by_text.values())[:MOST_ASKED]


def others_explain(
    generation: Generation, video: Video, series: Series
) -> tuple[tuple[Moment, ...], tuple[Moment, ...]]:
    """Moments of other videos that explain the same: those to show, and those to fold away.

    The notice of a series that is the same as that of the video's own `series` is not repeated.
    """
    related = generation.related_moments(video.slug)
    moments = moments_of(related, generation.catalogue, told=[series.notice])
    return moments[:OTHERS], moments[OTHERS:]


def watch_next(video: Video, catalogue: Catalogue) -> Video | None:
    """The video that the catalogue names, else the in-depth one that shares most topics."""
    if video.next:
        return catalogue.videos[video.next]
    if catalogue.series_of(video).kind == "in-depth":
        return None
    deeper = [
        other
        for other in catalogue.videos.values()
        if catalogue.series_of(other).kind == "in-depth" and _shared(video, other)
    ]
    return max(deeper, key=lambda other: _shared(video, other), default=None)


def _shared(video: Video, other: Video) -> int:
    return len(set(video.topics) & set(other.topics))
