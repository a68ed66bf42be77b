"""Questions are read by their meaning; where that cannot be, it is said and nothing fails."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from fake_model import DIMENSIONS, GONE, FakeEncoder
from libraries import library_of, quietly, write_track
from paths import SHARED
from starlette.testclient import TestClient

from catalog import Library, load_catalogue
from indexer import Shelf
from indexer.embedding.configured import NoModel, open_model
from indexer.embedding.encoder import NO_VECTORS, QueryEncoder
from indexer.embedding.model import is_installed
from indexer.writer.builder import build_index
from webapp.app import create_app

ONE = "identity of one"
ODD = {
    "a control character": "scan \x00\x1b scan",
    "half of a character": "scan \ud800 scan",
    "emoji": "😀👩‍⚕️🫁",
    "a megabyte": "lung cancer " * 90_000,
    "right to left": "سرطان الرئة",
    "one letter": "x",
}
REAL = SHARED / "models/all-MiniLM-L6-v2-int8"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path, {"pills": "it reaches the brain", "scans": "lungs on a scan"})


def build(library: Library, meaning: QueryEncoder) -> None:
    build_index(library, load_catalogue(library), quietly, meaning=meaning)


def test_a_question_has_a_vector_of_length_one() -> None:
    vector = FakeEncoder().vector_for("will I lose my hair", ONE)

    assert vector is not None
    assert vector.shape == (DIMENSIONS,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1)


def test_the_model_is_loaded_by_the_first_question_and_once() -> None:
    meaning = FakeEncoder()
    assert meaning.loads == 0

    for text in ("one", "two"):
        meaning.vector_for(text, ONE)

    assert meaning.loads == 1


def test_warming_loads_it_before() -> None:
    meaning = FakeEncoder()

    meaning.warm()
    meaning.vector_for("one", ONE)

    assert meaning.loads == 1


def test_a_question_asked_again_is_not_read_again() -> None:
    meaning = FakeEncoder()

    first = meaning.vector_for("one", ONE)
    again = meaning.vector_for("one", ONE)

    assert again is first
    assert meaning.reader.read == ["one"]


def test_a_kept_vector_cannot_be_changed() -> None:
    vector = FakeEncoder().vector_for("one", ONE)
    assert vector is not None

    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 7


def test_only_the_latest_questions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.embedding.encoder._MOST_KEPT", 2)
    meaning = FakeEncoder()

    for text in ("one", "two", "one", "three", "one", "two"):
        meaning.vector_for(text, ONE)

    assert meaning.reader.read == ["one", "two", "three", "two"]
    assert len(meaning._kept) == 2


def test_the_text_of_a_question_is_not_kept() -> None:
    meaning = FakeEncoder()

    meaning.vector_for("is it in my family", ONE)

    assert len(meaning._kept) == 1
    assert "family" not in repr(meaning._kept)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_any_text_is_read(text: str) -> None:
    meaning = FakeEncoder()

    vector = meaning.vector_for(text, ONE)

    assert vector is not None
    assert np.isfinite(vector).all()


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_a_text_without_words_has_no_meaning(text: str) -> None:
    assert FakeEncoder().vector_for(text, ONE) is None


def test_vectors_of_another_model_are_never_compared() -> None:
    meaning = FakeEncoder("two")

    assert meaning.vector_for("one", ONE) is None
    assert meaning.why_not(ONE) == (
        "the index was built with another sentence model than model two; "
        "`hope index` reads it with this one"
    )


def test_without_a_model_the_reason_is_said() -> None:
    meaning = FakeEncoder()
    meaning.gone = GONE

    assert meaning.vector_for("one", ONE) is None
    assert meaning.why_not(ONE) == meaning.why_not("") == GONE.why


def test_whether_there_is_a_model_is_known_once_it_was_needed() -> None:
    meaning = FakeEncoder()
    meaning.gone = GONE

    assert (meaning.may_read, meaning.loads) == (True, 0)
    meaning.vector_for("one", ONE)
    assert not meaning.may_read


def test_an_index_without_vectors_is_said() -> None:
    meaning = FakeEncoder()

    assert meaning.vector_for("one", "") is None
    assert (meaning.why_not(""), meaning.loads) == (NO_VECTORS, 0)


def test_a_question_that_breaks_the_model_goes_by_words_and_the_next_does_not() -> None:
    meaning = FakeEncoder(refused="bad")

    broken = meaning.vector_for("bad", ONE)
    why = meaning.why_not(ONE)
    whole = meaning.vector_for("good", ONE)

    assert broken is None
    assert "no memory left" in why
    assert whole is not None
    assert meaning.why_not(ONE) == ""


def test_whoever_asks_while_the_model_is_loaded_does_not_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("indexer.embedding.encoder._PATIENCE_SECONDS", 0.01)
    begun, go_on = threading.Event(), threading.Event()
    fake = FakeEncoder()

    def slowly() -> object:
        begun.set()
        assert go_on.wait(20)
        return fake._load_it()

    fake._load = slowly  # type: ignore[assignment]
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(fake.vector_for, "one", ONE)
        assert begun.wait(20)
        meanwhile = fake.vector_for("one", ONE), fake.why_not(ONE)
        go_on.set()

        assert first.result() is not None
    assert meanwhile == (None, "the sentence model is still being loaded; ask again in a moment")
    assert fake.vector_for("one", ONE) is not None


def test_threads_may_share_it() -> None:
    meaning = FakeEncoder()
    texts = [f"question {number % 7}" for number in range(200)]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: meaning.vector_for(text, ONE), texts))

    alone = FakeEncoder()
    for text, vector in zip(texts, together, strict=True):
        wanted = alone.vector_for(text, ONE)
        assert vector is not None
        assert wanted is not None
        assert np.array_equal(vector, wanted)
    assert meaning.loads == 1


@pytest.mark.slow
def test_a_model_that_comes_with_a_new_index_is_picked_up(library: Library) -> None:
    build(library, FakeEncoder())
    meaning = FakeEncoder()
    meaning.gone = GONE
    shelf = Shelf(library, meaning)
    assert not shelf.current().search("brain").meaning
    meaning.gone = None
    write_track(library, "scans", "lungs on another scan")

    build(library, FakeEncoder())

    assert shelf.current().search("brain").meaning
    assert shelf.current().meaning_off == ""


def test_a_generation_reads_questions_with_the_meaning_of_its_shelf(library: Library) -> None:
    meaning = FakeEncoder()
    build(library, meaning)

    generation = Shelf(library, meaning).current()
    answer = generation.search("what about the brain")

    assert answer.meaning
    assert not generation.is_quick
    assert [hit.video for hit in answer.hits][:1] == ["pills"]


@pytest.mark.parametrize("trouble", ["gone", "another model", "breaks"])
def test_search_goes_on_by_words_when_meaning_fails(library: Library, trouble: str) -> None:
    build(library, FakeEncoder())
    meaning = FakeEncoder("two" if trouble == "another model" else "one", refused="brain")
    meaning.gone = GONE if trouble == "gone" else None
    generation = Shelf(library, meaning).current()

    answer = generation.search("brain")

    assert [hit.video for hit in answer.hits] == ["pills"]
    assert not answer.meaning
    assert generation.meaning_off


def test_ready_says_that_meaning_is_used(library: Library) -> None:
    meaning = FakeEncoder()
    build(library, meaning)

    with TestClient(create_app(library, Shelf(library, meaning))) as client:
        ready = client.get("/readyz")

    assert ready.status_code == 200
    assert (ready.json()["meaning"], ready.json()["meaning_off"]) == (True, "")


def test_ready_says_why_meaning_is_not_used(library: Library) -> None:
    meaning = FakeEncoder()
    meaning.gone = GONE
    build(library, meaning)

    ready = TestClient(create_app(library, Shelf(library, meaning))).get("/readyz")

    assert (ready.status_code, ready.json()["meaning"]) == (200, False)
    assert ready.json()["meaning_off"] == GONE.why


def test_without_an_index_it_is_not_ready(tmp_path: Path) -> None:
    library = Library(tmp_path)

    ready = TestClient(create_app(library, Shelf(library))).get("/readyz")

    assert ready.status_code == 503
    assert "hope index" in ready.json()["error"]
    assert str(tmp_path) not in ready.text


@pytest.mark.slow
def test_a_real_model_finds_what_shares_no_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_installed():
        pytest.skip("the extra `meaning` is not installed")
    if not REAL.is_dir():
        pytest.skip("the shared sentence model is not beside this repository")
    monkeypatch.setenv("HOPE_MODEL", str(REAL))
    talks = {"costs": "insurance may refuse to pay", "looks": "alopecia is common on this drug"}
    library = library_of(tmp_path, talks)
    build(library, QueryEncoder())
    generation = Shelf(library).current()
    assert generation.reader.vectors is not None

    vector = generation.meaning.vector_for(
        "will I lose my hair", generation.reader.vectors.identity
    )

    assert generation.meaning_off == ""
    assert vector is not None
    near = generation.reader.vectors.cosines(vector)
    assert near[1] > near[0] + 0.1


def test_switched_off_it_is_off_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPE_MODEL", "off")
    meaning = QueryEncoder(load=open_model)

    assert meaning.vector_for("one", ONE) is None
    assert meaning.why_not(ONE) == "it is switched off (HOPE_MODEL=off)"
    assert isinstance(meaning.model(), NoModel)
