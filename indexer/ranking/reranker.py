"""Puts the best passages in order anew by a cross-encoder, where there is one, in bounded time."""

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import numpy as np

from indexer.deadline import Budget
from indexer.embedding.configured import NoModel, open_cross_encoder
from indexer.embedding.cross_encoder import CrossEncoder
from indexer.errors import IndexerError
from indexer.ranking.question_match import QuestionMatch
from indexer.ranking.scorer import ScoredPassages
from indexer.settings import Settings
from indexer.storage.reader import IndexReader


class Reranker:
    """The cross-encoder of this process. It is looked for once; threads may share it."""

    def __init__(
        self, load: Callable[[], CrossEncoder | NoModel] = open_cross_encoder, *, on: bool = True
    ) -> None:
        self.on = on
        self._load = load
        self._loading = threading.Lock()
        self._model: CrossEncoder | NoModel | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether there is a model, as far as that is known yet; nothing is loaded to find out."""
        return self.on and isinstance(self._model, CrossEncoder)

    def model(self) -> CrossEncoder | NoModel:
        """The model, loaded by the first who asks; whoever asks meanwhile does without."""
        if self._model is None and self._loading.acquire(blocking=False):
            try:
                self._model = self._load()
            finally:
                self._loading.release()
        return self._model or NoModel("the cross-encoder is still being loaded")

    def reordered(
        self,
        question: str,
        scored: ScoredPassages,
        matches: Sequence[QuestionMatch],
        settings: Settings,
        budget: Budget,
    ) -> ScoredPassages:
        """The best of scored passages in the order of how well each answers the question.

        What cannot be read in time keeps its place, and so does what answers a question that is
        known to ask the same.
        """
        model = self.model() if self.on and question and settings.reranked else None
        if not isinstance(model, CrossEncoder):
            return scored
        known = _answers_of(scored.reader, matches, settings)
        places = [n for n, row in enumerate(scored.rows[: settings.reranked]) if row not in known]
        own = Budget(settings.reranking_ms / 1000)
        worth: list[float] = []
        for place in places:
            if own.is_spent() or budget.is_spent():
                break
            try:
                worth.append(
                    model.score(question, _said_in(scored.reader, int(scored.rows[place])))
                )
            except IndexerError:
                break
        return in_order(scored, places[: len(worth)], worth)


def in_order(
    scored: ScoredPassages, places: Sequence[int], worth: Sequence[float]
) -> ScoredPassages:
    """Put the passages at some places in the order of their worth; scores belong to places."""
    rows = scored.rows.copy()
    order = np.argsort(-np.asarray(worth, np.float64), kind="stable")
    rows[list(places)] = scored.rows[list(places)][order]
    return replace(scored, rows=rows)


def _answers_of(
    reader: IndexReader, matches: Sequence[QuestionMatch], settings: Settings
) -> Collection[int]:
    """The passages that answer a question which is known to ask the same."""
    sure = [match.question for match in matches if match.likeness >= settings.sure_question]
    rows = (reader.rows.between(one.video, one.start_ms, one.end_ms) for one in sure)
    return {int(row) for some in rows for row in some}


def _said_in(reader: IndexReader, row: int) -> str:
    first, last = reader.rows.passage(row)
    return " ".join(reader.columns.sentence_text(n) for n in range(first, last))
