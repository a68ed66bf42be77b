"""Captions without punctuation as they are read: capitals, full stops and question marks.

No word is changed, and the words are parted by the same spaces.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from catalog import UsualForms, base_language, capitalised


def readable_texts(
    texts: Sequence[str],
    stops: Sequence[Sequence[tuple[int, bool]]],
    forms: UsualForms,
    language: str,
    *,
    begins: bool = True,
) -> list[str]:
    """Write sentences in a row, each with its stops, as `Sentence` has them.

    `begins` says that the first of them begins what is read, rather than goes on.
    """
    cut = [text.split(" ") for text in texts]
    words = [word for run in cut for word in run]
    edges = [0, *accumulate(map(len, cut))]
    ends = {
        first + _words_until(run, at): asks
        for first, run, some in zip(edges, cut, stops, strict=False)
        for at, asks in some
    }
    written = _punctuated(forms.written(words), ends, base_language(language), begins)
    return [" ".join(written[first:last]) for first, last in pairwise(edges)]


def _words_until(words: Sequence[str], at: int) -> int:
    """How many words are before the last one of those that end at a character."""
    ends = accumulate(len(word) + 1 for word in words)
    return sum(end <= at for end in ends)


def _punctuated(
    words: list[str], ends: Mapping[int, bool], language: str, begins: bool
) -> list[str]:
    first = 0 if begins else None
    for n in [-1, *sorted(ends)]:
        if n >= 0:
            words[n] = _ended(words[n], asks=ends[n])
            if ends[n] and language == "es" and first is not None:
                words[first] = f"¿{words[first].removeprefix('¿')}"
            first = n + 1
        if first is not None and first < len(words):
            words[first] = capitalised(words[first])
    return words


def _ended(word: str, *, asks: bool) -> str:
    """A word with a mark behind it, unless it has one."""
    return word if word.endswith((".", "!", "?", "…")) else word + ("?" if asks else ".")
