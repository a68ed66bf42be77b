"""Finds the runs of words that stand for a name: aliases of the glossary, reviewed corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import process

from catalog import Correction, Heard, Term
from indexer.analysis.tokenizer import tokens_of
from indexer.mishearing.words import Runs, Said, folded_words
from transcripts import Sentence

# Captions that are fetched again may have moved by so much.
WITHIN_MS = 30_000


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


class Corrections:
    """The corrections that concern one video."""

    def __init__(self, corrections: Iterable[Correction], video: str) -> None:
        self.all = tuple(one for one in corrections if one.video in ("", video))
        # What is said of one place comes before what is said of all.
        ordered = sorted(self.all, key=lambda one: (one.at_ms is None, not one.video))
        self._by_run: dict[tuple[str, ...], list[Correction]] = {}
        for one in ordered:
            self._by_run.setdefault(folded_words(one.heard), []).append(one)
        self._runs = Runs(self._by_run)

    def found_in(
        self, words: Sequence[Said], sentences: Sequence[Sentence]
    ) -> Iterator[tuple[int, int, Correction]]:
        """Yield (place, how many words, correction) for each that matches.

        One with a time is for the sentence nearest to it that has the words, within `WITHIN_MS`.
        """
        places: dict[tuple[str, ...], list[int]] = {}
        for at, run in self._runs.found_in(words):
            places.setdefault(run, []).append(at)
        for run, found in places.items():
            left = list(found)
            for correction in self._by_run[run]:
                taken = left
                if correction.at_ms is not None:
                    nearest = _nearest_sentence(
                        correction.at_ms, {words[at].sentence for at in found}, sentences
                    )
                    taken = [at for at in left if words[at].sentence == nearest]
                left = [at for at in left if at not in taken]
                for at in taken:
                    yield at, len(run), correction


def _nearest_sentence(
    at_ms: int, candidates: Iterable[int], sentences: Sequence[Sentence]
) -> int | None:
    """Find the sentence that is said at a time, or nearest to it; None when all are far."""

    def away(number: int) -> int:
        sentence = sentences[number]
        return max(sentence.start_ms - at_ms, at_ms - sentence.end_ms, 0)

    nearest = min(candidates, key=lambda number: (away(number), number), default=None)
    return nearest if nearest is not None and away(nearest) <= WITHIN_MS else None
