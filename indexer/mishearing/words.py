"""The words of sentences as they are compared with names: folded, each with its characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis.tokenizer import fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Said(NamedTuple):
    """One word of a transcript: folded, and its characters in its sentence, by its place."""

    text: str
    start: int
    end: int
    sentence: int


def words_of(sentences: Iterable[str]) -> tuple[Said, ...]:
    """Cut sentences into words, in order."""
    return tuple(
        Said(_folded(match[0]), match.start(), match.end(), number)
        for number, text in enumerate(sentences)
        for match in _WORD.finditer(text)
    )


def folded_words(text: str) -> tuple[str, ...]:
    """Cut a name or alias into words as those of a transcript are."""
    return tuple(_folded(match[0]) for match in _WORD.finditer(text))


@lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    return fold(word).replace("’", "'").removesuffix("'s")


class Runs:
    """Finds where given runs of words are said, by their first word."""

    def __init__(self, runs: Iterable[tuple[str, ...]]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for run in sorted(set(runs), key=len, reverse=True):
            if run:
                self._by_first.setdefault(run[0], []).append(run)

    def found_in(self, words: Sequence[Said]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the place and the words of each run that is said within one sentence."""
        for at, word in enumerate(words):
            runs = self._by_first.get(word.text)
            if runs is None:
                continue
            for run in runs:
                said = words[at : at + len(run)]
                if said[-1].sentence == word.sentence and run == tuple(one.text for one in said):
                    yield at, run
