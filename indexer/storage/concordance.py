"""In which sentences each term is said: made once a generation, out of its tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Concordance:
    """The sentences that hold each term, counted over all tracks.

    `terms` are all identities, in rising order; those of `terms[n]` are in `sentences` from
    `begins[n]` to `begins[n + 1]` (exclusive), in rising order.
    """

    terms: NDArray[np.uint64]
    begins: NDArray[np.int64]
    sentences: Array

    def sentences_with(self, term: int) -> Array:
        """The sentences that hold a term, given by its identity: once for each time it is said."""
        place = int(np.searchsorted(self.terms, np.uint64(term)))
        if place == len(self.terms) or int(self.terms[place]) != term:
            return self.sentences[:0]
        return self.sentences[self.begins[place] : self.begins[place + 1]]


def concordance_of(token_term: NDArray[np.uint64], sentence_tokens: Array) -> Concordance:
    """Turn around which terms each sentence holds: the terms of all, and how many are whose."""
    sentence = np.repeat(np.arange(len(sentence_tokens), dtype=np.int32), sentence_tokens)
    order = np.argsort(token_term, kind="stable")
    terms, counts = np.unique(token_term, return_counts=True)
    begins = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    return Concordance(terms, begins, sentence[order])
