"""What tests of the sentence model share: a tiny one on a hub, and a user who knows no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Site, serving
from model_hub import path_on_hub
from tiny_model import known_tiny_model, write_tiny_model

from indexer.embedding import configured as model_store
from indexer.embedding import registry as known_models
from indexer.embedding.configured import models_folder
from indexer.embedding.model import NOT_INSTALLED, is_installed
from indexer.embedding.registry import KnownModel


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_tiny_model(tmp_path / "source")


@pytest.fixture
def tiny(source: Path) -> KnownModel:
    return known_tiny_model(source)


@pytest.fixture
def hub(source: Path, tiny: KnownModel, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A hub with one model. Another test may have loaded one, after which nobody is asked."""
    constants = pytest.importorskip("huggingface_hub.constants", reason=NOT_INSTALLED)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda _: None)
    monkeypatch.setattr("indexer.embedding.download._PIECE_BYTES", 10)
    with serving() as site:
        for file in tiny.files:
            site.put(path_on_hub(tiny, file.path), (source / file.name).read_bytes())
        yield site


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny: KnownModel, hub: Site) -> Path:
    """A user whose cache is empty, and who knows one model only."""
    if not is_installed():
        pytest.skip("the extra `meaning` is not installed")
    monkeypatch.setattr(known_models, "KNOWN", (tiny,))
    monkeypatch.setattr(model_store, "ENGLISH", tiny)
    monkeypatch.setattr(model_store, "KNOWN", (tiny,))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.delenv("HOPE_MODEL")
    return models_folder()
