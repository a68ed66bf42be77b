"""What a question means, as a vector, and how near single sentences come to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np

from indexer.analysis.tokenizer import fold
from indexer.arrays import Floats
from indexer.embedding.encoder import QueryEncoder
from indexer.embedding.registry import knows_only_english
from indexer.mishearing.similarity import is_medicine
from indexer.query.parser import Expand, Query
from indexer.query.rewriting import idioms_in
from indexer.query.spelling import Speller
from indexer.query.synonyms import Concept
from indexer.second_thread import begun, handed_over
from indexer.storage.columns import Columns
from indexer.storage.vectors import Account

# How many passages hold a term.
Said = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Semantics:
    """Reads by meaning with the model of an index, which its `account` tells from every other."""

    encoder: QueryEncoder
    account: Account

    def wording(self, query: Query, speller: Speller, said: Said) -> str:
        """How a model reads a query. `said` counts what names are said."""
        english = query.english if knows_only_english(self.account.model) else ""
        return english or (_worded(query, speller, said) if query.wording else "")

    def vector(self, wording: str, running: Callable[[], object] = lambda: None) -> Floats | None:
        """What a question means; None when words alone decide. `running` is as a model has it."""
        return self.encoder.vector_for(wording, self.account.identity, running)

    def texts(self, texts: Sequence[str]) -> Floats | None:
        """What questions mean, a row each; None when one cannot be read."""
        found = [*map(self.vector, texts)]
        rows = [row for row in found if row is not None]
        return np.array(rows, np.float32) if rows and len(rows) == len(found) else None

    def likeness(self, vectors: Floats, vector: Floats) -> Floats:
        """How like some questions are to another one: 0 as they are to each other, 1 the same."""
        count = len(vectors)
        whole = float(np.sum(vectors.sum(axis=0, dtype=np.float64) ** 2))
        others = (whole - count) / max(1, count * (count - 1))  # their mean cosine
        usual = np.float32(max(others, self.account.scale.unrelated))
        return np.asarray((vectors @ vector - usual) / (1 - usual), np.float32)

    def sentences(self, columns: Columns, vector: Floats, first: int, last: int) -> Floats:
        """How near sentences `first` to `last` (exclusive) are; 0 where one cannot be read."""
        middle = (first + last) // 2
        rest = begun(partial(self._cosines, columns, vector, middle, last))
        cosines = [*self._cosines(columns, vector, first, middle), *rest()]
        return np.maximum(0, self.account.scale.nearness(np.array(cosines, np.float32)))

    def _cosines(self, columns: Columns, vector: Floats, first: int, last: int) -> list[float]:
        texts = map(columns.sentence_text, range(first, last))
        identity = self.account.identity
        own = [self.encoder.vector_for(text, identity, said=True) for text in texts]
        return [0.0 if one is None else float(one @ vector) for one in own]


class MeaningOfQuery:
    """What one query means: read beside the search by its words, and waited for when it is needed.

    It is begun with the words that are looked up. Where these are put right before a model reads
    them, it reads them then, and nothing else is waited for.
    """

    def __init__(self, semantics: Semantics) -> None:
        self._semantics = semantics
        self._words = ""
        self._begun: Callable[[], Floats | None] = lambda: None

    def ahead_of(self, expand: Expand) -> Expand:
        """Begin before words are looked up."""

        def begin_and_expand(words: str) -> tuple[Concept, ...]:
            if self._semantics.encoder.may_read:
                self._words = " ".join(words.split())
                self._begun = handed_over(partial(self._semantics.vector, self._words))
            return expand(words)

        return begin_and_expand

    def vector(
        self, query: Query, speller: Speller, said: Said, meanwhile: Callable[[], object]
    ) -> Floats | None:
        """What it means; None when words alone decide. It waits after `meanwhile`."""
        wording = self._semantics.wording(query, speller, said)
        if wording != self._words:
            return self._semantics.vector(wording)
        meanwhile()
        return self._begun()


def _worded(query: Query, speller: Speller, said: Said) -> str:
    """Word a question for the model: a name that it cannot know misspelled is put right.

    A medicine goes by the name that is said here most, as what is said of it is read by that. What
    only people understand ("I just found out") is said in plain words as well.
    """
    wording = query.wording
    for concept in query.concepts:
        alike = speller.alike(concept.shown)
        usual = _usual_name(concept, said)
        if usual:
            wording = wording.replace(concept.shown, usual)
        elif len(alike) == 1 and alike[0].listed:
            wording = wording.replace(concept.shown, alike[0].text)
    idioms = (plain for _, _, plain, language in idioms_in(wording) if language == "en")
    return " ".join((wording, *idioms))


def _usual_name(concept: Concept, said: Said) -> str:
    """What a medicine is called here more often than in the question; else ""."""
    if not concept.required:
        return ""

    def often(terms: tuple[str, ...]) -> int:
        return min(map(said, terms))

    names = (one for one in concept.alternatives if one.how in {"same", "near"})
    medicines = [one for one in names if is_medicine(fold(one.shown))]
    best = max(medicines, key=lambda one: often(one.terms), default=None)
    own = max(map(often, product(*concept.words)), default=0)
    return best.shown if best and often(best.terms) > own else ""
