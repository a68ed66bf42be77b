"""What is said as it is read: hits with the punctuation that their captions lack."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from msgspec import structs

from indexer import Hit
from transcripts import Sentence, is_ended
from webapp.rendering.highlights import Fragment, highlighted

# So many characters are shown of a sentence that answers.
LONGEST_ANSWER = 280
# A question that ends within so many characters leads to the answer; a reply is shown until it has
# said so many.
_LEADS, _TELLING = 160, 60
# A sentence asks what the catalogue does when it shares so much of its words of more letters.
_SAME, _SHORT_WORD = 0.6, 3
_OPENING = "¿"
_WORD = re.compile(r"\S+")


def readable_hit(hit: Hit) -> Hit:
    """The hit with the text that is read, and all its places in that; the same one without any."""
    if not hit.readable:
        return hit
    places = _Places(hit.text, hit.readable)
    turns = tuple((places.cut(at), name, turn) for at, name, turn in hit.turns)
    answer_at = _behind_question(hit.readable, places.cut(hit.answer_at))
    edges = (answer_at, *(at for at, _, _ in turns))
    return structs.replace(
        hit,
        text=hit.readable,
        goes_on=hit.goes_on and not hit.readable.endswith((".", "?")),
        spans=places.spans(hit.spans),
        answer_at=answer_at,
        answer=_answer(hit.readable, *places.whole(*hit.answer), edges),
        turns=turns,
    )


def _behind_question(text: str, answer_at: int) -> int:
    """Where the answer begins: behind the mark of the question, where it has swallowed some."""
    mark = text.rfind("?", 0, answer_at)
    return answer_at if mark < 0 else min(mark + 2, answer_at)


def _answer(text: str, start: int, end: int, edges: Sequence[int]) -> tuple[int, int]:
    """The whole sentences that a stretch is in, or the reply to a question that ends there.

    They lie between edges; the stretch itself where they are far longer.
    """
    ends = [word.end() for word in _WORD.finditer(text) if is_ended(word[0])]
    begin = max(at for at in (0, *(at + 1 for at in ends), *edges) if at <= start)
    stop = min(at for at in (*ends, *(at - 1 for at in edges), len(text)) if at >= end)
    asked = [at for at in ends if begin < at <= begin + _LEADS and text[at - 1] == "?"]
    if asked and asked[-1] < len(text):
        begin = asked[-1] + 1
        stop = next((at for at in ends if at - begin >= _TELLING), len(text))
    return (begin, stop) if stop - begin <= LONGEST_ANSWER else (start, end)


def behind_asking(hit: Hit, question: str) -> Hit:
    """The hit, its answer begun behind the sentence that asks `question`, where that is in it.

    Captions without speakers do not tell who asks; the catalogue knows what is asked.
    """
    ends = [0, *(word.end() for word in _WORD.finditer(hit.text) if is_ended(word[0]))]
    asked = [
        end
        for start, end in pairwise(ends)
        if hit.answer[0] < end <= hit.answer[0] + LONGEST_ANSWER and end < len(hit.text)
        if asks_same(hit.text[start:end], question)
    ]
    if not asked:
        return hit
    begin = asked[-1] + 1
    stop = next((end for end in ends if end - begin >= _TELLING), len(hit.text))
    return structs.replace(hit, answer=(begin, min(stop, begin + LONGEST_ANSWER)))


def asks_same(said: str, question: str) -> bool:
    """Whether what is said, or typed, has most of the longer words of a question."""
    wanted = _telling(question)
    return len(wanted & _telling(said)) >= max(2, _SAME * len(wanted))


def _telling(text: str) -> set[str]:
    """The longer words of a text, which tell what it is about."""
    return {word.strip(".,?!¿¡\"'") for word in text.casefold().split() if len(word) > _SHORT_WORD}


def as_read(text: str, readable: str, spans: Sequence[tuple[int, int]]) -> tuple[Fragment, ...]:
    """A text with its highlights, as it is read: `readable`, or itself where that is ""."""
    if not spans:  # as of nearly every sentence of a talk
        return (Fragment(readable or text),) if text else ()
    if not readable:
        return highlighted(text, spans)
    return highlighted(readable, _Places(text, readable).spans(spans))


def sentences_as_read(
    sentences: Sequence[Sentence], readable: Sequence[str]
) -> tuple[Sentence, ...]:
    """Sentences with the texts that are read; as they are where there are none."""
    if not readable:
        return tuple(sentences)
    return tuple(replace(one, text=text) for one, text in zip(sentences, readable, strict=True))


class _Places:
    """From the characters of a text to those of the one that is read.

    Both have the same words, parted by one space; a word that is read may begin with a question
    mark and end with a mark that the other has not.
    """

    def __init__(self, text: str, readable: str) -> None:
        words, shown = text.split(" "), readable.split(" ")
        self._starts = [0, *accumulate(len(word) + 1 for word in words)][:-1]
        self._shown = [0, *accumulate(len(word) + 1 for word in shown)][:-1]
        self._opened = [
            there.startswith(_OPENING) and not word.startswith(_OPENING)
            for word, there in zip(words, shown, strict=True)
        ]
        self._end, self._shown_end = len(text), len(readable)

    def cut(self, at: int) -> int:
        """Where what begins at a character begins."""
        if at >= self._end:
            return self._shown_end
        word = bisect_right(self._starts, at) - 1
        inside = at - self._starts[word]
        return self._shown[word] + inside + (self._opened[word] if inside else 0)

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """Where words are, from the beginning of one to the end of one, with their marks."""
        return self.cut(start), self.cut(end + 1) - (end < self._end)

    def spans(self, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """Highlights hold the same letters, and no mark that was added."""
        return tuple((self._letter(start), self._letter(end - 1) + 1) for start, end in spans)

    def _letter(self, at: int) -> int:
        word = bisect_right(self._starts, at) - 1
        return self._shown[word] + self._opened[word] + at - self._starts[word]
