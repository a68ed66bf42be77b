from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import msgspec
import pytest
from loopback import Site
from model_hub import fetched, model_command
from tiny_model import known_tiny_model, write_tiny_model

from catalog import Library
from indexer.commands.check import check_library
from indexer.embedding import configured as model_store
from indexer.embedding.configured import (
    NoModel,
    find_model,
    folder_of_model,
    models_folder,
    open_model,
)
from indexer.embedding.download import fetch_model
from indexer.embedding.model import SentenceModel, is_installed
from indexer.embedding.registry import KnownModel

runs_models = pytest.mark.skipif(not is_installed(), reason="the extra `meaning` is not installed")


@runs_models
@pytest.mark.parametrize("wanted", ["", "tiny", "TINY"])
def test_a_model_is_opened_once(
    user: Path, tiny: KnownModel, hub: Site, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(tiny, hub, user)
    monkeypatch.setenv("HOPE_MODEL", wanted)

    first, second = open_model(), open_model()

    assert isinstance(first, SentenceModel)
    assert first is second


@runs_models
def test_a_folder_that_changed_is_opened_again(source: Path) -> None:
    named = {"HOPE_MODEL": str(source)}
    before = open_model(named)

    write_tiny_model(source, seed=5)
    os.utime(source / "model.onnx", ns=(time.time_ns(), time.time_ns()))
    after = open_model(named)

    assert isinstance(before, SentenceModel)
    assert isinstance(after, SentenceModel)
    assert before.identity != after.identity


@pytest.mark.parametrize(
    ("wanted", "says", "broken"),
    [
        ("off", "switched off (HOPE_MODEL=off)", False),
        ("", "`hope model fetch` brings it", False),
        ("tiny", "`hope model fetch` brings it", True),
        ("/no/such/folder", "no folder and no model that we know", True),
        ("~nobody-of-this-name/model", "this home folder is not known", True),
    ],
)
@runs_models
def test_why_there_is_no_model_is_said(
    user: Path, wanted: str, says: str, broken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOPE_MODEL", wanted)

    found = open_model()

    assert isinstance(found, NoModel)
    assert says in found.why
    assert found.broken == broken


def test_without_the_extra_a_fetched_model_is_not_used_and_that_is_said(
    user: Path, tiny: KnownModel, hub: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(tiny, hub, user)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    found = open_model()

    assert isinstance(found, NoModel)
    assert "pip install 'hope-with-answers[meaning]'" in found.why
    assert not found.broken


@runs_models
def test_another_model_that_was_fetched_takes_the_place_of_the_usual_one(
    user: Path, tiny: KnownModel, hub: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = msgspec.structs.replace(tiny, name="usual", revision="f" * 40)
    monkeypatch.setattr(model_store, "ENGLISH", usual)
    monkeypatch.setattr(model_store, "KNOWN", (usual, tiny))
    before = find_model()
    files = fetched(tiny, hub, user)

    assert isinstance(before, NoModel)
    assert "the sentence model usual was not fetched yet" in before.why
    assert find_model() == files


def test_models_are_kept_in_the_cache_of_the_user(tmp_path: Path) -> None:
    assert models_folder({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "hope-with-answers/models"
    relative = models_folder({"XDG_CACHE_HOME": "relative"})
    assert relative == Path.home() / ".cache/hope-with-answers/models"


@runs_models
def test_show_says_where_the_model_is_its_licence_and_whether_it_loads(
    user: Path, tiny: KnownModel, hub: Site
) -> None:
    assert model_command("show").exit_code == 1
    files = fetched(tiny, hub, user)

    shown = model_command("show")

    assert shown.exit_code == 0
    for part in (str(files.folder), files.identity, "MIT", tiny.revision, "It loads: 8 numbers"):
        assert part in shown.stdout


@runs_models
def test_check_says_in_one_line_whether_meaning_can_be_used(
    user: Path, tiny: KnownModel, hub: Site, tmp_path: Path
) -> None:
    library = Library(tmp_path)
    without = check_library(library)
    files = fetched(tiny, hub, user)
    whole = check_library(library)
    os.truncate(files.folder / "model.onnx", 10)
    damaged = check_library(library)

    assert without.meaning.startswith(
        "Meaning is not used: the sentence model tiny was not fetched"
    )
    assert whole.meaning == "Meaning can be used: the sentence model tiny loads."
    assert without.exit == whole.exit == 0
    assert whole.sentences[-2] == whole.meaning
    assert damaged.exit == 1
    assert "Meaning is not used" in damaged.library[0]
    assert folder_of_model(tiny, user).name in damaged.library[0]


@runs_models
def test_other_dimensions_than_recorded_are_a_sentence(
    tmp_path: Path, source: Path, hub: Site
) -> None:
    wrong = known_tiny_model(source, dimensions=384)
    folder = fetch_model(wrong, tmp_path / "models", hub.url, lambda _: None).folder

    found = open_model({"HOPE_MODEL": str(folder)})

    assert isinstance(found, NoModel)
    assert "gives 8 numbers for a text, where its record says 384" in found.why
