"""A generation in a cluster: written, proved, swapped in, followed; what fails changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_engine import FakeEngine, fake_engine
from libraries import build, indexed, library_of
from typer.testing import CliRunner

from catalog import Library
from hope import app
from indexer import Generation, Shelf
from indexer.embedding.encoder import QueryEncoder
from indexer.engine.follow import EngineSource
from indexer.engine.mapping import SCHEMA
from indexer.errors import EngineAway, IndexerError, NoIndex

pytestmark = pytest.mark.slow

TALKS = {"pills": "Lorlatinib reaches the brain.\nIt is a pill.", "rest": "Sleep well at night."}
MORE = TALKS | {"scans": "A scan shows the lungs."}


@pytest.fixture
def engine() -> Iterator[FakeEngine]:
    with fake_engine() as engine:
        yield engine


def with_engine(library: Library, engine: FakeEngine, more: str = "") -> Library:
    library.site_file.write_text(f'[engine]\nhosts = ["{engine.address}"]\n{more}', "utf-8")
    return library


def published(root: Path, engine: FakeEngine, talks: dict[str, str] = TALKS) -> Library:
    library = with_engine(library_of(root, talks), engine)
    said = index(library)
    assert "Published as hope-g" in said
    return library


def index(library: Library, *more: str) -> str:
    result = CliRunner().invoke(app, ["--library", str(library.root), "index", *more])
    return result.output


def test_what_is_published_is_what_is_served(tmp_path: Path, engine: FakeEngine) -> None:
    here = indexed(tmp_path / "here", TALKS)
    there = Shelf(published(tmp_path / "there", engine)).current()
    assert there.name == engine.alias == "hope-g000001"
    for question in ("lorlatinib", "sleep", '"a pill"', "pill -sleep", "xyzzy"):
        assert there.search(question, counts=True) == here.search(question, counts=True)
    assert there.transcript("pills") == here.transcript("pills")


def test_a_host_needs_nothing_but_the_address(tmp_path: Path, engine: FakeEngine) -> None:
    published(tmp_path / "there", engine)
    (tmp_path / "host").mkdir()
    host = with_engine(Library(tmp_path / "host"), engine)
    assert Shelf(host).current().search("lorlatinib").hits


def test_nothing_new_is_not_published_again(tmp_path: Path, engine: FakeEngine) -> None:
    library = published(tmp_path, engine)
    engine.asked.clear()
    assert "The engine serves it already, as hope-g000001." in index(library)
    assert not [path for method, path in engine.asked if method not in ("GET", "HEAD")]


def test_the_one_before_stays_and_those_before_it_go_when_nobody_reads_them(
    tmp_path: Path, engine: FakeEngine
) -> None:
    library, day = published(tmp_path, engine), 86_400_000
    reader = Shelf(library).current()
    for number, later, left in ((2, 0, {1, 2}), (3, 60_000, {1, 2, 3}), (4, day, {3, 4})):
        engine.now += later
        assert f"Published as hope-g{number:06}." in index(library, "--full")
        assert {name[:12] for name in engine.indexes} == {f"hope-g{one:06}" for one in left}
        if 1 in left:
            assert reader.search("sleep").hits, "who has not looked at the pointer yet is not hurt"


def test_a_server_that_slept_through_several_generations_goes_on_with_the_newest(
    tmp_path: Path, engine: FakeEngine
) -> None:
    library, clock = published(tmp_path, engine), Clock()
    shelf = followed(library, clock)
    assert shelf.current().name == "hope-g000001"
    for _ in range(2):
        engine.now += 86_400_000
        index(library, "--full")
    assert "hope-g000001" not in engine.indexes
    clock.now += 2 * 86_400
    assert shelf.current().name == "hope-g000003"
    assert shelf.current().search("sleep").hits


def test_what_another_library_has_there_is_left_alone(tmp_path: Path, engine: FakeEngine) -> None:
    library = published(tmp_path, engine)
    other = "hope-gold-g000009"
    engine.indexes[other], engine.documents[other], engine.made[other] = {}, {}, 0
    engine.now += 86_400_000
    assert "Published as hope-g000002." in index(library, "--full")
    assert other in engine.indexes


@pytest.mark.parametrize(
    ("replicas", "nodes", "copies", "says"),
    [
        (2, 2, 2, "Of some of its parts 2 of 3 copies are there, which is safe"),
        (2, 1, 1, "a part of it is on 1 node of 1 after 180 s"),
        (1, 3, 1, "a part of it is on 1 node of 3 after 180 s"),
        (1, 2, 2, ""),
        (0, 1, 1, ""),
    ],
)
def test_a_node_may_be_away_while_each_part_is_on_two(
    tmp_path: Path, engine: FakeEngine, replicas: int, nodes: int, copies: int, says: str
) -> None:
    library = with_engine(library_of(tmp_path, TALKS), engine, f"replicas = {replicas}")
    engine.nodes, engine.copies = nodes, copies
    said = index(library)
    assert says in said
    assert ("which is safe" in said) == ("which is safe" in says)
    assert engine.alias == ("" if "is on 1 node" in says else "hope-g000001")
    assert bool(engine.indexes) == bool(engine.alias)


def test_passages_are_our_own_terms_and_nothing_is_written_down(
    tmp_path: Path, engine: FakeEngine
) -> None:
    published(tmp_path, engine)
    made = engine.indexes["hope-g000001"]
    assert made["mappings"]["dynamic"] == "strict"
    assert made["mappings"]["_source"] == {"enabled": False}
    assert made["mappings"]["_meta"]["schema"] == SCHEMA
    assert set(made["settings"]["index"]["search"]["slowlog"]["threshold"]) == {"query", "fetch"}
    said = {doc["video"]: doc["said"] for doc in engine.documents["hope-g000001"].values()}
    assert said["pills"].split()[0] == "lorlatinib"


def _fails(part: str, answer: Any) -> Any:
    return lambda method, path: answer if part in path and method in ("POST", "PUT") else None


FULL = (429, {"error": {"type": "cluster_block_exception", "reason": "flood stage"}})


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (lambda one: setattr(one, "fail", _fails("_bulk", FULL)), "a disk may be full"),
        (lambda one: setattr(one, "copies", 0), "a part of it is on 0 nodes of 3"),
        (
            lambda one: setattr(one, "version", {"number": "8.19.0"}),
            "another server 8.19.0, not OpenSearch 2 or 3",
        ),
        (lambda one: setattr(one, "fail", lambda *_: (503, b"")), "HTTP 503"),
    ],
)
def test_whatever_fails_what_was_served_still_is(
    tmp_path: Path, engine: FakeEngine, break_it: Any, says: str
) -> None:
    library = published(tmp_path, engine)
    shelf = Shelf(library)
    before = shelf.current()
    break_it(engine)
    library_of(tmp_path, MORE)
    said = index(library)
    assert says in said
    assert "The engine goes on with what it served; mend that, then run `hope index`" in said
    assert engine.alias == "hope-g000001"
    engine.fail = lambda *_: None
    assert shelf.current() is before
    assert before.search("lorlatinib").hits


def test_what_was_killed_midway_is_swept_away(tmp_path: Path, engine: FakeEngine) -> None:
    library = published(tmp_path, engine)
    for name in ("hope-g000002", "hope-g000002-blocks"):
        engine.indexes[name], engine.documents[name], engine.made[name] = {}, {}, 0
    assert "Published as hope-g000003." in index(library, "--full")
    assert "hope-g000002" not in engine.indexes


def test_a_build_that_does_not_prove_itself_is_taken_away(
    tmp_path: Path, engine: FakeEngine
) -> None:
    library = with_engine(library_of(tmp_path, TALKS), engine)
    engine.fail = lambda _, path: (200, {"count": 0}) if path.endswith("_count") else None
    assert "it holds 0 documents" in index(library)
    assert not engine.alias
    assert not engine.indexes


class Clock:
    """Time that goes on when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def followed(library: Library, clock: Clock) -> Shelf:
    shelf = Shelf(library)
    source = shelf._source
    assert isinstance(source, EngineSource)
    source._clock = clock
    return shelf


