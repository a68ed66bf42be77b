"""Finds names that captions write otherwise, by the aliases that the glossary lists for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import process

from catalog import Heard, Term
from indexer.analysis.tokenizer import tokens_of
from indexer.mishearing.words import Runs, Said, folded_words


class Alias(NamedTuple):
    """A name as the glossary writes it, and what is heard for it."""

    name: str
    heard: Heard


class Aliases:
    """The written aliases of a glossary; what was seen misspelled is one without conditions."""

    def __init__(self, glossary: Iterable[Term]) -> None:
        self._by_run: dict[tuple[str, ...], list[Alias]] = {}
        for term in glossary:
            meant = [Alias(term.canonical, heard) for heard in term.heard]
            meant += (Alias(_nearest(said, term), Heard(said)) for said in term.misspellings)
            for alias in meant:
                self._by_run.setdefault(folded_words(alias.heard.said), []).append(alias)
        self._runs = Runs(self._by_run)

    def found_in(
        self, words: Sequence[Said], sentences: Sequence[str]
    ) -> Iterator[tuple[int, int, str]]:
        """Yield (place, how many words, name) for each alias that is said where it counts."""
        for at, run in self._runs.found_in(words):
            for alias in self._by_run[run]:
                here = range(at, at + len(run))
                if _written(words[at : at + len(run)], sentences) == alias.name:
                    continue  # the captions have the very name
                if not alias.heard.near or _is_near(alias.heard, here, words, sentences):
                    yield at, len(run), alias.name
                    break


def _nearest(misspelled: str, term: Term) -> str:
    """Find which of a term's names was misspelled."""
    best = process.extractOne(misspelled.casefold(), (term.canonical, *term.variants))
    return best[0] if best else term.canonical


def _written(said: Sequence[Said], sentences: Sequence[str]) -> str:
    return sentences[said[0].sentence][said[0].start : said[-1].end]


def _is_near(heard: Heard, here: range, words: Sequence[Said], sentences: Sequence[str]) -> bool:
    """Tell whether one of the words that have to be near is, in any of its forms."""
    wanted = {token.term for word in heard.near for token in tokens_of(word)}
    if heard.unit == "sentences":
        sentence, reach = words[here[0]].sentence, heard.within - 1
        around = " ".join(sentences[max(0, sentence - reach) : sentence + reach + 1])
        return bool(wanted & {token.term for token in tokens_of(around)})
    before = words[max(0, here[0] - heard.within) : here[0]]
    after = words[here[-1] + 1 : here[-1] + 1 + heard.within]
    said = " ".join(word.text for part in (before, after) for word in part)
    return bool(wanted & {token.term for token in tokens_of(said)})
