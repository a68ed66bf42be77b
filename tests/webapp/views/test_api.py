from __future__ import annotations

import shutil

import pytest
from starlette.testclient import TestClient

from catalog import Library
from indexer import Shelf
from webapp.app import create_app

HIT_KEYS = {
    "video", "title", "series", "start_ms", "end_ms", "match_ms", "text", "spans", "speakers",
    "captions", "language", "url", "source_url", "score", "asked", "answer_at", "heard",
    "goes_on", "turns", "answer", "readable",
}  # fmt: skip


def test_hits_have_the_shape_of_the_command_line(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "what does stage 4 mean", "limit": 3}).json()

    assert set(answer) == {
        "query", "answered", "meaning", "hits", "partial", "also", "suggestions", "counts",
        "confidence",
        "unsaid",
    }  # fmt: skip
    assert set(answer["hits"][0]) == HIT_KEYS
    assert answer["hits"][0]["video"] == "first-days"
    assert answer["hits"][0]["url"] == "/watch/first-days?t=4"


def test_limit_limits(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "stage cancer brain", "limit": "1"}).json()

    assert len(answer["hits"]) == 1


@pytest.mark.parametrize("query", ["", "q=", "q=%20%00", "q=stage&limit=0", "q=a&limit=x",
                                   "q=a&limit=51", "q=a&limit=-1", "q=a&limit=%D9%A3"])  # fmt: skip
def test_a_request_that_cannot_be_meant_is_400_and_says_why(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/search?{query}")

    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


@pytest.mark.parametrize(
    "query", ["x" * 10_000, "?!*()[]{}", '"stage', "\x00stage", "ステージ", "𝕏"]
)
def test_any_text_is_an_answer(client: TestClient, query: str) -> None:
    answer = client.get("/api/search", params={"q": query})

    assert answer.status_code == 200
    assert isinstance(answer.json()["hits"], list)


def test_answers_are_not_kept_or_listed(client: TestClient) -> None:
    answer = client.get("/api/search?q=stage")

    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["x-robots-tag"] == "noindex"


def test_health_names_the_generation(client: TestClient) -> None:
    health = client.get("/healthz").json()

    assert health["status"] == "ok"
    assert health["generation"]


def test_without_an_index_programs_are_told_503(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = Library(tmp_path_factory.mktemp("empty"))
    shutil.rmtree(library.root)
    client = TestClient(create_app(library, Shelf(library)))

    answer = client.get("/api/search?q=stage")

    assert (answer.status_code, set(answer.json())) == (503, {"error"})
    assert answer.headers["retry-after"]
    assert client.get("/healthz").json() == {"status": "ok", "generation": None}


def test_an_unknown_address_for_programs_is_json(client: TestClient) -> None:
    answer = client.get("/api/nothing")

    assert (answer.status_code, set(answer.json())) == (404, {"error"})
