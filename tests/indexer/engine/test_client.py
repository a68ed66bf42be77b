"""How a cluster is asked: at another host where one fails, and without a word of what was asked."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_engine import FakeEngine, fake_engine

from catalog.settings.engine_settings import EngineSettings
from indexer.engine.client import ACCOUNT, Client, EngineRefusedError
from indexer.errors import EngineAway, IndexerError

SECRET = "sesquipedalian"


@pytest.fixture
def engine() -> Iterator[FakeEngine]:
    with fake_engine() as engine:
        yield engine


def client_of(*hosts: str, root: Path = Path(), **more: str) -> Client:
    return Client(EngineSettings(hosts, **more), root)  # type: ignore[arg-type]


def nobody() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


def test_another_host_is_asked_where_one_is_away(engine: FakeEngine) -> None:
    client = client_of(nobody(), engine.address)
    for _ in range(4):
        assert client.ask("GET", "/")["version"]["number"] == "2.19.1"


def test_a_failing_search_is_asked_once_more(engine: FakeEngine) -> None:
    failing = [(500, {"error": {"type": "search_phase_execution_exception"}})]
    engine.fail = lambda *_: failing.pop() if failing else None
    assert client_of(engine.address).ask("GET", "/")["version"]
    assert len(engine.asked) == 2


def test_what_a_host_answers_says_more_than_that_others_are_away(engine: FakeEngine) -> None:
    """With two of three gone the last one says that shards are missing, in whatever turn."""
    told = {"error": {"type": "search_phase_execution_exception"}}
    client = client_of(nobody(), engine.address, nobody())
    engine.fail = lambda *_: (503, told)
    for _ in range(3):
        with pytest.raises(EngineRefusedError, match="some of its shards do not answer"):
            client.ask("GET", "/")

    failing = [(503, told)]
    engine.fail = lambda *_: failing.pop() if failing else None
    assert client.ask("GET", "/")["version"]


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (503, "search_phase_execution_exception", "some of its shards do not answer"),
        (403, "cluster_block_exception", "a disk may be full"),
        (403, "index_create_block_exception", "a disk may be full"),
        (401, "", "does not take the account"),
        (403, "security_exception", "the account may not do this"),
        (400, "parsing_exception", "it refused (HTTP 400 parsing_exception)"),
    ],
)
def test_errors_are_sentences_without_what_was_asked(
    engine: FakeEngine, status: int, kind: str, says: str
) -> None:
    told = {"error": {"type": kind, "reason": f"failed to parse [{SECRET}]"}}
    engine.fail = lambda *_: (status, told)
    with pytest.raises(EngineRefusedError) as caught:
        client_of(engine.address).ask("POST", "/hope/_search", {"query": SECRET})
    assert says in str(caught.value)
    assert SECRET not in repr(caught.value)


def test_whatever_is_no_json_is_an_error_too(engine: FakeEngine) -> None:
    engine.fail = lambda *_: (502, b"<html>sesquipedalian</html>")
    with pytest.raises(EngineRefusedError, match=r"it refused \(HTTP 502"):
        client_of(engine.address).ask("GET", "/")


def test_who_hangs_is_given_up_in_time(engine: FakeEngine) -> None:
    engine.fail = lambda *_: time.sleep(4)
    begun = time.monotonic()
    with pytest.raises(EngineAway, match="it does not answer in time"):
        client_of(engine.address).ask("GET", "/", seconds=0.3)
    assert time.monotonic() - begun < 3


def test_who_is_away_is_said() -> None:
    with pytest.raises(EngineAway, match="it cannot be reached; look after the cluster"):
        client_of(nobody()).ask("GET", "/")


def test_tls_is_told_from_none(engine: FakeEngine) -> None:
    with pytest.raises(EngineAway, match="it does not speak TLS as it should"):
        client_of(engine.address.replace("http:", "https:")).ask("GET", "/")


def test_the_account_is_read_from_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "account").write_text("no password")
    with pytest.raises(IndexerError, match="no user:password"):
        client_of(nobody(), root=tmp_path, account="account")
    with pytest.raises(IndexerError, match="cannot be read"):
        client_of(nobody(), root=tmp_path, account="missing")
    monkeypatch.setenv(ACCOUNT, "site:word")
    client_of(nobody(), root=tmp_path, account="missing").close()


def test_an_authority_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    for name in ("ca.pem", "missing.pem"):
        with pytest.raises(IndexerError, match="the authority cannot be read"):
            client_of(nobody(), root=tmp_path, ca=name)
