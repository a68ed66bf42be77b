"""The results page: what came of a search, each video with a timeline, the best to be played."""

from dataclasses import dataclass, replace
from typing import Literal

from catalog import Library, Series, Video
from indexer import Answer, Generation, TrackMentions
from webapp.i18n.translations import link
from webapp.presenters.player import Player, player_of
from webapp.presenters.questions import TypedQuestion
from webapp.presenters.results import Group, group_by_video, shared_notice
from webapp.presenters.timeline import Timeline, timeline_of
from webapp.rendering.addresses import watch_path

MOST_VIDEOS = 50

Outcome = Literal[
    "answered", "perhaps", "unclear", "no-captions", "filters", "nothing", "no-question", "withheld"
]


@dataclass(frozen=True, slots=True)
class VideoResult:
    """One video of the results, with a timeline where it is said at more than one place.

    So many `places` are known, `more_at` is the page that lists them when not all are shown here.
    """

    group: Group
    path: str
    places: int
    timeline: Timeline | None = None
    more_at: str = ""
    player: Player | None = None


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What came of a search. `outcome` says which page it is.

    In so many `videos_saying` is something of it said, 0 when these are no more than are shown.
    `notice` is the series whose notice holds for all results. Of videos that fit filters without a
    word to search for there are `count_left`, `left` are the first of them. `by_words` says that
    meaning had no part in the answer, though it may have.
    """

    question: TypedQuestion
    outcome: Outcome
    exact: bool
    answer: Answer
    results: tuple[VideoResult, ...] = ()
    notice: Series | None = None
    videos_saying: int = 0
    left: tuple[Video, ...] = ()
    count_left: int = 0
    by_words: bool = False

    @property
    def unclear(self) -> bool:
        """Whether nothing clearly answers: what is shown only comes near."""
        return self.outcome == "unclear"

    @property
    def is_sure(self) -> bool:
        """Whether the first moment is likely to answer."""
        return self.outcome == "answered"

    @property
    def moments(self) -> int:
        """How many moments are shown."""
        return len(self.answer.hits)

    @property
    def videos(self) -> int:
        """How many videos they are in."""
        return len(self.results)

    @property
    def several_left(self) -> bool:
        """Whether more than one video fits the filters."""
        return self.count_left > 1

    @property
    def left_out(self) -> int:
        """How many videos are left beside the first."""
        return self.count_left - len(self.left)

    @property
    def player(self) -> Player | None:
        """The player of the best moment, where it can be played here."""
        return self.results[0].player if self.results else None


def results_page(
    generation: Generation,
    library: Library,
    question: TypedQuestion,
    answer: Answer,
    *,
    exact: bool,
) -> ResultsPage:
    """Lay out what was found, by video, best first."""
    results = _results(generation, library, answer, question.text)
    outcome = _outcome(generation, question, answer)
    left = answer.filtered or ()
    return ResultsPage(
        question,
        outcome,
        exact,
        answer,
        results,
        shared_notice(one.group.series for one in results),
        answer.videos if outcome == "answered" and answer.videos > len(results) else 0,
        tuple(generation.catalogue.videos[slug] for slug in left[:MOST_VIDEOS]),
        len(left),
        by_words=not (answer.meaning or exact),
    )


def withheld_page(question: TypedQuestion, *, exact: bool) -> ResultsPage:
    """The page for a question that a signpost answers instead."""
    return ResultsPage(question, "withheld", exact, Answer(question.text, (), confidence="none"))


_FOUND: dict[str, Outcome] = {"answered": "answered", "perhaps": "perhaps", "none": "unclear"}


def _outcome(generation: Generation, question: TypedQuestion, answer: Answer) -> Outcome:
    if answer.hits:
        return _FOUND[answer.confidence]
    if not question.text:
        return "no-question"
    if not any(track.passages and not track.dead for track in generation.tracks):
        return "no-captions"
    return "nothing" if answer.filtered is None else "filters"


def _results(
    generation: Generation, library: Library, answer: Answer, question: str
) -> tuple[VideoResult, ...]:
    groups = group_by_video(answer.hits, generation.catalogue, question)
    tracks = [(group.video.slug, group.moments[0].hit.language) for group in groups]
    said = {one.video: one for one in generation.said_within(answer.parsed, tracks)}
    found = tuple(video_result(group, said.get(group.video.slug), question) for group in groups)
    if not found:
        return ()
    return (replace(found[0], player=_inline_player(generation, library, groups[0])), *found[1:])


def video_result(group: Group, said: TrackMentions | None, question: str) -> VideoResult:
    """The moments of a video, and where else in it something of the question is said."""
    mentions = tuple(said.starts_ms.values()) if said else ()
    moments, language = len(group.moments), group.moments[0].hit.language
    timeline = timeline_of(
        group.video.duration_ms or (said.end_ms if said else 0),
        (moment.hit.start_ms for moment in group.moments),
        (start_ms for start_ms in mentions if not _is_shown(start_ms, group)),
    )
    slug, other = group.video.slug, "" if language == group.video.language else language
    drawn = len(timeline.shown) + len(timeline.said) > 1 or len(mentions) > 1
    return VideoResult(
        group,
        watch_path(slug, None, other, question),
        max(len(mentions), moments),
        timeline if drawn else None,
        watch_path(slug, None, other, question, "found") if len(mentions) > moments else "",
    )


def _is_shown(at_ms: int, group: Group) -> bool:
    return any(one.hit.start_ms <= at_ms < one.hit.end_ms for one in group.moments)


def _inline_player(generation: Generation, library: Library, group: Group) -> Player | None:
    """A player that starts at the best moment; None where the video can't be played here."""
    best = group.moments[0]
    languages = generation.languages(group.video.slug)
    player = player_of(group.video, library, best.hit.start_ms, languages, best.hit.language)
    return replace(player, page=link(best.path)) if player.plays_here else None
