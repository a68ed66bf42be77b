"""From scored passages to moments: landed, none twice, in turn of several videos.

Whose turn it is depends on what is shown already, never on how much is asked for.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from indexer.arrays import Array, Bools, Floats
from indexer.model import Hit
from indexer.moments.highlighted import Highlighted
from indexer.moments.landing import Landing, beside, land, land_at, sentence_worth
from indexer.moments.snippets import make_hit
from indexer.ranking.question_match import AnsweredQuestion, QuestionMatch
from indexer.ranking.scorer import ScoredPassages
from indexer.ranking.semantic import Semantics
from indexer.settings import Settings
from indexer.storage.reader import IndexReader

# A passage that begins so soon behind an answer's beginning belongs to it.
_SOON_MS = 15_000
# The moments that a video has already, each with the number of its track.
Taken = list[tuple[int, Landing]]


@dataclass(frozen=True, slots=True)
class MomentQuery:
    """What moments are to answer.

    `language` is that of the question; `weights` are what the identities of its terms are worth,
    `highlighted` says which to highlight; `matches` are the questions that ask the same. `vector`
    is what the question means, read by `semantics`; both are None when words alone decide.
    """

    language: str
    weights: Mapping[int, float]
    highlighted: Highlighted
    matches: Sequence[QuestionMatch]
    vector: Floats | None = None
    semantics: Semantics | None = None


class Candidate(msgspec.Struct, frozen=True):
    """A passage that may be shown: its row, its video with the kind of its series, its score."""

    row: int
    video: str
    kind: str | None
    score: float
    own_language: bool = True


def moments_in(scored: ScoredPassages, wanted: MomentQuery, settings: Settings) -> Iterator[Hit]:
    """Land in passages, best first; of each moment once. No score rises from one to the next.

    Where a passage holds none of the words, the first few land on the sentence that is meant.

    What a video says in two languages is one moment, in that of the question where it is found.
    """
    reader = scored.reader
    wordless = 0
    taken: dict[str, Taken] = {}
    shown: list[Candidate] = []
    least = math.inf
    own = _in_language(reader, scored.rows, wanted.language)
    left = _candidates(scored, own)
    while left:
        chosen = next_of(left, shown, settings)
        left.remove(chosen)
        row = chosen.row
        if not chosen.own_language:
            row = _said_in(reader, row, scored.rows[own].tolist())
        number = int(reader.rows.layout.track[row])
        others = taken.setdefault(chosen.video, [])
        landing = _land(reader, row, number, wanted, settings)
        if _is_taken(landing, number, others, settings):
            continue
        same_track = tuple(other for track, other in others if track == number)
        between = beside(reader.columns, landing, same_track)
        least = min(least, chosen.score)
        hit = make_hit(reader, number, between, wanted.highlighted, least)
        if between != landing and not hit.spans:
            continue  # between two moments too little was left to hold what was asked
        others.append((number, between))
        shown.append(chosen)
        yield hit
        wordless += not hit.spans
        if wordless >= settings.landed_by_meaning:
            wanted = replace(wanted, vector=None)


def _candidates(scored: ScoredPassages, own_language: Bools) -> list[Candidate]:
    reader = scored.reader
    tracks, kinds = reader.tracks, reader.kinds
    numbers = reader.rows.layout.track[scored.rows].tolist()
    videos = [tracks[number].video for number in numbers]
    series = [kinds[number] for number in numbers]
    scores, own = scored.scores.tolist(), own_language.tolist()
    return [*map(Candidate, scored.rows.tolist(), videos, series, scores, own)]


def _land(
    reader: IndexReader, row: int, number: int, wanted: MomentQuery, settings: Settings
) -> Landing:
    """Land in a passage: on the answer a curator wrote down, by words, or else by meaning.

    `number` is that of its track.
    """
    columns = reader.columns
    track = reader.rows.sentences_of(number)
    video = reader.tracks[number].video
    there = [match for match in wanted.matches if match.question.video == video]
    curated = _curated_in(reader, row, there, settings.sure_question) if there else None
    if curated:
        return land_at(columns, curated.start_ms, curated.end_ms, track, settings)
    first, last = reader.rows.passage(row)
    worth = sentence_worth(columns, first, last, wanted.weights)
    if wanted.semantics and wanted.vector is not None and not any(worth):
        worth = wanted.semantics.sentences(columns, wanted.vector, first, last).tolist()
    return land(columns, first, worth, track, wanted.weights, settings)


def _curated_in(
    reader: IndexReader, row: int, there: Iterable[QuestionMatch], least: float
) -> AnsweredQuestion | None:
    """Find the curated answer that begins in a passage, of those in its video the likest.

    That of a question `least` so like may begin just before.
    """
    start, end = _time_of(reader, row)
    begun = (
        match.question
        for match in sorted(there, key=lambda match: -match.likeness)
        if start - _SOON_MS * (match.likeness >= least) <= match.question.start_ms < end
    )
    return next(begun, None)


def _time_of(reader: IndexReader, row: int) -> tuple[int, int]:
    """When a passage begins and ends, in ms."""
    columns = reader.columns
    return int(columns.passage_start_ms[row]), int(columns.passage_end_ms[row])


def _is_taken(landing: Landing, number: int, others: Taken, settings: Settings) -> bool:
    """Whether a moment is there already, in whatever language; `number` is that of its track.

    It is when another begins at about the same time. What is shown of one that begins too early
    does not hide the one that begins right.
    """
    begins = (abs(landing.start_ms - other.start_ms) for _, other in others)
    return any(apart < settings.span_ms for apart in begins) or _is_said_in_another(
        landing, number, others
    )


def _in_language(reader: IndexReader, rows: Array, language: str) -> Bools:
    """Which passages are in the language of the question."""
    own: Bools = reader.rows.is_in(language)[reader.rows.layout.track[rows]]
    return own


def _said_in(reader: IndexReader, row: int, others: Iterable[int]) -> int:
    """Find the first of other passages that is said where this one is, else this one."""
    track = reader.rows.layout.track
    video = reader.tracks[track[row]].video
    time = _time_of(reader, row)
    for other in others:
        if reader.tracks[track[other]].video == video and _is_shared(time, _time_of(reader, other)):
            return other
    return row


def _is_shared(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches of time share more than half of the shorter."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared > min(one[1] - one[0], other[1] - other[0])


def _is_said_in_another(landing: Landing, number: int, others: Taken) -> bool:
    """Whether a moment is there in another language; `number` is that of its track."""
    time = landing.start_ms, landing.end_ms
    return any(
        _is_shared(time, (other.start_ms, other.end_ms))
        for track, other in others
        if track != number
    )


def hits_apart(hits: Iterable[Hit], most: int, most_of_a_video: int) -> tuple[Hit, ...]:
    """Choose the first hits that do not overlap, not many of one video."""
    chosen: list[Hit] = []
    for hit in hits:
        same = [other for other in chosen if other.video == hit.video]
        if len(same) < most_of_a_video and not any(
            hit.start_ms < other.end_ms and other.start_ms < hit.end_ms for other in same
        ):
            chosen.append(hit)
        if len(chosen) == most:
            break
    return tuple(chosen)


def next_of(left: Sequence[Candidate], shown: Sequence[Candidate], settings: Settings) -> Candidate:
    """Choose what comes next of those `left`, best first and not none.

    A video that had its share gives way to another that answers nearly as well, and where the very
    first are all in-depth, the last of them to an intro.
    """
    first = len(shown) < settings.first_places
    enough = left[0].score * (settings.answers_too if first else settings.answers_later)
    most = settings.most_of_a_video + len(shown) // settings.more_each
    videos = [one.video for one in shown]
    chosen = left[0]
    if videos.count(chosen.video) >= most:
        full = {video for video in set(videos) if videos.count(video) >= most}
        other = next((one for one in left if one.video not in full), chosen)
        chosen = other if other.score >= enough else chosen
    if len(shown) + 1 != settings.intro_within:
        return chosen
    return _intro(left, [*shown, chosen], settings) or chosen


def _intro(
    left: Sequence[Candidate], front: Sequence[Candidate], settings: Settings
) -> Candidate | None:
    if any(one.kind != "in-depth" for one in front):
        return None
    enough = max(one.score for one in front) * settings.intro_too
    return next((one for one in left if one.kind == "intro" and one.score >= enough), None)
