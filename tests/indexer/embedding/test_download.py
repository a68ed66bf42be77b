from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from loopback import Site
from model_hub import fetched, model_command, path_on_hub

from indexer.embedding.configured import NoModel, find_model
from indexer.embedding.download import STEPS, fetch_model, hub_of
from indexer.embedding.files import read_model_files
from indexer.embedding.model import is_installed
from indexer.embedding.registry import KnownModel
from indexer.errors import IndexerError, ModelNotFetchedError

runs_models = pytest.mark.skipif(not is_installed(), reason="the extra `meaning` is not installed")


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


def test_without_a_network_it_is_said_in_one_line_and_ends_well_where_it_only_may_be_had(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")

    result = model_command("fetch", "tiny", "--if-possible")

    assert result.exit_code == 0
    *announced, last = result.stderr.splitlines()
    assert last.startswith("No sentence model, search goes by words alone: http://127.0.0.1:1")
    assert len(announced) == 2


def test_where_it_only_may_be_had_a_model_is_fetched_without_further_advice(
    user: Path, hub: Site
) -> None:
    result = model_command("fetch", "tiny", "--if-possible")

    assert result.exit_code == 0
    assert result.stdout.endswith("as it was published: checksums agree.\n")
    assert not isinstance(find_model(), NoModel)


def test_no_model_is_fetched_where_another_was_chosen(
    user: Path, hub: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOPE_MODEL", "off")

    result = model_command("fetch", "tiny", "--if-possible")

    assert result.exit_code == 0
    assert hub.asked == []
    assert "HOPE_MODEL=off says which" in result.stderr


def test_what_fetches_a_model_is_part_of_the_extra(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

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
