"""Tells where a moment may begin and end without tearing what is said.

Captions without punctuation are cut where they seem to turn, and at a longest length where they do
not; what was cut there goes on behind the cut.
"""

from __future__ import annotations

from indexer.settings import Settings
from indexer.storage.columns import Tables
from transcripts import ease_of_cut, is_ended, negates, spoken_words

# More than any pause tells: here a sentence is over.
_ENDED = 1_000_000


def runs_on(tables: Tables, sentence: int, last: int, settings: Settings) -> bool:
    """Tell whether a sentence goes on in the next one of its track, which ends before `last`."""
    return sentence + 1 < last and _ease(tables, sentence, settings) <= 0


def whole_from(tables: Tables, sentence: int, first: int, settings: Settings) -> int:
    """Go back to where what is said begins, a few sentences and seconds at most."""
    earliest = max(first, sentence - settings.back_sentences)
    earliest_ms = int(tables.sentence_start_ms[sentence]) - settings.back_ms
    while (
        sentence > earliest
        and int(tables.sentence_start_ms[sentence - 1]) >= earliest_ms
        and _leans_back(tables, sentence, first, settings)
    ):
        sentence -= 1
    return sentence


def whole_until(tables: Tables, end: int, last: int, settings: Settings) -> int:
    """Go on to where the sentence before `end` is over, some seconds at most; else end there."""
    latest_ms = int(tables.sentence_end_ms[end - 1]) + settings.longer_ms
    longer = end
    while runs_on(tables, longer - 1, last, settings):
        if int(tables.sentence_end_ms[longer]) > latest_ms:
            return end
        longer += 1
    return longer


def _leans_back(tables: Tables, sentence: int, first: int, settings: Settings) -> bool:
    """Tell whether a sentence is not understood without the one before, in a track from `first`.

    It is the rest of a clause, or what was said before denies something and no pause ends it.
    """
    if sentence <= first:
        return False
    ease = _ease(tables, sentence - 1, settings)
    if ease <= 0 or ease > settings.clear_turn:
        return ease <= 0
    return negates(_words(tables, sentence - 1)[-settings.denied_words :])


def _ease(tables: Tables, sentence: int, settings: Settings) -> int:
    """Say how easily speech is cut behind a sentence, which is not the last of its track.

    In ms of pause that would tell as much; it is worked out once, and kept.
    """
    key = (settings.firm_pause_ms, sentence)
    ease = tables.eases.get(key)
    if ease is None:
        ease = _ENDED
        if _is_open(tables, sentence, settings):
            ease = ease_of_cut(_words(tables, sentence), _words(tables, sentence + 1))
        tables.eases[key] = ease
    return ease


def _is_open(tables: Tables, sentence: int, settings: Settings) -> bool:
    """Tell whether nothing marks the end of a sentence: no stop, pause, question or speaker."""
    after = sentence + 1
    if tables.sentence_question[sentence] or tables.sentence_question[after]:
        return False
    pause_ms = int(tables.sentence_start_ms[after]) - int(tables.sentence_end_ms[sentence])
    same = (
        tables.sentence_speaker[sentence] == tables.sentence_speaker[after]
        and tables.sentence_turn[sentence] == tables.sentence_turn[after]
    )
    if pause_ms >= settings.firm_pause_ms or not same:
        return False
    return not is_ended(tables.sentence_text(sentence))


def _words(tables: Tables, sentence: int) -> list[str]:
    return spoken_words(tables.sentence_text(sentence))
