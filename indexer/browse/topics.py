"""Chooses the moments of a topic, for people who browse."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from catalog import Catalogue, Question, Topic, Video
from indexer.analysis.tokenizer import tokens_of
from indexer.browse.topic_names import (
    Rarity,
    TopicNames,
    defines,
    is_asked,
    is_named,
    is_said,
    names_of,
)
from indexer.model import Hit
from indexer.moments.selection import hits_apart
from indexer.search.answer import Answer
from indexer.settings import Settings

Search = Callable[[str], Answer]
_Place = tuple[str, int]

# Where a moment comes from: a curated question of a video on the topic, the one that asks what the
# topic is before others; another place in such a video; another video. The lower comes first.
DEFINING, CURATED, TAGGED, ELSEWHERE = range(4)
# Search may land so much before the time that a curator wrote down.
_BEFORE_MS = 15_000
# What answers may begin so much before it: captions without punctuation are cut where they may be.
_MATCH_BEFORE_MS = 5_000


@dataclass(frozen=True, slots=True)
class TopicMoment:
    """A moment that a topic may show. `rank`: the lower comes first; `worth`: then the higher."""

    hit: Hit
    rank: int
    worth: float


@dataclass(frozen=True, slots=True)
class _Subject:
    """A topic, the videos on it, and how they are searched."""

    topic: Topic
    names: TopicNames
    videos: Mapping[str, Video]
    search: Search
    settings: Settings


def moments_of_topic(
    topic: Topic, catalogue: Catalogue, search: Search, rarity: Rarity, settings: Settings
) -> tuple[Hit, ...]:
    """Find the moments of a topic, best first.

    Answers to curated questions in videos on the topic come first, then what else those videos
    say, then other videos. Every moment is about its topic: one of which nobody speaks has none.
    """
    videos = {v.slug: v for v in catalogue.videos.values() if topic.slug in v.topics}
    names = names_of(topic, catalogue, rarity)
    subject = _Subject(topic, names, videos, cache(search), settings)
    return choose(_in_depth_later(_candidates(subject), catalogue, settings), settings)


def choose(candidates: Iterable[TopicMoment], settings: Settings) -> tuple[Hit, ...]:
    """Choose the best that do not overlap, not many of one video."""
    best = sorted(candidates, key=lambda one: (one.rank, -one.worth))
    hits = (candidate.hit for candidate in best)
    return hits_apart(hits, settings.topic_moments, settings.topic_moments_of_a_video)


def _in_depth_later(
    candidates: Iterable[TopicMoment], catalogue: Catalogue, settings: Settings
) -> Iterator[TopicMoment]:
    deep = {series.slug for series in catalogue.series if series.kind == "in-depth"}
    for one in candidates:
        worth = one.worth * settings.intro_too if one.hit.series in deep else one.worth
        yield replace(one, worth=worth)


def _candidates(subject: _Subject) -> Iterable[TopicMoment]:
    """Find what answers the title, and what answers the glossary's names of a topic.

    All those names together are worth as much as the title.
    """
    found = {_place(one.hit): one for one in _main_answers(subject)}
    for name, weight in _names(subject):
        for place, new in _answering(name, subject).items():
            old = found.setdefault(place, replace(new, worth=0.0))
            found[place] = replace(old, worth=old.worth + weight * new.worth)
    for one in _elsewhere(subject):
        found.setdefault(_place(one.hit), one)
    return found.values()


def _names(subject: _Subject) -> Iterator[tuple[str, float]]:
    """Yield the title and the glossary's names of a topic, each once, and what each is worth."""
    title = subject.topic.title
    names = dict.fromkeys(name.casefold() for name in subject.topic.terms)
    names.pop(title.casefold(), None)
    yield title, 1.0
    few = list(names)[: subject.settings.topic_names]
    yield from ((name, 1.0 / len(few)) for name in few)


def _main_answers(subject: _Subject) -> Iterator[TopicMoment]:
    """Yield the answers to all questions about the topic in videos that name it first.

    What a question asks of the topic alone is
    worth more: "What is a biomarker?" before "Is it okay to start before the results are back?"
    """
    settings = subject.settings
    main = (video for video in subject.videos.values() if video.topics[0] == subject.topic.slug)
    questions = ((question, video) for video in main for question in video.questions)
    most = settings.topic_moments * settings.topic_moments_of_a_video
    for question, video in islice(questions, most):
        hit = _answer_of(question, video, subject)
        if hit and _is_about(question, video, (hit,), subject):
            worth = settings.topic_share + _closeness(question, subject)
            yield TopicMoment(hit, _rank(question, video, subject), worth)