def test_a_new_generation_is_picked_up(tmp_path: Path, engine: FakeEngine) -> None:
    library, clock = published(tmp_path, engine), Clock()
    shelf = followed(library, clock)
    before = shelf.current()
    library_of(tmp_path, MORE)
    index(library)
    assert shelf.current() is before  # looked at a moment ago
    clock.now += 10
    assert shelf.current().name == "hope-g000002"
    assert shelf.current().search("scan").hits
    assert before.search("lorlatinib").hits


@pytest.mark.parametrize(
    ("meta", "says"),
    [({"schema": 99}, "built by another version (schema 99"), ({"checksum": "0"}, "is damaged")],
)
def test_what_says_it_is_another_is_refused(
    tmp_path: Path, engine: FakeEngine, meta: dict[str, Any], says: str
) -> None:
    library, clock = published(tmp_path, engine), Clock()
    shelf = followed(library, clock)
    before = shelf.current()
    library_of(tmp_path, MORE)
    index(library)
    engine.indexes["hope-g000002"]["mappings"]["_meta"] |= meta
    clock.now += 10
    assert shelf.current() is before
    assert says in shelf.trouble
    with pytest.raises(NoIndex, match="hope-g000002"):
        Shelf(library).current()


def test_one_of_another_model_is_refused(
    tmp_path: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = published(tmp_path, engine)
    monkeypatch.setattr(QueryEncoder, "is_another", lambda *_: True)
    monkeypatch.setattr(QueryEncoder, "why_not", lambda *_: "another sentence model")
    with pytest.raises(NoIndex, match="another sentence model"):
        Shelf(library).current()


def test_an_engine_that_is_away_is_an_outage(tmp_path: Path, engine: FakeEngine) -> None:
    library, clock = published(tmp_path, engine), Clock()
    shelf = followed(library, clock)
    generation = shelf.current()
    engine.fail = lambda *_: (503, b"")
    clock.now += 10
    assert shelf.current() is generation
    with pytest.raises(IndexerError, match="HTTP 503"):
        generation.search("lorlatinib")
    with pytest.raises(NoIndex):
        Shelf(library).current()


def test_an_engine_without_an_index_says_what_to_do(tmp_path: Path, engine: FakeEngine) -> None:
    library = with_engine(library_of(tmp_path, TALKS), engine)
    with pytest.raises(NoIndex, match="run `hope index`"):
        Shelf(library).current()


def test_settings_that_are_wrong_are_an_outage_that_can_be_mended(
    tmp_path: Path, engine: FakeEngine
) -> None:
    library, clock = published(tmp_path, engine), Clock()
    with_engine(library, engine, 'account = "account"')
    shelf = followed(library, clock)
    with pytest.raises(NoIndex, match="account: the account cannot be read"):
        shelf.current()
    (tmp_path / "account").write_text("site:word")
    clock.now += 10
    assert shelf.current().search("lorlatinib").hits


def test_here_is_searched_where_no_engine_is_named(tmp_path: Path) -> None:
    library = library_of(tmp_path, TALKS)
    build(library)
    assert type(Shelf(library).current()) is Generation
    assert "name the `hosts` under [engine]" in index(library, "--engine", "opensearch")


def test_the_engine_can_be_left_alone(tmp_path: Path, engine: FakeEngine) -> None:
    library = with_engine(library_of(tmp_path, TALKS), engine)
    index(library, "--engine", "local")
    assert not engine.asked


assert issubclass(EngineAway, NoIndex)  # pages say 503
