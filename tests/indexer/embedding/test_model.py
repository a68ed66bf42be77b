from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from paths import ROOT
from tiny_model import write_tiny_model

from indexer.embedding.files import read_model_files
from indexer.embedding.model import SentenceModel, is_installed
from indexer.embedding.model import load as load_files
from indexer.errors import IndexerError

SHARED_MODELS = ROOT.parent / "shared/models"
REAL = SHARED_MODELS / "all-MiniLM-L6-v2-int8"
STRANGE = {
    "empty": "",
    "blank": " \n\t\u00a0",
    "control characters": "\x00\x01\x1b[31m\x7f\u200b\ufeff",
    "emoji": "😀👩‍⚕️🫁" * 200,
    "half of a character": "scan \ud800 scan",
    "a megabyte of words": "lung cancer " * 90_000,
    "a megabyte of one letter": "a" * 1_000_000,
    "right to left": "سرطان الرئة",
}

pytestmark = pytest.mark.skipif(not is_installed(), reason="the extra `meaning` is not installed")


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def real() -> SentenceModel:
    if not REAL.is_dir():
        pytest.skip("the shared sentence model is not beside this repository")
    return load(REAL)


@pytest.fixture(params=["tiny", "real"])
def model(request: pytest.FixtureRequest, tiny_folder: Path) -> SentenceModel:
    if request.param == "tiny":
        return load(tiny_folder)
    found: SentenceModel = request.getfixturevalue("real")
    return found


def load(folder: Path) -> SentenceModel:
    return load_files(read_model_files(folder))


def python(script: str, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_every_text_has_a_finite_row_of_length_one(model: SentenceModel) -> None:
    rows = model.embed(list(STRANGE.values()))

    assert rows.shape == (len(STRANGE), model.dimensions)
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_text_has_no_row(model: SentenceModel) -> None:
    assert model.embed([]).shape == (0, model.dimensions)


def test_a_text_has_the_same_vector_whatever_is_read_with_it(model: SentenceModel) -> None:
    texts = ["hair fall out", "huge", "tired", "lung cancer scan " * 20, "hair fall out"]

    together = model.embed(texts)
    alone = np.array([model.embed_query(text) for text in texts])

    assert np.array_equal(together, alone)
    assert np.array_equal(together[0], together[4])


def test_each_text_is_counted(tiny_folder: Path) -> None:
    steps: list[str] = []

    load(tiny_folder).embed(["lung", "", "scan"], steps.append)

    assert len(steps) == 3


def test_several_threads_get_what_one_gets(model: SentenceModel) -> None:
    texts = [f"lung cancer scan {number}" + " tired" * (number % 7) for number in range(40)]
    wanted = model.embed(texts)

    with ThreadPoolExecutor(8) as pool:
        got = np.array(list(pool.map(model.embed_query, texts * 3)))

    assert np.array_equal(got, np.tile(wanted, (3, 1)))


def test_several_threads_may_load_at_once(tiny_folder: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        models = list(pool.map(load, [tiny_folder] * 8))

    rows = {one.embed_query("hair").tobytes() for one in models}
    assert len(rows) == 1


def test_two_processes_load_at_once_and_agree_and_ask_nobody_anything(tiny_folder: Path) -> None:
    script = (
        "import socket, sys; from pathlib import Path\n"
        "def refuse(*a, **k): print('ASKED'); raise OSError\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
        "from indexer.embedding.files import read_model_files\n"
        "from indexer.embedding.model import load\n"
        "print(load(read_model_files(Path(sys.argv[1]))).embed_query('hair fall').tobytes().hex())"
    )
    before = sorted(path.name for path in tiny_folder.iterdir())

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: python(script, tiny_folder), range(2))

    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout != ""
    assert "ASKED" not in first.stdout
    assert sorted(path.name for path in tiny_folder.iterdir()) == before


def test_what_means_the_same_is_near(real: SentenceModel) -> None:
    asked = real.embed_query("Will I lose my hair?")
    same, other = real.embed(["Hair loss is a side effect of chemotherapy", "Where can I park?"])

    assert asked @ same > asked @ other + 0.3


def test_a_text_may_be_read_by_its_first_token(tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path / "tiny")
    (folder / "config.json").write_text('{"pooling": "cls"}')
    first = load(folder)

    texts = [first.embed_query(text).round(2).tolist() for text in ("lung", "hair scan", "")]

    assert texts[0] == texts[1] == texts[2]  # here the first token knows nothing of the others


def test_models_of_other_scales_say_the_same_of_what_is_near(real: SentenceModel) -> None:
    other = SHARED_MODELS / "e5-small-v2-int8"
    if not other.is_dir():
        pytest.skip("the shared sentence model is not beside this repository")
    nearness = []
    for model in (real, load(other)):
        asked = model.embed_query("Will I lose my hair?")
        said = "Hair loss is a side effect of chemotherapy", "We do a biopsy to look for mutations"
        nearness.append(model.scale().nearness(model.embed(said) @ asked))

    for same, unrelated in nearness:
        assert 0.4 < same < 0.7
        assert 0 < unrelated < 0.3


def test_another_model_has_another_identity(tiny_folder: Path, tmp_path: Path) -> None:
    other = write_tiny_model(tmp_path / "tiny", seed=2)
    same = write_tiny_model(tmp_path / "called-otherwise")
    (same / "model.onnx").rename(same / "model_optimized.onnx")

    assert load(tiny_folder).identity == load(same).identity
    assert load(tiny_folder).identity != load(other).identity


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("model.onnx", "one .onnx file, and 0 are here"),
        ("tokenizer.json", "tokenizer.json: this file of the sentence model cannot be read"),
        ("tokenizer_config.json", "tokenizer_config.json: this file of the sentence model"),
    ],
)
def test_a_missing_file_is_named(tmp_path: Path, file: str, says: str) -> None:
    folder = write_tiny_model(tmp_path / "tiny")
    (folder / file).unlink()

    with pytest.raises(IndexerError, match=says):
        load(folder)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model.onnx", b""),
        ("model.onnx", b"<html>Please log in</html>"),
        ("tokenizer.json", b"{"),
        ("tokenizer.json", b"\xff\xfe"),
        ("tokenizer_config.json", b"[]"),
    ],
)
def test_files_that_are_no_model_are_a_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], file: str, content: bytes
) -> None:
    folder = write_tiny_model(tmp_path / "tiny")
    (folder / file).write_bytes(content)

    with pytest.raises(IndexerError, match="cannot be loaded"):
        load(folder)
    assert capfd.readouterr().err == ""


