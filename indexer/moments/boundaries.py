"""Where speech can be cut: captions without punctuation are cut where they seem to turn.

At a longest length they are cut where they do not turn; what was cut there goes on behind the cut,
and a moment does not tear it.
"""

from indexer.settings import Settings
from indexer.storage.columns import Columns
from transcripts import ease_of_cut, is_ended, negates, spoken_words

# More than any pause tells: here a sentence is over.
_ENDED = 1_000_000


def runs_on(columns: Columns, sentence: int, last: int, settings: Settings) -> bool:
    """Whether a sentence goes on in the next one of its track, which ends before `last`."""
    return sentence + 1 < last and _ease(columns, sentence, settings) <= 0


def whole_from(columns: Columns, sentence: int, first: int, settings: Settings) -> int:
    """Go back to where what is said begins, a few sentences and seconds at most."""
    said = columns.values
    earliest = max(first, sentence - settings.back_sentences)
    earliest_ms = said.sentence_start_ms[sentence] - settings.back_ms
    while (
        sentence > earliest
        and said.sentence_start_ms[sentence - 1] >= earliest_ms
        and _leans_back(columns, sentence, first, settings)
    ):
        sentence -= 1
    return sentence


def whole_until(columns: Columns, end: int, last: int, settings: Settings) -> int:
    """Go on to where the sentence before `end` is over, some seconds at most; else end there."""
    said = columns.values
    latest_ms = said.sentence_end_ms[end - 1] + settings.longer_ms
    longer = end
    while runs_on(columns, longer - 1, last, settings):
        if said.sentence_end_ms[longer] > latest_ms:
            return end
        longer += 1
    return longer


def _leans_back(columns: Columns, sentence: int, first: int, settings: Settings) -> bool:
    """Whether a sentence is not understood without the one before, in a track from `first`.

    It is the rest of a clause, or what was said before denies something and no pause ends it.
    """
    if sentence <= first:
        return False
    ease = _ease(columns, sentence - 1, settings)
    if ease <= 0 or ease > settings.clear_turn:
        return ease <= 0
    return negates(_words(columns, sentence - 1)[-settings.denied_words :])


def _ease(columns: Columns, sentence: int, settings: Settings) -> int:
    """Say how easily speech is cut behind a sentence, which is not the last of its track.

    In ms of pause that would tell as much; it is worked out once, and kept.
    """
    key = (settings.firm_pause_ms, sentence)
    ease = columns.cut_eases.get(key)
    if ease is None:
        ease = _ENDED
        if _is_open(columns, sentence, settings):
            ease = ease_of_cut(_words(columns, sentence), _words(columns, sentence + 1))
        columns.cut_eases[key] = ease
    return ease


def _is_open(columns: Columns, sentence: int, settings: Settings) -> bool:
    """Whether nothing marks the end of a sentence: no stop, pause, question or speaker."""
    said = columns.values
    after = sentence + 1
    if said.sentence_question[sentence] or said.sentence_question[after]:
        return False
    pause_ms = said.sentence_start_ms[after] - said.sentence_end_ms[sentence]
    same = (
        said.sentence_speaker[sentence] == said.sentence_speaker[after]
        and said.sentence_turn[sentence] == said.sentence_turn[after]
    )
    if pause_ms >= settings.firm_pause_ms or not same:
        return False
    return not is_ended(columns.sentence_text(sentence))


def _words(columns: Columns, sentence: int) -> list[str]:
    return spoken_words(columns.sentence_text(sentence))
