"""The words of sentences as they are compared with names: folded, each with its characters."""

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar, overload

from indexer.analysis.tokenizer import fold

T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class SpokenWord(NamedTuple):
    """One word of a transcript: folded, with its characters in its sentence, and that by number."""

    text: str
    start: int
    end: int
    sentence: int


class SpokenWords(Sequence[SpokenWord]):
    """The words of sentences, in order. `texts` are all of them, folded.

    Where one stands in its sentence is found when it is asked for; few are.
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        self._written = tuple(sentences)
        said = [_WORD.findall(text) for text in self._written]
        self.texts = [_folded(word) for words in said for word in words]
        self._begins = [0, *accumulate(map(len, said))]

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> SpokenWord: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[SpokenWord, ...]: ...
    def __getitem__(self, at: int | slice) -> SpokenWord | tuple[SpokenWord, ...]:
        if isinstance(at, slice):
            return tuple(self[n] for n in range(*at.indices(len(self))))
        sentence = bisect_right(self._begins, at) - 1
        start, end = self._spans(sentence)[at - self._begins[sentence]]
        return SpokenWord(self.texts[at], start, end, sentence)

    def _spans(self, sentence: int) -> list[tuple[int, int]]:
        return [match.span() for match in _WORD.finditer(self._written[sentence])]

    def places(self, words: Container[str]) -> list[int]:
        """The places of the words that are among some."""
        return [at for at, text in enumerate(self.texts) if text in words]

    def in_one_sentence(self, first: int, last: int) -> bool:
        """Whether two words are of the same sentence."""
        return bisect_right(self._begins, first) == bisect_right(self._begins, last)


def folded_words(text: str) -> tuple[str, ...]:
    """Cut a name or alias into words as those of a transcript are."""
    return tuple(_folded(match[0]) for match in _WORD.finditer(text))


@lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    return fold(word).replace("’", "'").removesuffix("'s")


class KnownPhrases(Generic[T]):
    """Phrases to look for, and in `meaning` what each stands for, in the order given."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self.meaning: dict[tuple[str, ...], list[T]] = {}
        for phrase, one in phrases:
            self.meaning.setdefault(folded_words(phrase), []).append(one)
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase_words in sorted(filter(None, self.meaning), key=len, reverse=True):
            self._by_first.setdefault(phrase_words[0], []).append(phrase_words)

    def found_in(self, words: SpokenWords) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the place and the words of each phrase that is said within one sentence."""
        for at in words.places(self._by_first):
            for phrase in self._by_first[words.texts[at]]:
                end = at + len(phrase)
                said = tuple(words.texts[at:end])
                if said == phrase and words.in_one_sentence(at, end - 1):
                    yield at, phrase
