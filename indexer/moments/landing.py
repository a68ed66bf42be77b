"""Lands on the sentence that answers: where to jump, and where the moment may begin and end."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import fsum

import msgspec
import numpy as np
from msgspec.structs import replace

from indexer.moments.boundaries import whole_from, whole_until
from indexer.moments.interviewer import leads
from indexer.settings import SETTINGS, Settings
from indexer.storage.columns import Columns


class Landing(msgspec.Struct, frozen=True):
    """Sentences `first` to `last` (exclusive) are shown; `match` answers; the jump is `start_ms`.

    Sentences count over all tracks. `asked` says that the jump is to an interviewer's question.
    """

    first: int
    match: int
    last: int
    start_ms: int
    end_ms: int
    asked: bool = False


def land(
    columns: Columns,
    first: int,
    worth: Sequence[float],
    track: tuple[int, int],
    weights: Mapping[int, float],
    settings: Settings,
) -> Landing:
    """Land inside a passage that begins with sentence `first` of a track (first, last sentence).

    `worth` is what each of its sentences holds of what was asked; `weights` maps the identity of
    each term searched for to what it is worth.
    """
    # The first sentence that holds nearly as much as the best: an answer is heard from its start.
    enough = settings.nearly_best * max(worth)
    best = first + next(at for at, own in enumerate(worth) if own >= enough)
    on = _landings_on(columns, best, track, settings)
    if on.question is None:
        return on.led
    asked = sentence_worth(columns, on.question, on.question + 1, weights)[0]
    asks = asked > 0 and asked >= settings.asks_share * worth[best - first]
    return on.led if asks else on.own


class _Landings(msgspec.Struct, frozen=True):
    """Where to land for a sentence: on its `own`, or where what is said before leads to it.

    That is where `question` asks for enough of what was asked; with None, in any case.
    """

    own: Landing
    led: Landing
    question: int | None = None


# Of so many sentences it is kept: some six megabytes.
_MOST_KEPT = 16_384


def _landings_on(
    columns: Columns, sentence: int, track: tuple[int, int], settings: Settings
) -> _Landings:
    """Where to land for a sentence of a track; worked out once for the usual settings, and kept."""
    kept = columns.landings
    found = kept.get(sentence) if settings is SETTINGS else None
    if found is None:
        found = _made_for(columns, sentence, track, settings)
        if settings is SETTINGS:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            kept[sentence] = found
    return found


def _made_for(
    columns: Columns, sentence: int, track: tuple[int, int], settings: Settings
) -> _Landings:
    match = _first_answering(columns, sentence, track, settings)
    own = _landing(columns, sentence, match, track, settings)
    shown, question = _prompt(columns, sentence, track, settings), None
    if shown is None:
        shown, at_once = _question_before(columns, sentence, track[0], settings)
        question = None if at_once else shown
    led = own if shown == sentence else _landing(columns, shown, match, track, settings)
    return _Landings(own, led, question)


def land_at(
    columns: Columns, start_ms: int, end_ms: int, track: tuple[int, int], settings: Settings
) -> Landing:
    """Land where a curator chose, `start_ms`; end by `end_ms`.

    The sentence of the track that starts nearest is shown. Where the second lies well inside of
    it, the jump is to the second: captions without punctuation run on from one answer to the next.
    """
    said = columns.values
    first, last = track
    starts = columns.sentence_start_ms[first:last]
    shown = first + int(np.argmin(np.abs(starts - start_ms)))
    match = _first_answering(columns, shown, track, settings)
    landing = _landing(columns, shown, match, track, settings)
    if landing.first < shown:  # a curator chose the second
        jump_ms = _jump(columns, shown, first, settings)
        asked = bool(said.sentence_question[shown])
        landing = replace(landing, first=shown, start_ms=jump_ms, asked=asked)
    inside = start_ms - said.sentence_start_ms[shown]
    if inside >= settings.inside_ms and start_ms < said.sentence_end_ms[shown]:
        landing = replace(landing, start_ms=start_ms)
    ended = match + 1 + int(np.sum(columns.sentence_end_ms[match + 1 : landing.last] <= end_ms))
    ended = whole_until(columns, ended, last, settings)
    return replace(landing, last=ended, end_ms=_end_ms(columns, match, ended))


def _landing(
    columns: Columns, shown: int, match: int, track: tuple[int, int], settings: Settings
) -> Landing:
    said = columns.values
    if not said.sentence_question[shown]:  # a question is a beginning
        shown = whole_from(columns, shown, track[0], settings)
    end = _end(columns, shown, match, track[1], settings)
    return Landing(
        first=shown,
        match=match,
        last=end,
        start_ms=_jump(columns, shown, track[0], settings),
        end_ms=_end_ms(columns, match, end),
        asked=bool(said.sentence_question[shown]),
    )


def _end_ms(columns: Columns, match: int, end: int) -> int:
    """End with the last sentence; a cue that takes no time still ends after its first word."""
    said = columns.values
    return max(said.sentence_end_ms[end - 1], said.sentence_start_ms[match] + 1)


def beside(columns: Columns, landing: Landing, others: Sequence[Landing]) -> Landing:
    """End a moment where another begins, and begin it where another ends."""
    said = columns.values
    if not others:
        return landing
    before = [other.last for other in others if other.last <= landing.match]
    after = [other.first for other in others if other.first > landing.match]
    first, last = max([landing.first, *before]), min([landing.last, *after])
    start_ms = said.sentence_start_ms[first] if first > landing.first else landing.start_ms
    end_ms = said.sentence_end_ms[last - 1] if last < landing.last else landing.end_ms
    asked = bool(said.sentence_question[first])
    return replace(landing, first=first, last=last, start_ms=start_ms, end_ms=end_ms, asked=asked)


def sentence_worth(
    columns: Columns, first: int, last: int, weights: Mapping[int, float]
) -> list[float]:
    """Say for sentences `first` to `last` (exclusive) what the searched terms in each are worth.

    Each term counts once a sentence.
    """
    said, sought = columns.values, weights.keys()
    ends = said.token_offsets[first : last + 1].tolist()
    terms, begun = said.token_term[ends[0] : ends[-1]].tolist(), ends[0]
    held = (sought & terms[begin - begun : end - begun] for begin, end in pairwise(ends))
    # Summed up exactly: whatever holds the same terms is worth the same.
    return [fsum(map(weights.__getitem__, some)) if some else 0.0 for some in held]


def _prompt(
    columns: Columns, sentence: int, track: tuple[int, int], settings: Settings
) -> int | None:
    """Find where an interviewer begins to say what a sentence of theirs says without asking.

    Of a long speech no more than `question_within_ms` before it is heard.
    """
    said = columns.values
    if said.sentence_question[sentence] or not leads(columns, sentence, track):
        return None
    turn = said.sentence_turn[sentence]
    earliest_ms = said.sentence_start_ms[sentence] - settings.question_within_ms
    while (
        sentence > track[0]
        and said.sentence_turn[sentence - 1] == turn
        and said.sentence_start_ms[sentence - 1] >= earliest_ms
    ):
        sentence -= 1
    return sentence


def _question_before(
    columns: Columns, match: int, first: int, settings: Settings
) -> tuple[int, bool]:
    """Find the interviewer's question that may lead to the answer, else the answer itself.

    It leads there when the answer follows at once, as is said too, or, ending within
    `question_within_ms`, when it asks for much of what the answer holds of what was asked.
    """
    said = columns.values
    start_ms = said.sentence_start_ms[match]
    for sentence in range(match, max(first - 1, match - 12), -1):
        gap_ms = start_ms - said.sentence_end_ms[sentence]
        if gap_ms > settings.question_within_ms:
            break
        if said.sentence_question[sentence]:
            return sentence, gap_ms <= settings.at_once_ms
    return match, True


def _first_answering(
    columns: Columns, sentence: int, track: tuple[int, int], settings: Settings
) -> int:
    """Find the sentence that answers: behind a question, if the best sentence asks one.

    Behind what an interviewer says, too, where somebody else goes on soon.
    """
    said = columns.values
    answer, last = sentence, track[1]
    latest_ms = said.sentence_end_ms[sentence] + settings.question_within_ms
    while answer + 1 < last and leads(columns, answer, track):
        soon = said.sentence_start_ms[answer + 1] <= latest_ms
        if not (said.sentence_question[answer] or soon):
            return sentence
        answer += 1
    return answer


def _jump(columns: Columns, sentence: int, first: int, settings: Settings) -> int:
    """Jump to just before the first word, but not into what was said before it."""
    said = columns.values
    start_ms = said.sentence_start_ms[sentence]
    before_ms = said.sentence_end_ms[sentence - 1] if sentence > first else 0
    return max(start_ms - settings.lead_ms, min(before_ms, start_ms), 0)


def _end(columns: Columns, shown: int, match: int, last: int, settings: Settings) -> int:
    """End the moment where the next question is asked, or about `moment_ms` after its start.

    It ends a little later where else a clause would be torn.
    """
    said = columns.values
    latest_ms = said.sentence_start_ms[shown] + settings.moment_ms
    end = match + 1
    while end < last and said.sentence_end_ms[end] <= latest_ms:
        if said.sentence_question[end]:
            spoken_ms = said.sentence_start_ms[end] - said.sentence_start_ms[match]
            if spoken_ms >= settings.shortest_answer_ms:
                break
        end += 1
    return whole_until(columns, end, last, settings)
