"""The results page: what came of a search, the best answer first and ready to be played."""

from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import structs

from catalog import Library, Video, WrittenAnswer, base_language
from indexer import Answer, Generation, TrackMentions, detected_language
from webapp.i18n.translations import N_, gettext, interface, link
from webapp.presenters.moments.moments import Moment, moments_of, punctuated
from webapp.presenters.results.questions import TypedQuestion
from webapp.presenters.watching.player import Player, player_of
from webapp.rendering.addresses import search_path, watch_path
from webapp.rendering.pagination import typed_number

# Rows below the best answer: at first, and with each "more answers"; and how many at most.
ROWS, MOST_ROWS = 5, 20
MOST_VIDEOS = 50

# By the language of the question, that of the first answer, and whether a later one has the former.
_LANGUAGE_NOTES = {
    ("es", "en", False): (
        N_("Nobody answers this in Spanish here."),
        N_("What follows is in English."),
    ),
    ("es", "en", True): (
        N_("The first answer here is in English."),
        N_("Further down, others are in Spanish."),
    ),
    ("en", "es", False): (
        N_("Nobody answers this in English here."),
        N_("What follows is in Spanish."),
    ),
    ("en", "es", True): (
        N_("The first answer here is in Spanish."),
        N_("Further down, others are in English."),
    ),
}

Outcome = Literal[
    "answered",
    "perhaps",
    "unclear",
    "no-captions",
    "filters",
    "nothing",
    "no-question",
    "withheld",
    "elsewhere",
]


class Row(msgspec.Struct, frozen=True):
    """A moment of the results; `here` when the page's own player plays its video.

    With the first moment of a video: in so many `more` places it says something of what was asked
    that is not on the page, and `more_at` is the page that lists them.
    """

    moment: Moment
    here: bool = False
    more: int = 0
    more_at: str = ""


class ResultsPage(msgspec.Struct, frozen=True):
    """What came of a search. `outcome` says which page it is.

    `best` is the first moment unless nothing is clear, `rows` are the others, best first, and
    `more_at` the page that shows more of them, "" where these are all. `player` plays the video of
    the first one, where that can be played here.
    Something of it is said in so many `videos_saying`, 0 when these are no more than are shown. Of
    videos that fit filters without a word to search for there are `count_left`, `left` are the
    first of them. `asked_in` is the language of the question, where it tells. `by_words` says that
    meaning had no part in the answer, though it may have. `written` is a question like this one
    that a page elsewhere answers.
    """

    question: TypedQuestion
    outcome: Outcome
    exact: bool
    answer: Answer
    best: Row | None = None
    rows: tuple[Row, ...] = ()
    more_at: str = ""
    player: Player | None = None
    videos_saying: int = 0
    left: tuple[Video, ...] = ()
    count_left: int = 0
    asked_in: str = ""
    by_words: bool = False
    written: WrittenAnswer | None = None

    @property
    def other_language(self) -> tuple[str, str]:
        """The language of the question and that of the first moment, where they differ."""
        if not self.answer_rows:
            return "", ""
        asked = self.asked_in or base_language(interface().language)
        said = base_language(self.answer_rows[0].moment.hit.language)
        return ("", "") if asked == said else (asked, said)

    @property
    def language_note(self) -> tuple[str, ...]:
        """What is said above an answer in another language than the question."""
        asked, said = self.other_language
        below = any(base_language(row.moment.hit.language) == asked for row in self.answer_rows)
        return tuple(map(gettext, _LANGUAGE_NOTES.get((asked, said, below), ())))

    @property
    def unclear(self) -> bool:
        """Whether nothing clearly answers: what is shown only comes near."""
        return self.outcome == "unclear"

    @property
    def is_sure(self) -> bool:
        """Whether the first moment is likely to answer."""
        return self.outcome == "answered"

    @property
    def video(self) -> Video | None:
        """The video that the player plays."""
        return self.answer_rows[0].moment.video if self.player else None

    @property
    def punctuated(self) -> bool:
        """Whether any moment is read with punctuation that its captions lack."""
        return punctuated(row.moment for row in self.answer_rows)

    @property
    def answer_rows(self) -> tuple[Row, ...]:
        """All moments that are shown, best first."""
        return (self.best, *self.rows) if self.best else self.rows

    @property
    def several_left(self) -> bool:
        """Whether more than one video fits the filters."""
        return self.count_left > 1

    @property
    def left_out(self) -> int:
        """How many videos are left beside the first."""
        return self.count_left - len(self.left)


