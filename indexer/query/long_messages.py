"""Finds the question in a long message, as people dictate it or write to a doctor.

`indexer/data/messages.toml` says what ends one where nothing else does.
"""

import re
from collections.abc import Iterator, Sequence

from catalog import read_word_lists
from transcripts import asks, ease_of_cut, is_marked_question

# A text no longer than this is searched for as it is.
SHORT = 300
# Where a question is not ended by anything, so many of its words are enough.
_MOST_WORDS = 20
_FEWEST_WORDS = 4
_FIRST_WORDS = 12
_CLOSING = read_word_lists("indexer/data/messages.toml").word_set("closing")
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")


def question_in(text: str, longest: int) -> str:
    """The questions of a long text, at most so many characters of it: rather the last ones.

    A short text, or one that asks nothing, stays as it is, cut at its end.
    """
    if len(text) <= SHORT:
        return text
    kept: list[str] = []
    room = longest
    for question in reversed(list(_questions(text))):
        room -= len(question) + 1
        if room < 0:
            break
        kept.insert(0, question)
    return " ".join(kept) or text[:longest]


def _questions(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.findall(text):
        words = sentence.split()
        if is_marked_question(sentence.strip()) and len(words) <= 2 * _MOST_WORDS:
            yield sentence.strip()
        else:
            yield from _asked_inside(words)


def _asked_inside(words: Sequence[str]) -> Iterator[str]:
    """Find what is asked in a row of words that nothing parts."""
    plain = [word.strip(",;:?!.\"'()").lower() for word in words]
    at = 0
    while at < len(words):
        first = plain[at : at + _FIRST_WORDS]
        if asks(first, fresh=at == 0 or first[1:2] in (["i"], ["we"])):
            end = _end_of(plain, at)
            yield " ".join(words[at:end])
            at = end
        else:
            at += 1


def _end_of(words: Sequence[str], at: int) -> int:
    """Where a question that begins at a word is over: where speech is cut most easily."""
    ends = range(at + _FEWEST_WORDS, min(at + _MOST_WORDS, len(words)))
    clear = (end for end in ends if _is_over(words[at:end], words[end : end + _FIRST_WORDS]))
    return next(clear, min(at + _MOST_WORDS, len(words)))


def _is_over(question: Sequence[str], after: Sequence[str]) -> bool:
    goes_on = list(after[:2]) == ["because", "of"]
    return after[0] in _CLOSING or (ease_of_cut(question, after) > 0 and not goes_on)
