"""One cluster for all tests of a kind, whole and green before each; `make cluster` runs them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import fake_model
import pytest
from cluster import Cluster, cluster
from clustered import TALKS, published
from engine_parts import WITH_VECTORS
from fake_model import FakeEncoder
from libraries import lay_out_sample, quietly

from catalog import Library, load_catalogue
from indexer import Generation, Shelf
from indexer.writer.builder import build_index


@pytest.fixture(scope="session")
def _cluster() -> Iterator[Cluster]:
    with cluster(WITH_VECTORS) as three:
        three.wait()
        yield three


@pytest.fixture
def three(_cluster: Cluster) -> Cluster:
    """The cluster, with all of its nodes."""
    _cluster.mend()
    return _cluster


@pytest.fixture(scope="session")
def meaning() -> Iterator[FakeEncoder]:
    """A sentence model that draws the vector of a word once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fake_model, "_drawn", lru_cache(None)(fake_model._drawn))
        yield FakeEncoder()


@pytest.fixture(scope="session")
def sample_here(tmp_path_factory: pytest.TempPathFactory, meaning: FakeEncoder) -> Generation:
    """The sample, indexed on this machine, with vectors."""
    library = Library(tmp_path_factory.mktemp("sample"))
    lay_out_sample(library)
    return built(library, meaning)


@pytest.fixture(scope="session")
def talks_here(
    tmp_path_factory: pytest.TempPathFactory, meaning: FakeEncoder, sample_here: Generation
) -> Generation:
    """The health talks where they are, else the sample."""
    if not TALKS.is_dir():
        return sample_here
    library = Library(tmp_path_factory.mktemp("talks"))
    for part in ("catalog", "captions"):
        shutil.copytree(TALKS / part, library.root / part)
    return built(library, meaning)


def built(library: Library, meaning: FakeEncoder) -> Generation:
    build_index(library, load_catalogue(library), quietly, meaning=meaning, workers=2)
    return Shelf(library, meaning).current()


@pytest.fixture
def sample_library(three: Cluster, sample_here: Generation, tmp_path: Path) -> Library:
    """A web host's library: all that it has of the sample is where the cluster is."""
    return published(three, sample_here, tmp_path / "sample", "sample")


@pytest.fixture
def talks_library(three: Cluster, talks_here: Generation, tmp_path: Path) -> Library:
    """The same of the talks."""
    return published(three, talks_here, tmp_path / "talks", "talks")