def rows_wanted(typed: str | None) -> int:
    """How many rows `?answers=` asks for; what is no such number is the usual one."""
    return min(max(typed_number(typed) or ROWS, ROWS), MOST_ROWS)


def hits_needed(rows: int) -> int:
    """How many hits a page with so many rows needs: the best, and one that tells of more."""
    return rows + 2


def results_page(
    generation: Generation,
    library: Library,
    question: TypedQuestion,
    answer: Answer,
    *,
    exact: bool,
    rows: int = ROWS,
) -> ResultsPage:
    """Lay out what was found, best first: the best by itself, and so many rows."""
    outcome = _outcome(generation, question, answer)
    left = answer.filtered or ()
    asked_in = detected_language(question.text)
    hits, catalogue = answer.hits[: rows + 1], generation.catalogue
    moments = moments_of(hits, catalogue, question.text, query=answer.parsed, asked_in=asked_in)
    player = _inline_player(generation, library, moments[0]) if moments else None
    found = _rows(generation, answer, moments, question.text, here=player is not None)
    alone = outcome in {"answered", "perhaps"}
    has_more = len(answer.hits) > rows + 1 and rows < MOST_ROWS
    videos = len({moment.video.slug for moment in moments})
    return ResultsPage(
        question,
        outcome,
        exact,
        answer,
        found[0] if alone else None,
        found[1:] if alone else found,
        search_path(question.text, exact=exact, answers=rows + ROWS) if has_more else "",
        player,
        answer.videos if outcome == "answered" and answer.videos > videos else 0,
        tuple(catalogue.videos[slug] for slug in left[:MOST_VIDEOS]),
        len(left),
        asked_in=asked_in,
        by_words=not (answer.meaning or exact),
        written=generation.asked_in_writing(answer.parsed),
    )


def page_without_search(
    question: TypedQuestion, outcome: Outcome, *, exact: bool = False
) -> ResultsPage:
    """The page where nothing is searched for: a signpost answers instead, or a link was pasted."""
    return ResultsPage(question, outcome, exact, Answer(question.text, (), confidence="none"))


_FOUND: dict[str, Outcome] = {"answered": "answered", "perhaps": "perhaps", "none": "unclear"}


def _outcome(generation: Generation, question: TypedQuestion, answer: Answer) -> Outcome:
    if answer.hits:
        return _FOUND[answer.confidence]
    if not question.text:
        return "no-question"
    if not any(track.passages and not track.dead for track in generation.tracks):
        return "no-captions"
    return "nothing" if answer.filtered is None else "filters"


def _rows(
    generation: Generation, answer: Answer, moments: Sequence[Moment], question: str, *, here: bool
) -> tuple[Row, ...]:
    firsts: dict[str, Moment] = {}
    for moment in moments:
        firsts.setdefault(moment.video.slug, moment)
    tracks = [(slug, moment.hit.language) for slug, moment in firsts.items()]
    said = {one.video: one for one in generation.said_within(answer.parsed, tracks)}
    played = moments[0].video.slug if here else ""
    return tuple(
        _row(
            moment,
            said.get(moment.video.slug) if firsts[moment.video.slug] is moment else None,
            moments,
            question,
            here=moment.video.slug == played,
        )
        for moment in moments
    )


def _row(
    moment: Moment,
    said: TrackMentions | None,
    shown: Sequence[Moment],
    question: str,
    *,
    here: bool,
) -> Row:
    slug, language = moment.video.slug, moment.hit.language
    left = list(said.starts_ms.values()) if said else []
    for one in (one.hit for one in shown if one.hit.video == slug):
        left = [at_ms for at_ms in left if not one.start_ms <= at_ms < one.end_ms]
    more = len(left)
    other = "" if language == moment.video.language else language
    return Row(moment, here, more, watch_path(slug, None, other, question, "found") if more else "")


def _inline_player(generation: Generation, library: Library, best: Moment) -> Player | None:
    """A player that starts at the best moment; None where the video can't be played here."""
    languages = generation.languages(best.video.slug)
    player = player_of(best.video, library, best.hit.start_ms, languages, best.hit.language)
    return structs.replace(player, page=link(best.path)) if player.plays_here else None
