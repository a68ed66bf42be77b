"""Who asks in an interview: what they say leads to an answer and is none."""

import numpy as np

from indexer.storage.columns import Columns

# Nobody who is named asks.
NOBODY = -1
# So many questions at least, that share of all in the track, and no more than that of its terms.
_QUESTIONS, _OF_QUESTIONS, _OF_TERMS = 2, 0.6, 0.5


def interviewer_of(columns: Columns, track: tuple[int, int]) -> int:
    """The speaker who asks most of what is asked in a track, and says the lesser part of it.

    A number as in `columns.sentence_speaker`, or NOBODY; `track` is its first and last (exclusive)
    sentence. It is worked out once, and kept.
    """
    found = columns.interviewers.get(track)
    if found is None:
        found = columns.interviewers[track] = _interviewer(columns, *track)
    return found


def _interviewer(columns: Columns, first: int, last: int) -> int:
    speakers = columns.sentence_speaker[first:last]
    named = speakers >= 0
    asked = speakers[named & columns.sentence_question[first:last].astype(bool)]
    if asked.size < _QUESTIONS:
        return NOBODY
    numbers, counts = np.unique(asked, return_counts=True)
    most = int(counts.argmax())
    terms = columns.sentence_tokens[first:last]
    own = terms[speakers == numbers[most]].sum() / max(int(terms.sum()), 1)
    asks = counts[most] >= max(_QUESTIONS, _OF_QUESTIONS * asked.size)
    return int(numbers[most]) if asks and own <= _OF_TERMS else NOBODY


def leads(columns: Columns, sentence: int, track: tuple[int, int]) -> bool:
    """Whether a sentence of a track asks, or is said by the one who does."""
    asker = interviewer_of(columns, track)
    said_by = int(columns.sentence_speaker[sentence])
    return bool(columns.sentence_question[sentence]) or NOBODY != said_by == asker
