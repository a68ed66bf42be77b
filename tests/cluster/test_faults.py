"""Nodes die, hang and come back while people ask: no page fails, and none says less in silence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from cluster import Cluster
from clustered import Readers, first_of, published, site
from fake_model import FakeEncoder

from catalog import Library
from indexer import Generation

QUESTIONS = (
    "what does stage 4 actually mean",
    "how long does treatment take",
    '"side effects"',
    "lorlatinib",
    "what is a biomarker",
    "¿qué es la inmunoterapia?",
)
# What else is asked of an engine.
PAGES = (
    "/topic/immunotherapy", "/term/biopsy", "/watch/just-diagnosed", "/api/topics/immunotherapy",
    "/api/videos/just-diagnosed/transcript", "/quote/just-diagnosed?t=4",
)  # fmt: skip
# What pages say where a part of the library cannot be searched.
MISSING = "A part of the videos cannot be searched at the moment"
BUDGET_S = 6  # a search's two seconds, and a page, on a machine that is busy


def told_by(client: Readers) -> dict[str, list[tuple[object, ...]]]:
    """What each question is answered, all being well."""
    answers = {}
    for question in QUESTIONS:
        for _ in range(10):  # nodes that have only just begun may be slow to answer
            status, told = client.ask(question)
            if status == 200:
                break
        assert status == 200
        assert told["hits"], question
        answers[question] = first_of(told)
    return answers


def assert_same(readers: Readers, answers: dict[str, list[tuple[object, ...]]]) -> None:
    assert not readers.failed
    assert {status for _, status, _ in readers.said} == {200}
    for question, _, told in readers.said:
        assert first_of(told) == answers[question], question
        assert not told["partial"]


@pytest.mark.parametrize("which", ["the manager", "another"])
def test_kill_9_of_a_node_under_readers_fails_no_page_and_changes_no_answer(
    three: Cluster, sample_library: Library, meaning: FakeEncoder, which: str
) -> None:
    with site(sample_library, meaning) as client:
        readers = Readers(client, QUESTIONS)
        answers = told_by(readers)
        manager = three.manager()
        node = manager if which == "the manager" else (manager + 1) % 3

        with readers.at_work():
            readers.seen(20)
            three.kill(node)
            readers.seen(60)
            three.start(node)
            three.wait()
            readers.seen(20)

        assert_same(readers, answers)


def test_with_two_replicas_the_last_of_three_nodes_answers_everything(
    three: Cluster, sample_library: Library, meaning: FakeEncoder
) -> None:
    with site(sample_library, meaning) as client:
        pages = {address: client.get(address).text for address in PAGES}

    with site(sample_library, meaning) as client:
        readers = Readers(client, QUESTIONS)
        answers = told_by(readers)

        with readers.at_work():
            readers.seen(10)
            three.kill(0, 2)
            readers.seen(60)

        assert_same(readers, answers)
        assert {address: client.get(address).text for address in PAGES} == pages
        assert client.get("/readyz").json()["whole"]

    with site(sample_library, meaning) as client:  # a web host that begins just then
        assert told_by(Readers(client, QUESTIONS)) == answers
        assert {address: client.get(address).text for address in PAGES} == pages


def test_with_one_replica_and_two_dead_the_page_says_that_a_part_is_missing(
    three: Cluster, sample_here: Generation, meaning: FakeEncoder, tmp_path: Path
) -> None:
    library = published(three, sample_here, tmp_path / "thin", "thin", replicas=1)
    with site(library, meaning) as client:
        told_by(Readers(client, QUESTIONS))
        shards = three.ask("GET", "/_cat/shards/thin-g*?format=json&h=index,shard,node")
        there = {(s["node"], s["shard"]) for s in shards if "blocks" not in s["index"]}
        alone = next(n for n in range(3) if sum(node == f"n{n}" for node, _ in there) == 1)
        three.kill(*({0, 1, 2} - {alone}))

        for question in QUESTIONS:
            page = client.get("/search", params={"q": question})
            assert page.status_code == 200
            assert MISSING in page.text, question
            told = client.get("/api/search", params={"q": question}).json()
            assert told["partial"]
        assert client.get("/readyz").json()["whole"] is False
        for address in PAGES:
            assert client.get(address).status_code in (200, 503), address
        spanish = client.get("/es/search", params={"q": QUESTIONS[0]})
        assert MISSING not in spanish.text


@pytest.mark.parametrize("how", ["away", "hanging"])
def test_a_cluster_that_is_away_or_hangs_is_503_in_time_and_never_no_results(
    three: Cluster, sample_library: Library, meaning: FakeEncoder, how: str
) -> None:
    with site(sample_library, meaning) as client:
        told_by(Readers(client, QUESTIONS))
        if how == "away":
            three.kill(0, 1, 2)
        else:
            three.halt()

        asked = [f"{address}?q={words}" for words in ("what+is+stage+4", "unheard") for address in
                 ("/search", "/api/search", "/es/search")]  # fmt: skip
        for address in (*asked, *PAGES, "/readyz"):
            began = time.monotonic()
            answer = client.get(address)
            took = time.monotonic() - began
            there = {200, 503} if address in PAGES else {503}  # what was sent before is kept
            assert answer.status_code in there, address
            assert took < BUDGET_S, (address, took)
            assert "Retry-After" in answer.headers or address in (*PAGES, "/readyz")
            assert "No moment" not in answer.text
        assert client.get("/healthz").status_code == 200, "nothing is mended by a restart"

        if how == "hanging":
            three.go_on()
        else:
            three.start(0, 1, 2)
        three.wait()
        told_by(Readers(client, QUESTIONS))
