from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from small_site import indexed_library, quietly
from starlette.testclient import TestClient

from catalog import Library, load_catalogue
from indexer import Generation, Shelf
from indexer.writer.builder import build_index
from webapp.app import create_app
from webapp.warming import Warmer

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.warming.EVERY_SECONDS", 0.01)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return indexed_library(tmp_path)


def wait_for(there: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not there() and time.monotonic() < deadline:
        time.sleep(0.01)
    return there()


def all_found(generation: Generation) -> bool:
    return generation._topic_moments.keys() == generation.catalogue.topics.keys()


def test_the_moments_of_topics_are_there_before_anybody_asks(library: Library) -> None:
    shelf, other = Shelf(library), Shelf(library).current()
    with TestClient(create_app(library, shelf)):
        assert wait_for(lambda: all_found(shelf.current()))
        found = shelf.current().topic_moments("stages")

    assert found == other.topic_moments("stages") != ()


def test_a_new_generation_is_looked_through_as_well(library: Library) -> None:
    shelf = Shelf(library)
    first = shelf.current()
    warmer = Warmer(shelf, lambda: False)
    warmer.start()
    assert wait_for(lambda: all_found(first))

    topics = library.catalog_dir / "topics.toml"
    topics.write_text(topics.read_text("utf-8").replace('title = "', 'title = "New '))
    build_index(library, load_catalogue(library), quietly)
    second = shelf.current()

    assert second is not first
    assert wait_for(lambda: all_found(second))
    warmer.stop()


def test_it_gives_way_to_requests_and_ends_with_the_site(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.warming.PATIENCE_SECONDS", 60)
    shelf = Shelf(library)
    generation = shelf.current()
    asked: list[bool] = []

    def is_busy() -> bool:
        asked.append(True)
        return True

    warmer = Warmer(shelf, is_busy)
    warmer.start()

    assert wait_for(lambda: len(asked) > 2)
    warmer.stop()
    warmer._thread.join(10)
    assert not warmer._thread.is_alive()
    assert generation._topic_moments == {}
