"""What `hope check` says of the cluster that holds the passages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fake_engine import FakeEngine, fake_engine
from libraries import build, library_of
from typer.testing import CliRunner

from catalog import Library, load_engine
from hope import app
from indexer.commands.check import check_library
from indexer.engine.health import check_engine
from indexer.writer.publishing import published

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = library_of(tmp_path_factory.mktemp("one"), {"pills": "Lorlatinib is a pill."})
    build(library)
    return library


@pytest.fixture
def engine(library: Library) -> Iterator[FakeEngine]:
    with fake_engine() as engine:
        library.site_file.write_text(f'[engine]\nhosts = ["{engine.address}"]\n', "utf-8")
        published(library, build(library))
        yield engine


def look(library: Library) -> tuple[tuple[str, ...], str]:
    engine = load_engine(library)
    assert engine
    return check_engine(library, engine)


def test_it_says_what_is_served_from_where(library: Library, engine: FakeEngine) -> None:
    problems, says = look(library)
    assert not problems
    assert (
        "hope-g000001 (1 passage, generation g000001) from 3 nodes with OpenSearch 2.19.1" in says
    )
    assert says in check_library(library).sentences


def _set(**more: object) -> Callable[[FakeEngine], None]:
    def change(engine: FakeEngine) -> None:
        for name, value in more.items():
            setattr(engine, name, value)

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_set(nodes=2), "2 nodes cannot keep 2 replicas"),
        (_set(full=93), "the disk of n1 is 93 % full; make room"),
        (_set(status="red"), "a part of it cannot be searched"),
        (_set(status="yellow"), "missing until nodes are back"),
        (
            _set(settings={"index.search.slowlog.threshold.query.warn": "0ms"}),
            "its slow log writes down what people ask",
        ),
        (
            _set(settings={"cluster.search.request.slowlog.threshold.warn": "1s"}),
            "its slow log writes down what people ask",
        ),
        (_set(plugins=["query-insights"]), "query insights keep what people ask"),
        (_set(version={"number": "1.3.0", "distribution": "opensearch"}), "not OpenSearch 2 or 3"),
        (_set(fail=lambda *_: (401, {})), "does not take the account"),
    ],
)
def test_what_is_not_as_it_should_be(
    library: Library, engine: FakeEngine, change: Callable[[FakeEngine], None], says: str
) -> None:
    change(engine)
    assert says in " ".join(look(library)[0])
    result = CliRunner().invoke(app, ["--library", str(library.root), "check"])
    assert says in result.output
    assert result.exit_code == 1


def test_thresholds_that_are_off_are_well(library: Library, engine: FakeEngine) -> None:
    engine.settings = {
        "index.search.slowlog.threshold.query.warn": "-1",
        "search.insights.top_queries.latency.enabled": "false",
        "search.insights.top_queries.cpu.enabled": "false",
        "search.insights.top_queries.memory.enabled": "false",
    }
    engine.plugins = ["query-insights"]
    assert not look(library)[0]
