"""A cluster with TLS and two accounts, as deploy/ has it; whatever else comes is refused."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cluster import Cluster
from clustered import until
from command_line import hope
from guarded_cluster import INDEXER, SITE, guarded_cluster
from libraries import library_of, write_track

from catalog import Library
from indexer import Shelf
from indexer.engine.client import ACCOUNT


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("secrets")


@pytest.fixture(scope="module")
def guarded(secrets: Path) -> Iterator[Cluster]:
    with guarded_cluster(secrets) as three:
        until(lambda: is_up(three), 240)
        yield three


def is_up(three: Cluster) -> bool:
    assert all(process.poll() is None for process in three.running.values()), three.tail(0)
    try:
        health = three.ask("GET", "/_cluster/health", node=0)
    except OSError:
        return False
    return bool(health["number_of_nodes"] == 3 and health["status"] == "green")


@pytest.fixture
def library(guarded: Cluster, secrets: Path, tmp_path: Path) -> Library:
    library = library_of(tmp_path, {"pills": "lorlatinib reaches the brain"})
    write(library, guarded.hosts[0], secrets / "ca.pem")
    return library


def write(library: Library, host: str, ca: Path) -> None:
    (library.root / "site.toml").write_text(
        f'[engine]\nhosts = ["{host}"]\nca = "{ca}"\nreplicas = 1\n'
    )


@pytest.fixture
def indexed(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv(ACCOUNT, INDEXER)
    built = hope(library, "index", "--full")
    assert built.exit_code == 0, built.output
    return library


def test_the_indexers_account_writes_and_the_sites_account_only_reads(
    guarded: Cluster, indexed: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = guarded.ask("GET", "/_alias/hope", node=0)
    (indexed.root / "account").write_text(f"{SITE}\n")
    with (indexed.root / "site.toml").open("a") as more:
        more.write('account = "account"\n')
    monkeypatch.delenv(ACCOUNT)

    assert Shelf(indexed).current().search("lorlatinib").hits
    assert hope(indexed, "search", "lorlatinib").exit_code == 0
    say_something_else(indexed)
    refused = hope(indexed, "index")
    assert refused.exit_code != 0
    assert "the account may not do this" in refused.output
    assert guarded.ask("GET", "/_alias/hope", node=0) == before


@dataclass(frozen=True)
class Wrong:
    """How a host is asked that should not be asked so, and what the sentence says of it."""

    says: str
    node: int = 0
    ca: str = "ca.pem"
    scheme: str = "https"
    account: str = INDEXER


WRONG = {
    "authority": Wrong("not signed by the authority", ca="other/ca.pem"),
    "name": Wrong("certificate is for another name", node=1),
    "expired": Wrong("certificate ran out", node=2),
    "plain": Wrong("it cannot be reached|TLS|does not answer", scheme="http"),
    "password": Wrong("does not take the account", account="indexer:wrong"),
    "nobody": Wrong("does not take the account", account=""),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_not_as_it_should_be_is_refused_in_a_sentence(
    guarded: Cluster,
    indexed: Library,
    secrets: Path,
    monkeypatch: pytest.MonkeyPatch,
    wrong: Wrong,
) -> None:
    before = guarded.ask("GET", "/_alias/hope", node=0)
    served = Shelf(indexed)
    assert served.current().search("lorlatinib").hits
    write(indexed, guarded.hosts[wrong.node].replace("https", wrong.scheme), secrets / wrong.ca)
    monkeypatch.setenv(ACCOUNT, wrong.account)
    say_something_else(indexed)

    for words in (["index"], ["search", "lorlatinib"]):
        refused = hope(indexed, *words)
        assert refused.exit_code != 0
        assert re.search(wrong.says, refused.output), refused.output
    assert guarded.ask("GET", "/_alias/hope", node=0) == before
    assert served.current().search("lorlatinib").hits, "what is served goes on"


def say_something_else(library: Library) -> None:
    write_track(library, "pills", "something else is said now")


def test_a_guarded_node_speaks_no_plain_http_and_shows_nothing_to_nobody(guarded: Cluster) -> None:
    trust, account = guarded.trust, guarded.account
    try:
        guarded.account = {}
        with pytest.raises(OSError, match="401"):
            guarded.ask("GET", "/hope/_search", node=0)
        guarded.trust = ssl.create_default_context()
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            guarded.ask("GET", "/", node=0)
    finally:
        guarded.trust, guarded.account = trust, account
