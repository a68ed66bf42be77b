from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from command_line import hope
from loopback import Site, serving
from tiny_model import known_tiny_model, write_tiny_model
from typer.testing import Result

from catalog import Library
from indexer.commands.check import check_library
from indexer.embedding import configured as model_store
from indexer.embedding import registry as known_models
from indexer.embedding.configured import (
    NoModel,
    find_model,
    folder_of_model,
    models_folder,
    open_model,
)
from indexer.embedding.download import STEPS, ModelNotFetchedError, fetch_model, hub_of
from indexer.embedding.files import ModelFiles, read_model_files
from indexer.embedding.model import NOT_INSTALLED, SentenceModel, is_installed
from indexer.embedding.registry import KNOWN, KnownModel, known_model
from indexer.errors import IndexerError

runs_models = pytest.mark.skipif(not is_installed(), reason="the extra `meaning` is not installed")


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
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.delenv("HOPE_MODEL")
    return models_folder()


def path_on_hub(model: KnownModel, path: str) -> str:
    return f"/{model.repository}/resolve/{model.revision}/{path}"


def model_command(*words: str) -> Result:
    return hope(Library(Path("nowhere")), "model", *words)


def fetched(tiny: KnownModel, hub: Site, models: Path) -> ModelFiles:
    return fetch_model(tiny, models, hub.url, lambda _: None)


@pytest.mark.parametrize("model", KNOWN, ids=[model.name for model in KNOWN])
def test_a_known_model_is_pinned_and_says_what_it_is(model: KnownModel) -> None:
    names = {file.name for file in model.files}

    assert {"model.onnx", "tokenizer.json", "tokenizer_config.json"} <= names
    assert all(len(file.sha256) == 64 and file.size for file in model.files)
    assert len(model.revision) == 40
    assert model.licence == "Apache-2.0"
    assert urlsplit(model.licence_page).scheme == "https"


def test_a_model_is_known_with_or_without_its_organisation() -> None:
    assert known_model("sentence-transformers/all-minilm-l6-V2") is known_models.ENGLISH
    assert known_model("all-MiniLM") is None


def test_a_fetched_model_is_found_and_keeps_where_it_came_from(
    user: Path, tiny: KnownModel, hub: Site
) -> None:
    steps: list[str] = []

    files = fetch_model(tiny, user, hub.url, steps.append)

    assert len(steps) == STEPS
    assert find_model() == files
    assert files.record
    assert (files.record.licence, files.record.revision) == (tiny.licence, tiny.revision)
    assert files.identity == read_model_files(user.parents[2] / "source").identity


def test_fetching_again_asks_nobody(user: Path, tiny: KnownModel, hub: Site) -> None:
    fetched(tiny, hub, user)
    hub.asked.clear()

    again = model_command("fetch", "tiny")

    assert again.exit_code == 0
    assert hub.asked == []


def test_a_stopped_fetch_leaves_nothing_to_be_found_and_goes_on(
    user: Path, source: Path, tiny: KnownModel, hub: Site
) -> None:
    path = path_on_hub(tiny, "onnx/model_quantized.onnx")
    whole = (source / "model.onnx").read_bytes()
    hub.put(path, whole[:100], cut=True, ranged=True)

    with pytest.raises(ModelNotFetchedError, match=f"100 of {len(whole)} bytes came"):
        fetched(tiny, hub, user)
    assert isinstance(find_model(), NoModel)

    hub.put(path, whole, ranged=True)
    assert fetched(tiny, hub, user) == find_model()
    assert "bytes=100-" in [head.get("Range") for head in hub.heads]


def test_a_hub_that_cannot_resume_sends_all_of_it_again(
    user: Path, source: Path, tiny: KnownModel, hub: Site
) -> None:
    path = path_on_hub(tiny, "onnx/model_quantized.onnx")
    whole = (source / "model.onnx").read_bytes()
    hub.put(path, whole[:100], cut=True)
    with pytest.raises(ModelNotFetchedError):
        fetched(tiny, hub, user)

    hub.put(path, whole)

    assert fetched(tiny, hub, user) == find_model()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (lambda whole: whole[:-1] + b"?", "its checksum differs"),
        (lambda whole: whole + b"more", "bytes came"),
        (lambda whole: b"<html>Please log in", "bytes came"),
    ],
    ids=["another byte", "too much", "a page instead"],
)
def test_what_is_not_the_pinned_file_is_not_taken(
    user: Path, source: Path, tiny: KnownModel, hub: Site, sent: object, says: str
) -> None:
    path = path_on_hub(tiny, "tokenizer.json")
    whole = (source / "tokenizer.json").read_bytes()
    assert callable(sent)
    hub.put(path, sent(whole))

    with pytest.raises(ModelNotFetchedError, match=says):
        fetched(tiny, hub, user)
    assert isinstance(find_model(), NoModel)


