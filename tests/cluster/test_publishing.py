"""A generation goes to a cluster whole, or what was served stays."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cluster import Cluster
from clustered import Readers, site, until, write_site
from command_line import hope
from fake_model import FakeEncoder
from libraries import GLOSSARY, library_of, write_track
from paths import ROOT
from starlette.testclient import TestClient

from catalog import Library
from indexer import Hit, NoIndex, Shelf

TALKS = ("brain", "costs", "pills", "scans")


@pytest.fixture
def library(three: Cluster, tmp_path: Path) -> Library:
    """Talks of which each says the number of its generation, and where the cluster is."""
    library = library_of(tmp_path / "library", dict.fromkeys(TALKS, ""))
    (library.catalog_dir / "glossary.csv").write_text(GLOSSARY)
    for index in indexes(three):
        three.ask("DELETE", f"/{index}")
    write_site(library, three, "small")
    says(library, 1)
    published = hope(library, "index")
    assert published.exit_code == 0, published.output
    return library


def says(library: Library, number: int) -> None:
    for talk in TALKS:
        cues = [f"lorlatinib for the {talk} is number {number} of these"] * 3
        write_track(library, talk, "\n".join(cues))


def indexes(three: Cluster) -> list[str]:
    rows = three.ask("GET", "/_cat/indices/small-*?format=json&h=index")
    return sorted(row["index"] for row in rows)


def generations(three: Cluster) -> set[str]:
    return {index.split("-")[1] for index in indexes(three)}


def served(three: Cluster) -> str:
    return str(max(three.ask("GET", "/_alias/small")))


def serves(client: TestClient, name: str) -> bool:
    return bool(client.get("/readyz").json()["generation"] == name)


def asked(library: Library) -> Sequence[Hit]:
    return Shelf(library).current().search("lorlatinib").hits


def are_there(three: Cluster, count: int, build: subprocess.Popen[bytes]) -> bool:
    return len(indexes(three)) >= count or build.poll() is not None


def numbers(told: dict[str, Any]) -> set[str]:
    assert sorted(hit["video"] for hit in told["hits"]) == list(TALKS)
    return {n for hit in told["hits"] for n in re.findall(r"number (\d+)", hit["text"])}


def test_generations_are_swapped_under_readers_and_never_mixed(
    three: Cluster, library: Library
) -> None:
    with site(library) as client:
        readers = Readers(client, ("lorlatinib",))
        with readers.at_work():
            readers.seen(10)
            for number in (2, 3):
                says(library, number)
                assert hope(library, "index").exit_code == 0
                until(partial(serves, client, served(three)))
                readers.seen(10)

    assert not readers.failed
    assert {status for _, status, _ in readers.said} == {200}
    seen = [numbers(told) for _, _, told in readers.said]
    assert all(len(some) == 1 for some in seen)
    assert set().union(*seen) >= {"1", "3"}
    assert len(generations(three)) == 3, "somebody may still be reading any of them"


def test_a_node_that_is_away_holds_no_generation_up_and_its_copies_follow(
    three: Cluster, library: Library
) -> None:
    away = (three.manager() + 1) % 3
    three.kill(away)
    three.wait("yellow")
    says(library, 2)

    built = hope(library, "index")

    assert built.exit_code == 0, built.output
    assert "2 of 3 copies are there, which is safe" in built.output
    assert {re.findall(r"number (\d+)", hit.text)[0] for hit in asked(library)} == {"2"}
    assert "cannot keep 2 replicas" in hope(library, "check").output
    three.start(away)
    three.wait()
    assert "All is well" in hope(library, "check").output


def test_a_build_that_is_killed_midway_leaves_the_pointer_alone(
    three: Cluster, library: Library
) -> None:
    before, there = served(three), indexes(three)
    for step in ("the first index is there", "both are there"):
        says(library, 2)
        wanted = len(there) + 1 + (step == "both are there")
        words = [sys.executable, "-W", "ignore", str(ROOT / "hope.py")]
        with subprocess.Popen(
            [*words, "--library", str(library.root), "index"],
            env={**os.environ, "HOPE_MODEL": "off"}, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as build:  # fmt: skip
            until(partial(are_there, three, wanted, build))
            build.send_signal(signal.SIGKILL)
        assert build.returncode == -signal.SIGKILL

        assert served(three) == before
        assert {re.findall(r"number (\d+)", hit.text)[0] for hit in asked(library)} == {"1"}

    assert hope(library, "index").exit_code == 0
    assert served(three) > before
    assert len(generations(three)) == 2, "what was half built is gone"


@pytest.mark.parametrize(
    ("meta", "says"),
    [({"schema": 99}, "another version"), ({"model": "another"}, "sentence model")],
)
def test_an_index_of_another_schema_or_model_is_refused_in_a_sentence(
    three: Cluster, library: Library, meta: dict[str, Any], says: str
) -> None:
    name = served(three)
    whole = three.ask("GET", f"/{name}/_mapping")[name]["mappings"]["_meta"]
    held, meaning = Shelf(library), FakeEncoder()
    assert held.current().search("lorlatinib").hits
    three.ask("PUT", f"/{name}/_mapping", {"_meta": {**whole, **meta}})

    with pytest.raises(NoIndex, match=says):
        Shelf(library, meaning).current()
    assert held.current().search("lorlatinib").hits, "who has it open goes on"
    with site(library, meaning) as client:
        assert client.get("/search", params={"q": "lorlatinib"}).status_code == 503


def set_marks(three: Cluster, share: str | None) -> None:
    """Have disks count as full from this share on; None: they are not looked at."""
    of = "cluster.routing.allocation.disk"
    marks = {f"{of}.watermark.{mark}": share for mark in ("low", "high", "flood_stage")}
    marks |= {f"{of}.threshold_enabled": share and "true"}
    three.ask("PUT", "/_cluster/settings", {"transient": marks})


def test_a_full_disk_stops_the_new_generation_in_a_sentence_and_not_the_served_one(
    three: Cluster, library: Library
) -> None:
    before = served(three)
    set_marks(three, "1%")
    try:
        until(lambda: "create_index" in str(three.ask("GET", "/_cluster/settings")))
        says(library, 2)

        failed = hope(library, "index")

        assert failed.exit_code != 0
        assert re.search(r"disk|room", failed.output), failed.output
        assert served(three) == before
        assert Shelf(library).current().search("lorlatinib").hits
    finally:
        set_marks(three, None)
        may_again = {"persistent": {"cluster.blocks.create_index": None}}
        three.ask("PUT", "/_cluster/settings", may_again)  # as whoever makes room does
    assert hope(library, "index").exit_code == 0
    assert served(three) > before
