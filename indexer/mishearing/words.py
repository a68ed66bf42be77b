"""The words of sentences as they are compared with names: folded, each with its characters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from indexer.analysis.tokenizer import fold

T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class SpokenWord(NamedTuple):
    """One word of a transcript: folded, with its characters in its sentence, and that by number."""

    text: str
    start: int
    end: int
    sentence: int


def words_of(sentences: Iterable[str]) -> tuple[SpokenWord, ...]:
    """Cut sentences into words, in order."""
    return tuple(
        SpokenWord(_folded(match[0]), match.start(), match.end(), number)
        for number, text in enumerate(sentences)
        for match in _WORD.finditer(text)
    )


def folded_words(text: str) -> tuple[str, ...]:
    """Cut a name or alias into words as those of a transcript are."""
    return tuple(_folded(match[0]) for match in _WORD.finditer(text))


@lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    return fold(word).replace("’", "'").removesuffix("'s")


class Phrases(Generic[T]):
    """Phrases to look for, and in `meaning` what each stands for, in the order given."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self.meaning: dict[tuple[str, ...], list[T]] = {}
        for phrase, one in phrases:
            self.meaning.setdefault(folded_words(phrase), []).append(one)
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase_words in sorted(filter(None, self.meaning), key=len, reverse=True):
            self._by_first.setdefault(phrase_words[0], []).append(phrase_words)

    def found_in(self, words: Sequence[SpokenWord]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the place and the words of each phrase that is said within one sentence."""
        for at, word in enumerate(words):
            for phrase in self._by_first.get(word.text, ()):
                said = words[at : at + len(phrase)]
                if said[-1].sentence == word.sentence and phrase == tuple(w.text for w in said):
                    yield at, phrase
