"""Finds the question in a long message, as people dictate it or write to a doctor.

`indexer/data/messages.toml` says what shows that something is asked, and what ends it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalog import Term, read_word_lists
from indexer.analysis.tokenizer import fold
from transcripts import asks, ease_of_cut, is_marked_question

# A text no longer than this is searched for as it is.
SHORT = 300
# Where a question is not ended by anything, so many of its words are enough.
_MOST_WORDS = 20
_FEWEST_WORDS = 4
_FIRST_WORDS = 12
# So many words may stand between "tell me" and "how".
_APART = 2
# What goes before is asked, too, where a question says nothing by itself ("what can I do").
_WORDS_BEFORE = 14
_LISTS = read_word_lists("indexer/data/messages.toml")
_CLOSING = _LISTS.word_set("closing")
_KNOWING = _LISTS.word_set("knowing")
_FEARING = _LISTS.word_set("fearing")
_ASKING = _LISTS.word_set("asking")
_JOINING = _LISTS.word_set("joining")
_FOLLOWING = _LISTS.word_set("following")
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What may be a question, and how much it says of the field."""

    text: str
    content: int
    marked: bool


def field_words(terms: Iterable[Term]) -> frozenset[str]:
    """The words of the short names of a glossary, folded; a longer one is a phrase of any words."""
    names = (name for term in terms for name in (term.canonical, *term.variants, *term.spanish))
    words = (re.findall(r"\w+", fold(name)) for name in names)
    return frozenset(word for some in words if len(some) < 3 for word in some if len(word) > 2)


def question_in(text: str, longest: int, field: frozenset[str] = _NOBODY) -> str:
    """The questions of a long text, at most so many characters of it: rather the last ones.

    Of what may be a question, those are taken that speak of the field, whose words are given. A
    short text, or one that asks nothing, stays as it is, cut at its end.
    """
    if len(text) <= SHORT:
        return text
    found = list(_questions(text, field))
    most = max((one.content for one in found), default=0)
    told = [one for one in found if 3 * one.content >= 2 * most]
    kept: list[str] = []
    room = longest
    for question in reversed([one for one in told if one.marked] or told):
        room -= len(question.text) + 1
        if room < 0:
            break
        kept.insert(0, question.text)
    return " ".join(kept) or text[:longest]


def _questions(text: str, field: frozenset[str]) -> Iterator[_Asked]:
    for sentence in _SENTENCE.findall(text):
        words = sentence.split()
        if is_marked_question(sentence.strip()) and len(words) <= 2 * _MOST_WORDS:
            yield _Asked(sentence.strip(), _content(_plain(words), field), marked=True)
        else:
            yield from _asked_inside(words, field)


def _asked_inside(words: Sequence[str], field: frozenset[str]) -> Iterator[_Asked]:
    """Find what is asked in a row of words that nothing parts."""
    plain = _plain(words)
    at = free = 0
    while at < len(words):
        told = _told_at(plain, at)
        begin = at if told is None else told
        if told is None and not _begins(plain, at):
            at += 1
            continue
        end = _end_of(plain, begin)
        if told is None and _is_told_inside(plain, at + 1, end):
            at += 1
            continue
        content = _content(plain[begin:end], field)
        if field and (not content or plain[at] in _FEARING):
            begin = max(free, at - _WORDS_BEFORE)
        yield _Asked(" ".join(words[begin:end]), content, told is not None)
        at = free = end


def _told_at(words: Sequence[str], at: int) -> int | None:
    """Where a question begins that a word tells of: "I wonder whether", "no idea how"."""
    if words[at] not in _KNOWING | _FEARING:
        return None
    joining = _JOINING if words[at] in _KNOWING else _FOLLOWING
    for after in range(at + 1, min(at + 2 + _APART, len(words))):
        if words[after] in _ASKING and words[at] in _KNOWING:
            return after
        if words[after] in joining and after + 1 < len(words):
            return after + 1
    return None


def _is_told_inside(words: Sequence[str], begin: int, end: int) -> bool:
    return any(_told_at(words, at) is not None for at in range(begin, end))


def _begins(words: Sequence[str], at: int) -> bool:
    """Whether a question seems to begin, as with "should I" or "what is"."""
    first = list(words[at : at + _FIRST_WORDS])
    return asks(first, fresh=at == 0 or first[1:2] in (["i"], ["we"]))


def _plain(words: Sequence[str]) -> list[str]:
    return [word.strip(",;:?!.\"'()¿¡").lower() for word in words]


def _content(words: Iterable[str], field: frozenset[str]) -> int:
    """How many different words of the field are among some words."""
    return len({word for word in map(fold, words) if word in field})


def _end_of(words: Sequence[str], at: int) -> int:
    """Where a question that begins at a word is over: where speech is cut most easily."""
    ends = range(at + _FEWEST_WORDS, min(at + _MOST_WORDS, len(words)))
    clear = (end for end in ends if _is_over(words[at:end], words[end : end + _FIRST_WORDS]))
    return next(clear, min(at + _MOST_WORDS, len(words)))


def _is_over(question: Sequence[str], after: Sequence[str]) -> bool:
    goes_on = list(after[:2]) == ["because", "of"]
    return after[0] in _CLOSING or (ease_of_cut(question, after) > 0 and not goes_on)
