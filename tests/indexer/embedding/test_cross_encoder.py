from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from loopback import Site
from model_hub import fetched, model_command
from tiny_model import known_tiny_model, write_tiny_cross_encoder

from indexer.commands import model as model_commands
from indexer.embedding import configured
from indexer.embedding.configured import NoModel, open_cross_encoder
from indexer.embedding.cross_encoder import CrossEncoder, load
from indexer.embedding.files import read_model_files
from indexer.embedding.model import is_installed
from indexer.embedding.registry import CROSS_ENCODER, KnownModel
from indexer.errors import IndexerError

pytestmark = pytest.mark.skipif(not is_installed(), reason="the extra `meaning` is not installed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tiny_cross_encoder(tmp_path / "judge", hair=3, scan=-1, broken=float("nan"))


@pytest.mark.slow
def test_it_says_how_well_a_passage_answers_and_always_the_same(folder: Path) -> None:
    judge = load(read_model_files(folder))

    better, worse = judge.score("fall", "hair"), judge.score("fall", "scan")

    assert better > 0 > worse
    assert judge.score("fall", "hair") == better
    for odd in ("", "\ud800", "hair " * 90_000, "\x00"):
        judge.score(odd, odd)


def test_a_number_that_is_none_is_a_sentence(folder: Path) -> None:
    with pytest.raises(IndexerError, match="no usable number"):
        load(read_model_files(folder)).score("fall", "broken")


def test_a_folder_may_be_named_and_one_that_is_damaged_is_said(folder: Path) -> None:
    named = {"HOPE_RERANKER": str(folder)}

    judge = open_cross_encoder(named)
    assert isinstance(judge, CrossEncoder)
    assert open_cross_encoder(named) is judge
    (folder / "model.onnx").write_bytes(b"<html>")
    damaged = open_cross_encoder(named)

    assert isinstance(damaged, NoModel)
    assert damaged.broken


@pytest.mark.parametrize("off", ["HOPE_RERANKER", "HOPE_MODEL"])
def test_it_is_off_when_it_or_all_models_are(folder: Path, off: str) -> None:
    found = open_cross_encoder({"HOPE_RERANKER": str(folder), off: "off"})

    assert isinstance(found, NoModel)
    assert f"{off}=off" in found.why


def test_it_is_fetched_by_its_own_option_and_used_from_then_on(
    user: Path, hub: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_cross_encoder()
    pinned = _pinned(folder, hub)
    monkeypatch.setattr(configured, "CROSS_ENCODER", pinned)
    monkeypatch.setattr(model_commands, "CROSS_ENCODER", pinned)

    said = model_command("fetch", "--rerank")

    assert isinstance(before, NoModel)
    assert "hope model fetch --rerank" in before.why
    assert said.exit_code == 0
    assert "hope eval --rerank" in said.stdout
    assert isinstance(open_cross_encoder(), CrossEncoder)
    assert fetched(pinned, hub, user).name == "judge"


def test_the_one_that_is_known_is_pinned() -> None:
    assert len(CROSS_ENCODER.revision) == 40
    assert {file.name for file in CROSS_ENCODER.files} >= {"model.onnx", "tokenizer.json"}


def _pinned(folder: Path, hub: Site) -> KnownModel:
    known = msgspec.structs.replace(known_tiny_model(folder, 1), name="judge", repository="a/judge")
    for file in known.files:
        path = f"/{known.repository}/resolve/{known.revision}/{file.path}"
        hub.put(path, (folder / file.name).read_bytes())
    return known
