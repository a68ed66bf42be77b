"""From words to sentences: at full stops where there are any, else where speech pauses or turns."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from math import ceil

from catalog import read_word_lists
from transcripts.model import Sentence, Word
from transcripts.segmentation.clauses import bare, dangles, ease_of_cut
from transcripts.segmentation.questions import asks, is_marked_question
from transcripts.text import ABBREVIATIONS, join

_STOP = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*( ?[\"'”’»?!]+)?\Z")
_LONGEST_STOP = 12
# Never the end of a sentence, and the end of one only when a capital follows.
_LISTS = read_word_lists("transcripts/data/abbreviations.toml")
_NEVER = "|".join((ABBREVIATIONS, *map(re.escape, _LISTS.words("before-words"))))
_TITLE = re.compile(rf"[(\"“«]?({_NEVER})\.\Z", re.IGNORECASE)
_MAY_END = "|".join(map(re.escape, _LISTS.words("may-end")))
_ABBREVIATION = re.compile(rf"({_MAY_END})\.\Z|.*(…|\.\.)\Z", re.IGNORECASE)
_LETTERS = re.compile(r"[(\"“«]?([^\W\d_]\.){2,}\Z")
_OPENS = _LISTS.word_set("opens-sentence")
_INITIAL = re.compile(r"[A-Z]\.\Z")
_PUNCTUATED_SHARE = 1 / 45
_LONGEST_PUNCTUATED = 60
_LONGEST_UNPUNCTUATED = 26
_SHORTEST = 4
_PAUSE_MS = 900
_FRESH_MS = 150
_AHEAD = 2
# What a word more in a sentence is worth, in milliseconds of pause.
_FULLER = 5
# Where no place within the longest is good, so many words more.
_GRACE = 8


def sentences_of(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """Cut words into sentences. Every word is in exactly one; a change of speaker always cuts."""
    punctuated = is_punctuated(words)
    longest = _LONGEST_PUNCTUATED if punctuated else _LONGEST_UNPUNCTUATED
    found: list[Sentence] = []
    turn = 0
    for first, last in _stretches(words, punctuated):
        turn += words[first].turn and not _same_name(words, first)
        for begin, end in _shortened(words, first, last, longest):
            found.append(_sentence(words, begin, end, punctuated, turn))
    return tuple(found)


def _same_name(words: Sequence[Word], n: int) -> bool:
    """Whether captions name whoever spoke before once more."""
    return n > 0 and words[n].speaker == words[n - 1].speaker != ""


def is_punctuated(words: Sequence[Word]) -> bool:
    """Whether captions have full stops, as people write them."""
    fewest = ceil(_PUNCTUATED_SHARE * len(words))
    ended = (word.text for word in words if is_ended(word.text))
    return sum(1 for _ in islice(ended, fewest)) == fewest


def is_ended(text: str) -> bool:
    """Whether a text ends with a full stop or the like."""
    if text[-1:].isalnum():
        return False
    return _STOP.search(text[-_LONGEST_STOP:]) is not None and _TITLE.match(text) is None


def _ends(words: Sequence[Word], n: int) -> bool:
    """Whether word `n`, which is not the last, ends a sentence; `Dr.` does not."""
    text = words[n].text
    if not is_ended(text):
        return False
    if _INITIAL.match(text):
        return not (n and words[n - 1].text[:1].isupper()) and _opens(words[n + 1])
    if _ABBREVIATION.match(text):
        return _opens(words[n + 1])
    return _LETTERS.match(text) is None or _begins_anew(words[n + 1])


def _begins_anew(word: Word) -> bool:
    """Whether a word is written as the first of a sentence, and is no part of a name."""
    return _opens(word) and bare(word.text) in _OPENS


def _opens(word: Word) -> bool:
    """Whether a word is written as the first of a sentence."""
    return not bare(word.text)[:1].isdigit() and not word.text.lstrip("\"'“‘«([- ")[:1].islower()


def _stretches(words: Sequence[Word], punctuated: bool) -> Iterator[tuple[int, int]]:
    """Cut where there is no doubt: full stops, changes of speaker, and long pauses without them."""
    first = 0
    for n in range(1, len(words)):
        paused = not punctuated and _pause(words, n) >= _PAUSE_MS
        before, word = words[n - 1], words[n]
        if (
            word.turn
            or word.speaker != before.speaker
            or (not before.text[-1:].isalnum() and _ends(words, n - 1))
            or (paused and n - first >= _SHORTEST and not dangles(before.text))
        ):
            yield first, n
            first = n
    if words:
        yield first, len(words)


def _pause(words: Sequence[Word], n: int) -> int:
    return words[n].start_ms - words[n - 1].end_ms


def _shortened(
    words: Sequence[Word], first: int, last: int, longest: int
) -> Iterator[tuple[int, int]]:
    """Cut a stretch that is too long at its best places."""
    todo = [(first, last)]
    while todo:
        begin, end = todo.pop()
        if end - begin <= longest:
            yield begin, end
        else:
            cut = _best_cut(words, begin, end, longest)
            todo += [(cut, end), (begin, cut)]


def _best_cut(words: Sequence[Word], begin: int, end: int, longest: int) -> int:
    """The best place near the front: a pause, a comma, a word that opens a new thought.

    Where every place would tear a clause, look a little further.
    """
    spoken = [bare(word.text) for word in words[begin : begin + longest + _GRACE + _AHEAD]]
    best, worth = begin, 0
    for longer in (longest, longest + _GRACE):
        low, high = begin + _SHORTEST, min(begin + longer, end - _SHORTEST)
        worth, best = max((_cut_score(words, begin, n, spoken), n) for n in range(low, high + 1))
        if worth > 0:
            break
    return best


def _cut_score(words: Sequence[Word], begin: int, n: int, spoken: Sequence[str]) -> int:
    """How good it is to cut before word `n`, in milliseconds of pause that would tell as much."""
    comma = 300 if words[n - 1].text.endswith((",", ";", ":", "、")) else 0
    here = n - begin
    ease = ease_of_cut(spoken[:here], spoken[here : here + _AHEAD])
    return _pause(words, n) + comma + ease + _FULLER * here


def _sentence(
    words: Sequence[Word], first: int, last: int, punctuated: bool, turn: int
) -> Sentence:
    run = words[first:last]
    text = join(word.text for word in run)
    fresh = first == 0 or run[0].turn or _pause(words, first) >= _FRESH_MS
    return Sentence(
        start_ms=run[0].start_ms,
        end_ms=max(word.end_ms for word in run),
        text=text,
        first=first,
        last=last,
        speaker=run[0].speaker,
        turn=turn,
        question=is_marked_question(text)
        or (not punctuated and asks([bare(word.text) for word in run], fresh)),
    )
