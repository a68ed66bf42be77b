"""Finds what the catalogue's corrections speak of, by words, and by time only as a hint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from catalog import Correction
from indexer.mishearing.words import Runs, Said, folded_words
from transcripts import Sentence

# Captions that are fetched again may have moved by so much.
WITHIN_MS = 30_000


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
                    nearest = _nearest(
                        correction.at_ms, {words[at].sentence for at in found}, sentences
                    )
                    taken = [at for at in left if words[at].sentence == nearest]
                left = [at for at in left if at not in taken]
                for at in taken:
                    yield at, len(run), correction


def _nearest(at_ms: int, candidates: Iterable[int], sentences: Sequence[Sentence]) -> int | None:
    """Find the sentence that is said at a time, or nearest to it; None when all are far."""

    def away(number: int) -> int:
        sentence = sentences[number]
        return max(sentence.start_ms - at_ms, at_ms - sentence.end_ms, 0)

    nearest = min(candidates, key=lambda number: (away(number), number), default=None)
    return nearest if nearest is not None and away(nearest) <= WITHIN_MS else None
