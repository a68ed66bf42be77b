"""Where sentences end in captions that nobody punctuated, and which of them ask.

English is weighed by what was learned from captions that have punctuation, Spanish by pauses and
by how words hang together. Captions in other languages are left alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from catalog import base_language, read_word_lists
from transcripts.model import Sentence, Word
from transcripts.segmentation.clauses import bare, ease_of_cut
from transcripts.segmentation.questions import asks, asks_in_spanish
from transcripts.segmentation.sentences import is_ended, is_punctuated
from transcripts.segmentation.stop_weights import LENGTHS, LENGTHS_ASKED, pause_ms, weights_of
from transcripts.text import join

_LISTS = read_word_lists("transcripts/data/stops.toml")
_NEVER_LAST = _LISTS.word_set("never-last")
_TAGS, _NO_TAG = _LISTS.word_set("tags"), _LISTS.word_set("no-tag")
_BEHIND_NO_TAG = _LISTS.word_set("behind-no-tag")
_SUPPOSING, _FOLLOWS = frozenset(("if", "si")), frozenset(("then", "entonces"))
_ANSWERS = _LISTS.word_set("answers")
# From so much on a sentence ends, in tenths of log-odds, unless one of the next two gaps is better.
_ENOUGH = -6
_AHEAD = 2
_FIRST_WORDS = 12
# Whatever is longer has swallowed its answer.
_LONGEST_QUESTION, _LONGEST_IN_SPANISH = 32, 14
_SUPPOSED = 3
_SILENCE_MS = 3_000
_ANSWERED = 40
_PLAIN_MS, _LONGEST_PAUSE_MS, _MS_IN_WEIGHT = 350, 900, 15


class Stop(NamedTuple):
    """A sentence ends behind word `last`; `asks` when it is a question."""

    last: int
    asks: bool


def with_stops(
    sentences: Sequence[Sentence], words: Sequence[Word], language: str
) -> tuple[Sentence, ...]:
    """Say of the sentences of unpunctuated captions where in them one ends, as people write.

    Such captions are cut as well as can be; what is read may end in the middle of a cut.
    """
    ends = {stop.last: stop.asks for stop in stops_of(words, language)}
    return tuple(_with_stops(sentence, words, ends) for sentence in sentences)


def _with_stops(sentence: Sentence, words: Sequence[Word], ends: Mapping[int, bool]) -> Sentence:
    first = sentence.first
    stops = tuple(
        (len(join(word.text for word in words[first : n + 1])), ends[n])
        for n in range(first, sentence.last)
        if n in ends
    )
    return replace(sentence, stops=stops) if stops else sentence


def stops_of(words: Sequence[Word], language: str) -> tuple[Stop, ...]:
    """Find where sentences end. None where captions have full stops, or are in other languages."""
    tongue = _TONGUES.get(base_language(language))
    if tongue is None or is_punctuated(words):
        return ()
    spoken = [bare(word.text) for word in words]
    weights = tongue.weights(words, spoken)
    return tuple(
        stop
        for first, last in _stretches(words, spoken)
        for stop in _stops_within(spoken, weights, first, last, tongue.asks)
    )


def _stretches(words: Sequence[Word], spoken: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Cut where there is no doubt: at changes of speaker, full stops, and long silences."""
    first = 0
    for n in range(1, len(words)):
        changed = words[n].turn or words[n].speaker != words[n - 1].speaker
        silent = pause_ms(words, n - 1) >= _SILENCE_MS and not _goes_on(spoken[n - 1], spoken[n])
        if changed or silent or is_ended(words[n - 1].text):
            yield first, n
            first = n
    if words:
        yield first, len(words)


def _stops_within(
    spoken: Sequence[str],
    weights: Sequence[int],
    first: int,
    last: int,
    is_question: Callable[[Sequence[str]], bool],
) -> Iterator[Stop]:
    begun, asked = first, is_question(spoken[first : first + _FIRST_WORDS])
    for n in range(first, last - 1):
        lengths = LENGTHS_ASKED if asked else LENGTHS
        weight = weights[n]
        if asked and _answers(spoken[begun : n + 1], spoken[n + 1]):
            weight += _ANSWERED
        is_best = all(weight >= other for other in weights[n + 1 : min(n + _AHEAD + 1, last - 1)])
        enough = weight + lengths.weight(n + 1 - begun) >= _ENOUGH
        if not (enough and is_best) or _goes_on(spoken[n], spoken[n + 1]):
            continue
        yield Stop(n, is_question(spoken[begun : n + 1]))
        begun = n + 1
        asked = is_question(spoken[begun : min(last, begun + _FIRST_WORDS)])
    yield Stop(last - 1, is_question(spoken[begun:last]))


def _goes_on(word: str, after: str) -> bool:
    """Whether nothing ends behind a word, however long the pause: no denial is torn apart."""
    torn = word in _NEVER_LAST or word.endswith("n't")
    return torn or (word in _TAGS and after in _BEHIND_NO_TAG)


def _answers(question: Sequence[str], word: str) -> bool:
    """Whether a word behind a question begins its answer: "yes", or "then" behind "what if"."""
    if len(question) <= _SUPPOSED:
        return False
    supposed = not _SUPPOSING.isdisjoint(question[:_SUPPOSED])
    return word in _ANSWERS or (supposed and word in _FOLLOWS)


def _asks_in_english(words: Sequence[str]) -> bool:
    if len(words) > 1 and words[-1] in _TAGS and words[-2] not in _NO_TAG:
        return True
    return len(words) <= _LONGEST_QUESTION and asks(words[:_FIRST_WORDS], fresh=True)


def _asks_in_spanish(words: Sequence[str]) -> bool:
    return len(words) <= _LONGEST_IN_SPANISH and asks_in_spanish(words)


def _spanish_weights(words: Sequence[Word], spoken: Sequence[str]) -> list[int]:
    """What a pause, and how easily speech is cut, say for an end: both are milliseconds."""
    return [
        (
            min(pause_ms(words, n), _LONGEST_PAUSE_MS)
            + ease_of_cut(spoken[max(0, n + 1 - _FIRST_WORDS) : n + 1], spoken[n + 1 : n + 3])
            - _PLAIN_MS
        )
        // _MS_IN_WEIGHT
        for n in range(len(words) - 1)
    ]


class _Tongue(NamedTuple):
    """How a language is weighed, and what asks in it."""

    weights: Callable[[Sequence[Word], Sequence[str]], list[int]]
    asks: Callable[[Sequence[str]], bool]


_TONGUES = {
    "en": _Tongue(weights_of, _asks_in_english),
    "es": _Tongue(_spanish_weights, _asks_in_spanish),
}