def test_a_truncated_model_is_a_sentence(tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path / "tiny")
    whole = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(IndexerError, match="cannot be loaded"):
        load(folder)


def test_numbers_that_are_none_are_never_handed_out(tmp_path: Path) -> None:
    model = load(write_tiny_model(tmp_path / "tiny", quantised=False))

    with pytest.raises(IndexerError, match="no usable numbers"):
        model.embed(["lung", "broken"])


def test_without_the_extra_it_is_said_how_to_install_it(tiny_folder: Path) -> None:
    script = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from pathlib import Path; from indexer.embedding.files import read_model_files\n"
        "from indexer.embedding.model import is_installed, load\n"
        "from indexer.errors import IndexerError\n"
        "print(is_installed())\n"
        "try: load(read_model_files(Path(sys.argv[1])))\n"
        "except IndexerError as err: print(err)\n"
    )

    run = python(script, tiny_folder)

    assert run.stdout.splitlines()[0] == "False"
    assert "pip install 'hope-with-answers[meaning]'" in run.stdout


@pytest.mark.slow
def test_too_little_memory_is_a_sentence(real: SentenceModel) -> None:
    script = (
        "import sys, resource, fastembed; from pathlib import Path\n"
        "from indexer.embedding.files import read_model_files\n"
        "from indexer.embedding.model import load; from indexer.errors import IndexerError\n"
        "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + (8 << 20),) * 2)\n"
        "try: load(read_model_files(Path(sys.argv[1])), threads=1)\n"
        "except IndexerError as err: print(err)\n"
    )

    run = python(script, REAL)

    assert run.returncode == 0, run.stderr
    assert "is there enough memory?" in run.stdout
