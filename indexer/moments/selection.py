"""From scored passages to moments: landed, none twice, and of several videos."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.arrays import Array, Bools, Floats
from indexer.model import Hit
from indexer.moments.landing import Landing, beside, land, land_at, sentence_worth
from indexer.moments.snippets import last_shown, make_hit
from indexer.ranking.matching import WeightedConcept
from indexer.ranking.questions import AnsweredQuestion, QuestionMatch
from indexer.ranking.scorer import ScoredPassages
from indexer.ranking.semantic import Semantics
from indexer.settings import Settings
from indexer.storage.reader import IndexReader

# The moments that a video has already, each with the number of its track.
Taken = list[tuple[int, Landing]]


@dataclass(frozen=True, slots=True)
class MomentQuery:
    """What moments are to answer.

    `language` is that of the question; `weights` are what the identities of the terms of its
    `concepts` are worth,
    `matches` the questions that ask the same. `vector` is what the question means, read by
    `semantics`; both are None when words alone decide.
    """

    language: str
    concepts: Sequence[WeightedConcept]
    weights: Mapping[int, float]
    matches: Sequence[QuestionMatch]
    vector: Floats | None = None
    semantics: Semantics | None = None


def moments_in(scored: ScoredPassages, wanted: MomentQuery, settings: Settings) -> Iterator[Hit]:
    """Land in passages, best first; what overlaps a moment already there is the same moment.

    Where a passage holds none of the words, the first few land on the sentence that is meant.

    What a video says in two languages is one moment, in that of the question where it is found.
    """
    reader = scored.reader
    wordless = 0
    taken: dict[str, Taken] = {}
    is_own = _in_language(reader, scored.rows, wanted.language)
    in_language = scored.rows[is_own]
    for found, score, own in zip(scored.rows, scored.scores, is_own, strict=True):
        row = int(found) if own else _said_in(reader, int(found), in_language)
        number = int(reader.rows.layout.track[row])
        others = taken.setdefault(reader.tracks[number].video, [])
        if _is_taken(reader, row, others):
            continue
        landing = _land(reader, row, wanted, settings)
        match_ms = int(reader.columns.sentence_start_ms[landing.match])
        if any(other.start_ms <= match_ms < other.end_ms for _, other in others):
            continue
        if _is_said_in_another(landing, number, others):
            continue
        same_track = tuple(other for track, other in others if track == number)
        between = beside(reader.columns, landing, same_track)
        hit = make_hit(reader, number, between, _marks(reader, between, wanted), float(score))
        if between != landing and not hit.spans:
            continue  # between two moments too little was left to hold what was asked
        others.append((number, between))
        yield hit
        wordless += not hit.spans
        if wordless >= settings.landed_by_meaning:
            wanted = replace(wanted, vector=None)


def _marks(reader: IndexReader, landing: Landing, wanted: MomentQuery) -> frozenset[int]:
    """What to highlight in a moment, as identities of terms."""
    columns = reader.columns
    begin, end = columns.token_offsets[[landing.first, last_shown(columns, landing)]]
    said = frozenset(columns.token_term[begin:end].tolist())
    return frozenset(mark for concept in wanted.concepts for mark in concept.marks(said))


def _land(reader: IndexReader, row: int, wanted: MomentQuery, settings: Settings) -> Landing:
    """Land in a passage: on the answer a curator wrote down, by words, or else by meaning."""
    columns = reader.columns
    track = reader.rows.sentences_of(int(reader.rows.layout.track[row]))
    curated = _curated_in(reader, row, wanted.matches)
    if curated:
        return land_at(columns, curated.start_ms, curated.end_ms, track, settings)
    first, last = reader.rows.passage(row)
    worth = sentence_worth(columns, first, last, wanted.weights)
    if wanted.semantics and wanted.vector is not None and not worth.any():
        worth = wanted.semantics.sentences(columns, wanted.vector, first, last)
    return land(columns, first, worth, track, wanted.weights, settings)


def _curated_in(
    reader: IndexReader, row: int, matches: Sequence[QuestionMatch]
) -> AnsweredQuestion | None:
    """Find the curated answer that begins in a passage, that of the likest question."""
    video = reader.tracks[reader.rows.layout.track[row]].video
    start, end = _time_of(reader, row)
    begun = (
        match
        for match in sorted(matches, key=lambda match: -match.likeness)
        if match.question.video == video and start <= match.question.start_ms < end
    )
    return next((match.question for match in begun), None)


def _time_of(reader: IndexReader, row: int) -> tuple[int, int]:
    """When a passage begins and ends, in ms."""
    columns = reader.columns
    return int(columns.passage_start_ms[row]), int(columns.passage_end_ms[row])


def _is_taken(reader: IndexReader, row: int, others: Taken) -> bool:
    """Whether a passage overlaps a moment of its video, in whatever language."""
    start, end = _time_of(reader, row)
    return any(start < other.end_ms and other.start_ms < end for _, other in others)


def _in_language(reader: IndexReader, rows: Array, language: str) -> Bools:
    """Which passages are in the language of the question."""
    own: Bools = reader.rows.is_in(language)[reader.rows.layout.track[rows]]
    return own


def _said_in(reader: IndexReader, row: int, others: Array) -> int:
    """Find the first of other passages that is said where this one is, else this one."""
    track = reader.rows.layout.track
    video = reader.tracks[track[row]].video
    time = _time_of(reader, row)
    for other in others:
        if reader.tracks[track[other]].video == video and _is_shared(time, _time_of(reader, other)):
            return int(other)
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


Kinds = Mapping[str, str | None]


def diversify(hits: Sequence[Hit], kinds: Kinds, settings: Settings) -> list[Hit]:
    """Let no video fill the first places, and none but in-depth answers the very first.

    `hits` come best first; `kinds` has the kind of each series. Another hit is brought forward
    only when it answers nearly as well. No score rises from one hit to the next.
    """
    return _never_rising(_with_an_intro(_of_several_videos(hits, settings), kinds, settings))


def _of_several_videos(hits: Sequence[Hit], settings: Settings) -> list[Hit]:
    """Let no video fill the first places while another answers nearly as well."""
    left = list(hits)
    front: list[Hit] = []
    while left and len(front) < settings.first_places:
        filled = {
            hit.video
            for hit in front
            if sum(other.video == hit.video for other in front) >= settings.most_of_a_video
        }
        enough = settings.answers_too * left[0].score
        other = (hit for hit in left if hit.video not in filled and hit.score >= enough)
        front.append(next(other, left[0]))
        left.remove(front[-1])
    return front + left


def _with_an_intro(hits: list[Hit], kinds: Kinds, settings: Settings) -> list[Hit]:
    """Bring the best intro answer into the very first places when only in-depth ones are there."""
    front, left = hits[: settings.intro_within], hits[settings.intro_within :]
    if any(kinds.get(hit.series) != "in-depth" for hit in front):
        return hits
    enough = max((hit.score for hit in front), default=0.0) * settings.intro_too
    intros = (hit for hit in left if kinds.get(hit.series) == "intro" and hit.score >= enough)
    intro = next(intros, None)
    if intro is None:
        return hits
    left.remove(intro)
    return [*front[:-1], intro, *front[-1:], *left]


def _never_rising(hits: Sequence[Hit]) -> list[Hit]:
    """Give no hit a higher score than the one before it has."""
    least = float("inf")
    kept = []
    for hit in hits:
        least = min(least, hit.score)
        kept.append(replace(hit, score=least) if hit.score > least else hit)
    return kept


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