def test_a_stopped_fetch_of_something_else_does_not_stand_in_the_way(
    user: Path, source: Path, tiny: KnownModel, hub: Site
) -> None:
    path = path_on_hub(tiny, "tokenizer.json")
    whole = (source / "tokenizer.json").read_bytes()
    hub.put(path, b"<html>Please log in")
    with pytest.raises(ModelNotFetchedError):
        fetched(tiny, hub, user)

    hub.put(path, whole[19:], status=206)
    with pytest.raises(ModelNotFetchedError, match="thrown away"):
        fetched(tiny, hub, user)

    hub.put(path, whole)
    assert fetched(tiny, hub, user) == find_model()


@pytest.mark.parametrize("offline", [False, True])
def test_no_network_is_exit_code_3_and_a_sentence(
    user: Path, tiny: KnownModel, monkeypatch: pytest.MonkeyPatch, offline: bool
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", offline)

    result = model_command("fetch", "tiny")

    assert result.exit_code == 3
    assert "cannot be reached" in result.stderr
    assert "goes on where it stopped" in result.stderr


def test_what_fetches_a_model_is_part_of_the_extra(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fastembed", None)

    result = model_command("fetch", "tiny")

    assert result.exit_code == 2
    assert "pip install 'hope-with-answers[meaning]'" in result.stderr


def test_a_hub_that_refuses_is_exit_code_3(user: Path, tiny: KnownModel, hub: Site) -> None:
    hub.put(path_on_hub(tiny, "tokenizer.json"), status=503)

    assert model_command("fetch", "tiny").exit_code == 3


def test_a_hub_that_never_answers_is_left_after_a_while(
    user: Path, tiny: KnownModel, hub: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.hang(path_on_hub(tiny, tiny.files[0].path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DOWNLOAD_TIMEOUT", 0.05)

    with pytest.raises(ModelNotFetchedError, match="cannot be reached"):
        fetched(tiny, hub, user)


def test_a_redirect_is_followed_but_only_to_the_web(
    user: Path, source: Path, tiny: KnownModel, hub: Site
) -> None:
    path = path_on_hub(tiny, "tokenizer.json")
    hub.put("/elsewhere", (source / "tokenizer.json").read_bytes())
    hub.put(path, status=302, Location="file:///etc/passwd")
    with pytest.raises(ModelNotFetchedError):
        fetched(tiny, hub, user)

    hub.put(path, status=302, Location="/elsewhere")
    assert fetched(tiny, hub, user) == find_model()


def test_a_hub_without_an_address_is_wrong_use() -> None:
    with pytest.raises(IndexerError, match="no web address"):
        hub_of({"HF_ENDPOINT": "file:///tmp"})


def test_the_licence_and_the_size_are_said_before_anything_is_fetched(
    user: Path, tiny: KnownModel
) -> None:
    result = model_command("fetch", "tiny")

    assert result.exit_code == 0
    assert result.stderr.index("Licence: MIT, see https://example.org/tiny") < result.stderr.index(
        "Fetching 1/20"
    )


def test_an_unknown_name_is_exit_code_2_and_names_those_that_are_known() -> None:
    result = model_command("fetch", "gpt")

    assert result.exit_code == 2
    assert "all-MiniLM-L6-v2" in result.stderr


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


@runs_models
def test_other_dimensions_than_recorded_are_a_sentence(
    tmp_path: Path, source: Path, hub: Site
) -> None:
    wrong = known_tiny_model(source, dimensions=384)
    folder = fetch_model(wrong, tmp_path / "models", hub.url, lambda _: None).folder

    found = open_model({"HOPE_MODEL": str(folder)})

    assert isinstance(found, NoModel)
    assert "gives 8 numbers for a text, where its record says 384" in found.why


def test_another_fetch_at_work_is_a_sentence(user: Path, tiny: KnownModel, hub: Site) -> None:
    script = (
        "import fcntl, sys\n"
        "lock = open(sys.argv[1], 'w'); fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "print('held', flush=True); sys.stdin.read()\n"
    )
    user.mkdir(parents=True)
    with subprocess.Popen(
        [sys.executable, "-c", script, str(user / ".lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(IndexerError, match="another `hope model fetch` is at work"):
            fetched(tiny, hub, user)
        other.communicate()


def test_a_cache_that_cannot_be_written_is_a_sentence(
    tmp_path: Path, tiny: KnownModel, hub: Site
) -> None:
    (tmp_path / "models").write_text("a file where a folder should be")

    with pytest.raises(IndexerError, match="may it be written to"):
        fetched(tiny, hub, tmp_path / "models")


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
    monkeypatch.setitem(sys.modules, "fastembed", None)

    found = open_model()

    assert isinstance(found, NoModel)
    assert "pip install 'hope-with-answers[meaning]'" in found.why
    assert not found.broken


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
