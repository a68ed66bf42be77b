"""A generation's account of itself: a byte that changed is noticed before it is served."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from libraries import build, found, library_of, opened

from catalog import Library
from indexer import IndexerError, NoIndex
from indexer.generation import open_generation
from indexer.storage.manifest import SCHEMA, read_manifest


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = library_of(tmp_path_factory.mktemp("whole"), {"pills": "it reaches the brain"})
    build(library)
    return library.root


@pytest.fixture
def library(whole: Path, tmp_path: Path) -> Library:
    shutil.copytree(whole, tmp_path / "copy")
    return Library(tmp_path / "copy")


def served(library: Library) -> Path:
    return library.index_dir / "g000001"


def flip(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 0x01
    file.write_bytes(content)


def test_a_whole_generation_opens(library: Library) -> None:
    assert read_manifest(served(library)).name == "g000001"
    assert found(opened(library), "brain") == ["pills"]


def test_a_flipped_bit_in_any_file_is_noticed(library: Library) -> None:
    files = [path for path in served(library).rglob("*") if path.is_file() and path.stat().st_size]
    assert len(files) > 15

    for file in files:
        for at in (0, file.stat().st_size // 2, file.stat().st_size - 1):
            flip(file, at)
            with pytest.raises(IndexerError, match="hope index"):
                open_generation(served(library))
            flip(file, at)

    assert open_generation(served(library)).name == "g000001"


@pytest.mark.parametrize(
    ("said", "false"),
    [('"sentences": 1', '"sentences": 2'), ('"kind": "manual"', '"kind": "auto"')],
)
def test_an_account_that_was_changed_is_noticed(library: Library, said: str, false: str) -> None:
    account = served(library) / "generation.json"
    assert account.read_text().count(said) == 1
    account.write_text(account.read_text().replace(said, false))

    with pytest.raises(IndexerError, match=r"generation\.json: it is damaged; run `hope index`"):
        open_generation(served(library))


def test_a_missing_file_is_noticed_and_named(library: Library) -> None:
    files = sorted(path for path in served(library).rglob("*") if path.is_file())

    for file in files:
        away = file.rename(library.root / "away")
        with pytest.raises(IndexerError, match=file.name.split(".")[0]):
            open_generation(served(library))
        away.rename(file)


def test_a_cut_off_file_is_noticed(library: Library) -> None:
    file = served(library) / "tables/text.npy"
    file.write_bytes(file.read_bytes()[:-1])

    with pytest.raises(IndexerError, match=r"text\.npy: it is damaged; run `hope index`"):
        open_generation(served(library))


def test_another_schema_is_told_apart_from_damage(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.storage.manifest.SCHEMA", SCHEMA + 1)

    with pytest.raises(IndexerError, match=rf"schema {SCHEMA}, ours is {SCHEMA + 1}.*hope index"):
        open_generation(served(library))


def test_damage_to_the_only_generation_is_no_index(library: Library) -> None:
    flip(served(library) / "tables/token_term.npy", -1)

    with pytest.raises(NoIndex, match=r"token_term\.npy: it is damaged"):
        opened(library)


def test_the_next_build_mends_the_damage(library: Library) -> None:
    flip(served(library) / "tables/token_term.npy", -1)

    report = build(library)

    assert report.built
    assert report.read == ("pills en.manual.vtt",)
    assert found(opened(library), "brain") == ["pills"]
