"""The hub of sentence models, as a site on this machine."""

from __future__ import annotations

from pathlib import Path

from command_line import hope
from loopback import Site
from typer.testing import Result

from catalog import Library
from indexer.embedding.download import fetch_model
from indexer.embedding.files import ModelFiles
from indexer.embedding.registry import KnownModel


def path_on_hub(model: KnownModel, path: str) -> str:
    return f"/{model.repository}/resolve/{model.revision}/{path}"


def model_command(*words: str) -> Result:
    return hope(Library(Path("nowhere")), "model", *words)


def fetched(tiny: KnownModel, hub: Site, models: Path) -> ModelFiles:
    return fetch_model(tiny, models, hub.url, lambda _: None)
