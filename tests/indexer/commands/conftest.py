"""What tests of the commands share: a small library, and one that is indexed and only read."""

from __future__ import annotations

from pathlib import Path

import pytest
from libraries import build, library_of, write_track

from catalog import Library

TALKS = {
    "pills": "Does it reach the brain?\nLorlatinib reaches the brain.",
    "scans": "A scan shows the brain.",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path / "library", TALKS)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = library_of(tmp_path_factory.mktemp("library"), TALKS)
    write_track(library, "pills", "Lorlatinib llega al cerebro.", "es.manual.vtt")
    build(library)
    return library
