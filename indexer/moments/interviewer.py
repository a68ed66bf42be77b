"""Who asks in an interview: what they say leads to an answer and is none."""

import numpy as np

from indexer.arrays import Array
from indexer.storage.columns import Columns

# Nobody is known to be the one who asks.
NOBODY = -1
# At least so many questions, that share of what they say, and so many times that of all others;
# no more than that share of all terms.
_QUESTIONS, _OFTEN, _TIMES, _OF_TERMS = 2, 0.2, 2.0, 0.5
# So many changes of speaker at least tell two who take turns.
_TURNS = 4


def interviewer_of(columns: Columns, track: tuple[int, int]) -> int:
    """Who of a track mostly asks, and says the lesser part of it: the speaker, by number.

    Of two who take turns and are not named, 0 or 1. NOBODY where that is not clear; `track` is its
    first and last (exclusive) sentence. It is worked out once, and kept.
    """
    return _asker(columns, track)[0]


def _asker(columns: Columns, track: tuple[int, int]) -> tuple[int, bool]:
    found = columns.interviewers.get(track)
    if found is None:
        asker, by_turns = _interviewer(columns, *track), _take_turns(columns, *track)
        found = columns.interviewers[track] = asker, by_turns
    return found


def voices_of(columns: Columns, first: int, last: int) -> Array:
    """Who says each of these sentences, as a number: the speaker or NOBODY, or whose turn."""
    if _take_turns(columns, first, last):
        return columns.sentence_turn[first:last] % 2
    return columns.sentence_speaker[first:last]


def _take_turns(columns: Columns, first: int, last: int) -> bool:
    """Whether nobody is named but captions show that speakers change: then two take turns."""
    speakers, turns = columns.sentence_speaker[first:last], columns.sentence_turn[first:last]
    return bool(speakers.max(initial=NOBODY) == NOBODY and turns.max(initial=0) >= _TURNS)


def _interviewer(columns: Columns, first: int, last: int) -> int:
    voices = voices_of(columns, first, last)
    asks = columns.sentence_question[first:last].astype(bool)
    terms = columns.sentence_tokens[first:last]
    for voice in np.unique(voices[voices != NOBODY]).tolist():
        own = voices == voice
        often, others = asks[own].mean(), asks[~own].mean() if not own.all() else 1.0
        enough = asks[own].sum() >= _QUESTIONS and often >= max(_OFTEN, _TIMES * others)
        if enough and terms[own].sum() <= _OF_TERMS * terms.sum():
            return int(voice)
    return NOBODY


def places_of_interviewer(columns: Columns, track: tuple[int, int]) -> frozenset[int]:
    """Which sentences of a track, counted from its first, are said by whoever mostly asks."""
    asker = interviewer_of(columns, track)
    found = np.flatnonzero(voices_of(columns, *track) == asker) if asker != NOBODY else ()
    return frozenset(map(int, found))


def leads(columns: Columns, sentence: int, track: tuple[int, int]) -> bool:
    """Whether a sentence of a track asks, or is said by the one who does."""
    said = columns.values
    if said.sentence_question[sentence]:
        return True
    asker, by_turns = _asker(columns, track)
    if asker == NOBODY:
        return False
    voice = said.sentence_turn[sentence] % 2 if by_turns else said.sentence_speaker[sentence]
    return asker == voice
