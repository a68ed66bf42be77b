"""The worst questions that were found, asked while others ask ordinary ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from bench_worst import worst_queries
from starlette.testclient import TestClient

from catalog import Library
from indexer import Budget, Shelf
from indexer.ranking.scorer import LocalScorer, ScoredPassages, WeightedQuery
from indexer.settings import SETTINGS, Settings
from webapp.app import create_app
from webapp.config import Service
from webapp.presenters.results.questions import LONGEST

pytestmark = pytest.mark.search_budget

ORDINARY = ("what does stage 4 mean", "lorlatinib brain", "biomarker testing", "¿qué es la etapa?")
AT_ONCE = 2


def worst_of(shelf: Shelf) -> list[str]:
    """Make the worst questions of the words of a library; of few words some cannot be made."""
    return [question for question in worst_queries(shelf.current()).values() if question.strip()]


@pytest.mark.slow
def test_ordinary_questions_are_answered_alike_while_the_worst_are_asked(
    library: Library,
) -> None:
    shelf = Shelf(library)
    worst = worst_of(shelf)
    service = Service(at_once=AT_ONCE, waiting=500)
    with TestClient(create_app(library, shelf, service=service)) as client:

        def ask(question: str) -> tuple[int, object]:
            answer = client.get("/api/search", params={"q": question})
            return answer.status_code, answer.json()["hits"]

        alone = [ask(question) for question in ORDINARY]
        with ThreadPoolExecutor(16) as crowd:
            bad = [crowd.submit(ask, question) for question in worst * 2]
            good = [crowd.submit(ask, question) for question in ORDINARY * 4]
            pages = [crowd.submit(client.get, "/about") for _ in range(4)]
            answers = [one.result() for one in good]

        assert answers == alone * 4
        assert {one.result()[0] for one in bad} == {200}
        assert {one.result().status_code for one in pages} == {200}


def test_no_question_is_more_work_than_its_bounds(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(library)
    worked: list[tuple[int, int]] = []

    score = LocalScorer.score

    def counting(
        engine: LocalScorer, asked: WeightedQuery, settings: Settings, budget: Budget
    ) -> ScoredPassages:
        others = sum(len(concept.others) for concept in asked.concepts)
        worked.append((len(asked.concepts), others))
        return score(engine, asked, settings, budget)

    monkeypatch.setattr(LocalScorer, "score", counting)
    client = TestClient(create_app(library, shelf))
    for question in worst_of(shelf):
        answer = client.get("/api/search", params={"q": question}).json()
        assert len(answer["query"]) <= LONGEST

    assert worked
    assert max(concepts for concepts, _ in worked) <= SETTINGS.most_concepts
    assert max(others for _, others in worked) <= SETTINGS.most_alternatives
