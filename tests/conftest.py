"""What tests share: one browser and one site of each kind for all of them, and no sentence model.

A module that wants another site than the small one gives its own `site`.
"""

from __future__ import annotations

import os
import sys
from asyncio import _get_running_loop, _set_running_loop
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pytest
from browser import chromium, need_chromium, served
from libraries import opened, sample_library
from playwright.sync_api import Browser, BrowserContext
from site_pages import site_of_every_page
from small_site import indexed_library
from starlette.applications import Starlette
from starlette.testclient import TestClient
from visitor import PHONE, Visitor

from catalog import Library
from indexer import Budget, Generation, Shelf
from indexer.query.synonyms import Vocabulary, cut_names
from webapp.app import create_app

# `make cluster` runs those that start one.
collect_ignore = [] if os.environ.get("HOPE_CLUSTER") else ["cluster"]

# What tests start would else compile every module anew, each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ["HOPE_MODEL"] = "off"  # no model of this machine's user changes an answer

# No test but those in tests/faults loses its power: a build need not wait for the disk 29 times.
# Commands that run in a process of their own wait for it as always.
_WAIT_FOR_DISK = os.fsync
os.fsync = lambda fd: None


@pytest.fixture(autouse=True)
def _time_for_every_search(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a search may take longer than a visitor is made to wait."""
    if not request.node.get_closest_marker("search_budget"):
        monkeypatch.setattr("webapp.views.search.Budget", lambda _seconds: Budget())


@pytest.fixture(autouse=True)
def _on_the_disk_itself(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "faults" in request.path.parts:
        monkeypatch.setattr(os, "fsync", _WAIT_FOR_DISK)


@pytest.fixture(scope="session", autouse=True)
def _one_vocabulary() -> Iterator[None]:
    """Of the same glossary a vocabulary is made once, not in each of hundreds of tests."""
    with pytest.MonkeyPatch.context() as patch:
        made = lru_cache(maxsize=8)(Vocabulary)

        def vocabulary(*cut_as: Any, kept: object) -> Vocabulary:
            del kept  # comes to the same
            return made(*cut_as)

        patch.setattr("indexer.query.expansion.Vocabulary", vocabulary)
        patch.setattr("indexer.writer.builder.cut_names", lru_cache(maxsize=8)(cut_names))
        yield


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """The sample's index, to ask only."""
    return opened(sample_library(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; its windows are the tests' own."""
    with chromium() as browser:
        yield browser


def pytest_collection_finish() -> None:
    if "yt_dlp.networking" in sys.modules:  # only if any test is about it
        from authorities import trust_nobody  # noqa: PLC0415

        trust_nobody()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with no_loop_of_the_browser(item):
        return (yield)


@contextmanager
def no_loop_of_the_browser(item: pytest.Item) -> Iterator[None]:
    """Playwright's loop runs on in this thread between its calls: only its own tests may see it."""
    running = None if "browser" in getattr(item, "fixturenames", ()) else _get_running_loop()
    if not running:
        yield
        return
    _set_running_loop(None)
    try:
        yield
    finally:
        _set_running_loop(running)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """No window outlives the test that opened it: a video plays on, at the cost of later tests."""
    before = windows(item)
    try:
        with no_loop_of_the_browser(item):
            return (yield)
    finally:
        for context in windows(item):
            if context not in before:
                context.close()


def windows(item: pytest.Item) -> list[BrowserContext]:
    """The windows that are open in the browser of a test, where it has one."""
    browser = item.funcargs.get("browser") if isinstance(item, pytest.Function) else None
    return browser.contexts if isinstance(browser, Browser) else []


@pytest.fixture(scope="session")
def site(library: Library) -> Iterator[str]:
    """The address of the site over a small library."""
    need_chromium()
    with served(create_app(library, Shelf(library))) as address:
        yield address


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A small library with its index, to read only."""
    return indexed_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def client(library: Library) -> Iterator[TestClient]:
    """Whoever asks the site over the small library."""
    with TestClient(create_app(library, Shelf(library))) as client:
        yield client


@pytest.fixture(scope="session")
def whole_app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    """The site that has every kind of page."""
    return site_of_every_page(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def whole_site(whole_app: Starlette) -> Iterator[str]:
    """The address of the site that has every kind of page."""
    with served(whole_app) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visitor]:
    """Somebody with a phone."""
    visitor = Visitor(browser, site, PHONE, script=True)
    yield visitor
    visitor.context.close()


@pytest.fixture
def visit_without_script(browser: Browser, site: str) -> Iterator[Visitor]:
    """Somebody with a phone whose browser runs no scripts."""
    visitor = Visitor(browser, site, PHONE, script=False)
    yield visitor
    visitor.context.close()