def _is_about(question: Question, video: Video, hits: Iterable[Hit], subject: _Subject) -> bool:
    """Whether a curated question is about a topic.

    It is when it asks for it or its answer speaks of it, and when its video names the topic first
    among its topics and in its title as well.
    """
    main = video.topics[0] == subject.topic.slug and is_named(subject.names, video.title)
    return main or is_asked(subject.names, question) or is_said(subject.names, hits)


def _rank(question: Question, video: Video, subject: _Subject) -> int:
    return DEFINING if defines(subject.names, question, video.language) else CURATED


def _closeness(question: Question, subject: _Subject) -> float:
    """Say how much of a question is about a topic: 0 nothing, 1 all of it."""
    names = [name for name, _ in _names(subject)]
    named = {token.term for name in names for token in tokens_of(name)}
    asked = {token.term for token in tokens_of(question.text)}
    return len(asked & named) / len(asked) if asked else 0.0


def _answering(name: str, subject: _Subject) -> dict[_Place, TopicMoment]:
    """Find what answers a name well in videos on the topic; worth is the share of the best score.

    What lies in the time of a curated question is moved to the answer of that question.
    """
    found: dict[_Place, TopicMoment] = {}
    query = f"topic:{subject.topic.slug} {name}"
    for hit, worth in _good(subject.search(query), subject.settings) if subject.videos else ():
        one = _asked(hit, subject, worth)
        if one is None and is_said(subject.names, (hit,)):
            one = TopicMoment(hit, TAGGED, worth)
        if one:
            found.setdefault(_place(one.hit), one)
    return found


def _elsewhere(subject: _Subject) -> Iterator[TopicMoment]:
    """Yield what answers the title well in videos that nobody put under the topic."""
    answer = subject.search(subject.topic.title)
    for hit, worth in _good(answer, subject.settings) if answer.answered else ():
        if hit.video not in subject.videos and is_said(subject.names, (hit,)):
            yield TopicMoment(hit, ELSEWHERE, worth)


def _good(answer: Answer, settings: Settings) -> Iterator[tuple[Hit, float]]:
    """Yield what answers nearly as well as the best, with its share of the best score."""
    for hit in answer.hits:
        share = hit.score / answer.hits[0].score
        if share >= settings.topic_share and _is_whole(hit, settings):
            yield hit, share


def _is_whole(hit: Hit, settings: Settings) -> bool:
    """Whether this is a moment, not what is left of one between two others."""
    return hit.end_ms - hit.start_ms >= settings.shortest_answer_ms


def _place(hit: Hit) -> _Place:
    return hit.video, hit.start_ms


def _asked(hit: Hit, subject: _Subject, worth: float) -> TopicMoment | None:
    """Find the answer to the curated question in whose time a hit lies, if it is on the topic.

    Where two questions overlap, it is the one that starts nearest.
    """
    video = subject.videos[hit.video]
    inside = [
        question
        for question in video.questions
        if question.is_answered_at(hit.match_ms, _MATCH_BEFORE_MS)
    ]
    if not inside:
        return None
    question = min(inside, key=lambda one: abs((one.start_ms or 0) - hit.start_ms))
    answer = _answer_of(question, video, subject)
    if answer is None or not _is_about(question, video, (hit, answer), subject):
        return None
    return TopicMoment(answer, _rank(question, video, subject), worth)


def _answer_of(question: Question, video: Video, subject: _Subject) -> Hit | None:
    """Find the answer to a curated question: what begins nearest to the time written down."""
    start_ms = question.start_ms
    if start_ms is None:
        return None
    answers = [
        hit
        for hit in subject.search(question.text).hits
        if hit.video == video.slug
        and question.is_answered_at(hit.start_ms, _BEFORE_MS)
        and question.is_answered_at(hit.match_ms, _MATCH_BEFORE_MS)
        and hit.end_ms > start_ms
        and _is_whole(hit, subject.settings)
    ]
    return min(answers, key=lambda hit: abs(hit.start_ms - start_ms), default=None)
