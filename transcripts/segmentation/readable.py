"""Captions without punctuation as they are read: capitals, full stops and question marks.

No word is changed, and the words are parted by the same spaces.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from catalog import UsualForms, base_language, capitalised
from transcripts.segmentation.clauses import bare
from transcripts.segmentation.questions import told_before_asking


def readable_texts(
    texts: Sequence[str],
    stops: Sequence[Sequence[tuple[int, bool]]],
    forms: UsualForms,
    language: str,
) -> list[str]:
    """Write sentences in a row, each with its stops, as `Sentence` has them."""
    cut = [text.split(" ") for text in texts]
    words = [word for run in cut for word in run]
    edges = [0, *accumulate(map(len, cut))]
    ends = {
        first + _words_until(run, at): asks
        for first, run, some in zip(edges, cut, stops, strict=False)
        for at, asks in some
    }
    written = _punctuated(forms.written(words), ends, base_language(language))
    return [" ".join(written[first:last]) for first, last in pairwise(edges)]


def _words_until(words: Sequence[str], at: int) -> int:
    """How many words are before the last one of those that end at a character."""
    ends = accumulate(len(word) + 1 for word in words)
    return sum(end <= at for end in ends)


def _punctuated(words: list[str], ends: Mapping[int, bool], language: str) -> list[str]:
    first = 0
    for n in sorted(ends):
        words[n] = _marked(words[n], "?" if ends[n] else ".")
        if ends[n] and language == "es":
            _open_question(words, first, n + 1)
        first = n + 1
    for begin in (0, *(n + 1 for n in ends)):
        words[begin : begin + 1] = map(capitalised, words[begin : begin + 1])
    return words


def _open_question(words: list[str], first: int, last: int) -> None:
    """Put the opening mark where a Spanish question begins: "Doctor, ¿qué es?"."""
    asking = first + told_before_asking([bare(word) for word in words[first:last]])
    if asking > first:
        words[asking - 1] = _marked(words[asking - 1], ",")
    words[asking] = f"¿{words[asking].removeprefix('¿')}"


def _marked(word: str, mark: str) -> str:
    """A word with a mark behind it, unless it has one."""
    return word if word.endswith((".", "!", "?", "…", mark)) else word + mark
