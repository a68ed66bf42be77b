from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from local_engine import LocalEngine
from small_site import indexed_library
from starlette.testclient import TestClient

from catalog import Library
from indexer import Shelf
from indexer.engine.outline import packed_outline, unpacked_outline
from indexer.engine.remote import RemoteGeneration
from indexer.errors import EngineAway, PartMissing
from indexer.ranking.engine import Found
from webapp.app import create_app
from webapp.config import Service
from webapp.telemetry.metrics import age_seconds

HERE = "127.0.0.1"


def client(library: Library, address: str = HERE, service: Service | None = None) -> TestClient:
    app = create_app(library, Shelf(library), service=service)
    return TestClient(app, client=(address, 50000))


def test_ready_says_which_index_answers_and_how_old_it_is(library: Library) -> None:
    shelf = Shelf(library)
    ready = TestClient(create_app(library, shelf)).get("/readyz").json()

    assert (ready["status"], ready["generation"], ready["newest"]) == ("ready", "g000001", True)
    assert ready["age_seconds"] >= 0
    built = datetime.fromisoformat(shelf.current().built_at)
    assert age_seconds(shelf.current(), built + timedelta(hours=2)) == 7200
    assert age_seconds(shelf.current(), built - timedelta(hours=2)) == 0


def test_a_damaged_index_is_told_by_ready_and_metrics(library: Library, tmp_path: Path) -> None:
    own = Library(tmp_path)
    indexed_library(tmp_path)
    shelf = Shelf(own)
    watcher = TestClient(create_app(own, shelf), client=(HERE, 50000))
    watcher.get("/readyz")
    (own.index_dir / "g000002").mkdir()
    (own.index_dir / "current").write_text("g000002")

    ready, metrics = watcher.get("/readyz").json(), watcher.get("/metrics").text

    assert (ready["generation"], ready["newest"]) == ("g000001", False)
    assert "hope_generation_newest 0.0" in metrics


@pytest.mark.parametrize(
    ("trouble", "status", "measured"),
    [
        (PartMissing("a part"), 200, "hope_whole 0.0"),
        (EngineAway("search1: it cannot be reached"), 503, "hope_ready 0.0"),
    ],
)
def test_an_engine_that_is_away_is_told_by_ready_and_metrics_and_restarts_nothing(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    trouble: EngineAway,
    status: int,
    measured: str,
) -> None:
    class Failing(LocalEngine):
        def candidates(self, *_: object) -> Sequence[Found]:
            raise trouble

    watcher = client(library)
    here = Shelf(library).current()
    outline = unpacked_outline(packed_outline(here.reader), here.name)
    elsewhere = RemoteGeneration(outline, Failing(here.reader))
    monkeypatch.setattr(Shelf, "current", lambda _: elsewhere)

    ready, alive = watcher.get("/readyz"), watcher.get("/healthz")

    assert (ready.status_code, alive.status_code) == (status, 200)
    assert measured in watcher.get("/metrics").text
    if status == 200:
        assert not ready.json()["whole"]
    else:
        assert "engine that holds the passages does not answer" in ready.text
        assert "search1" not in ready.text
        assert "search1: it cannot be reached" in caplog.text


def test_what_is_counted_is_for_prometheus(library: Library) -> None:
    visitor = client(library)
    for path in ("/search?q=stage+four", "/search?q=zzyzx", "/watch/first-days", "/nothing"):
        visitor.get(path)

    answer = visitor.get("/metrics")
    counted = answer.text.splitlines()

    assert answer.headers["content-type"].startswith("text/plain; version=")
    for line in (
        'hope_requests_total{route="/search",status="200"} 2.0',
        'hope_requests_total{route="/watch/{slug}",status="200"} 1.0',
        'hope_requests_total{route="none",status="404"} 1.0',
        'hope_request_seconds_count{route="/search"} 2.0',
        'hope_searches_total{meaning="no",outcome="answered"} 1.0',
        'hope_searches_total{meaning="no",outcome="nothing"} 1.0',
        "hope_requests_in_flight 1.0",
        "hope_generation_newest 1.0",
        "hope_meaning 0.0",
        "hope_ready 1.0",
        "hope_whole 1.0",
    ):
        assert line in counted
    assert "zzyzx" not in answer.text
    assert "four" not in answer.text


def test_without_an_index_metrics_say_so(tmp_path: Path) -> None:
    assert "hope_ready 0.0" in client(Library(tmp_path)).get("/metrics").text


MONITOR = Service(metrics_for=(ip_network("10.1.0.0/16"),))


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        pytest.param(HERE, {}, 200, id="this machine"),
        pytest.param("::1", {}, 200, id="this machine, IPv6"),
        pytest.param("203.0.113.5", {}, 404, id="a visitor"),
        pytest.param(HERE, {"X-Forwarded-For": "127.0.0.1"}, 404, id="a visitor behind a proxy"),
        pytest.param(HERE, {"X-Real-IP": "127.0.0.1"}, 404, id="behind another proxy"),
        pytest.param(HERE, {"Forwarded": "for=127.0.0.1"}, 404, id="behind a third"),
        pytest.param("10.1.2.3", {}, 200, id="the monitor"),
        pytest.param("10.1.2.3", {"X-Forwarded-For": "10.1.2.3"}, 200, id="behind a proxy"),
        pytest.param("10.2.2.3", {}, 404, id="a neighbour"),
    ],
)
def test_metrics_are_for_this_machine_and_whom_the_operator_names(
    library: Library, address: str, headers: dict[str, str], status: int
) -> None:
    answer = client(library, address, MONITOR).get("/metrics", headers=headers)

    assert answer.status_code == status
