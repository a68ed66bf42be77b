from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
import numpy as np
import pytest
from loopback import Site, serving
from model_hub import fetched, path_on_hub
from tiny_model import known_tiny_model, write_tiny_model

from indexer.embedding.configured import NoModel, find_model
from indexer.embedding.files import read_model_files
from indexer.embedding.model import load
from indexer.embedding.registry import KnownModel, Usage
from indexer.errors import IndexerError


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
def test_a_flipped_byte_is_found_and_mended_by_fetching_again(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_tiny_model(tmp_path / "source")
    (source / "config.json").write_text("{}")
    tiny = known_tiny_model(source)
    with serving() as hub:
        for pinned in tiny.files:
            hub.put(path_on_hub(tiny, pinned.path), (source / pinned.name).read_bytes())
        files = fetched(tiny, hub, tmp_path / "models")
        file = files.folder / name
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)

        with pytest.raises(IndexerError, match=f"{name}: it is damaged; .*hope model fetch tiny"):
            read_model_files(files.folder)
        assert fetched(tiny, hub, tmp_path / "models").identity == files.identity
    assert sorted(path.name for path in (tmp_path / "models").iterdir()) == [
        ".lock",
        files.folder.name,
    ]


def test_a_truncated_file_is_found(user: Path, tiny: KnownModel, hub: Site) -> None:
    folder = fetched(tiny, hub, user).folder
    os.truncate(folder / "model.onnx", 10)

    found = find_model()

    assert isinstance(found, NoModel)
    assert found.broken
    assert "10 bytes, where" in found.why


@pytest.mark.parametrize(
    "record",
    ["{", "[]", '{"name": "tiny"}', "\x00"],
    ids=["cut", "a list", "half of it", "no text"],
)
def test_a_damaged_record_is_a_sentence(
    user: Path, tiny: KnownModel, hub: Site, record: str
) -> None:
    folder = fetched(tiny, hub, user).folder
    (folder / "model.json").write_text(record)

    with pytest.raises(IndexerError, match=r"model\.json: it is damaged"):
        read_model_files(folder)


def test_a_record_cannot_name_files_elsewhere(user: Path, tiny: KnownModel, hub: Site) -> None:
    folder = fetched(tiny, hub, user).folder
    record = json.loads((folder / "model.json").read_text())
    record["files"]["../model.onnx"] = record["files"].pop("model.onnx")
    (folder / "model.json").write_text(json.dumps(record))

    with pytest.raises(IndexerError, match="is no file name"):
        read_model_files(folder)


@pytest.mark.parametrize(
    "says",
    [{"query_prefix": "query: "}, {"passage_prefix": "passage: "}, {"pooling": "cls"}],
    ids=lambda says: next(iter(says)),
)
def test_a_folder_may_say_how_its_model_is_used(tmp_path: Path, says: dict[str, str]) -> None:
    folder = write_tiny_model(tmp_path / "tiny")
    (folder / "config.json").write_text(json.dumps({"hidden_size": 8}))
    usual = read_model_files(folder)

    (folder / "config.json").write_text(json.dumps({"hidden_size": 8, **says}))
    files = read_model_files(folder)

    assert usual.usage == Usage()
    assert files.usage == Usage(**says)  # type: ignore[arg-type]
    assert files.identity != usual.identity


def test_a_usage_that_is_not_known_is_a_sentence(tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path / "tiny")
    (folder / "config.json").write_text('{"pooling": "max"}')

    with pytest.raises(IndexerError, match=r"config\.json: it cannot be used"):
        read_model_files(folder)


def test_a_fetched_model_that_is_used_in_another_way_gives_other_vectors(
    tmp_path: Path, tiny: KnownModel, hub: Site
) -> None:
    plain = fetched(tiny, hub, tmp_path / "one")
    multilingual = msgspec.structs.replace(tiny, query_prefix="lung ", passage_prefix="hair ")
    prefixed = fetched(multilingual, hub, tmp_path / "two")

    assert prefixed.usage == Usage(query_prefix="lung ", passage_prefix="hair ")
    assert prefixed.identity != plain.identity
    model = load(prefixed)
    as_they_are = load(plain)
    asked, said = model.embed_query("scan"), model.embed_passage("scan")
    assert np.array_equal(asked, as_they_are.embed_query("lung scan"))
    assert np.array_equal(said, as_they_are.embed_query("hair scan"))
    assert np.array_equal(model.embed(["scan"])[0], said)
